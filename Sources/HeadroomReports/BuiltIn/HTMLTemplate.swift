internal import HeadroomCharts

/// One page that needs nothing but itself, well formed as HTML and as XML.
let htmlTemplate =
    htmlHead + "<style>\n" + Chart.styleSheet + htmlStyle + "</style>\n" + htmlBody + "<script>\n"
    + htmlScript + "</script>\n</body>\n</html>\n"

private let htmlHead = """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
    <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'" />
    <title>{{title}}</title>
    {{! The style sheet and the script below are plain text: change them, or take them out. }}

    """

private let htmlBody = """
    </head>
    <body>
    <a class="skip" href="#main">To the report</a>
    <header>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    {{^is_optimal}}
    <p class="notice"><strong>Not proved the best.</strong> The search was stopped; the plan holds all limits.</p>
    {{/is_optimal}}
    {{^empty(changes)}}
    <p class="notice">Made with {{#changes}}{{^first()}}, {{/first()}}<code>{{text}}</code>{{/changes}}.</p>
    {{/empty(changes)}}
    </header>
    <main id="main">
    <section aria-labelledby="summary">
    <h2 id="summary">In short</h2>
    <ol class="sentences">
    {{#sentences}}
    <li>{{text}}</li>
    {{/sentences}}
    </ol>
    <div class="scroll" tabindex="0" role="region" aria-label="The figures that matter">
    <table class="figures">
    <caption>The figures that matter, with doing nothing beside them</caption>
    <thead><tr><td></td><th scope="col" class="n">Do nothing</th><th scope="col" class="n">Plan</th></tr></thead>
    <tbody>
    {{#figures}}
    <tr><th scope="row">{{label}}{{#remark}} <span class="remark">{{.}}</span>{{/remark}}</th><td class="n">{{do_nothing}}</td><td class="n plan">{{plan}}</td></tr>
    {{/figures}}
    </tbody>
    </table>
    </div>
    </section>
    <nav aria-label="Contents">
    <ul>
    {{#sections}}
    <li><a href="#{{id}}">{{heading}}</a></li>
    {{/sections}}
    </ul>
    </nav>
    {{#sections}}
    <section aria-labelledby="{{id}}" class="{{id}}">
    <h2 id="{{id}}">{{heading}}</h2>
    {{#sentences}}
    <p>{{text}}</p>
    {{/sentences}}
    {{#charts}}
    <figure>
    <figcaption><strong>{{title}}</strong>{{#subtitle}} <span>{{.}}</span>{{/subtitle}}</figcaption>
    <div class="wide">
    {{{svg}}}</div>
    <div class="narrow">
    {{{narrow_svg}}}</div>
    </figure>
    {{/charts}}
    {{#tables}}
    {{#is_folded}}
    <details>
    <summary>{{caption}}</summary>
    {{/is_folded}}
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">
    <table{{#is_sortable}} class="sortable"{{/is_sortable}}>
    <caption>{{caption}}</caption>
    <thead><tr>
    {{#columns}}
    <th scope="col"{{#is_number}} class="n"{{/is_number}}>{{column}}{{#unit}} <span class="unit">{{.}}</span>{{/unit}}</th>
    {{/columns}}
    </tr></thead>
    {{#groups}}
    <tbody>
    {{#group}}
    <tr class="group"><th scope="rowgroup" colspan="{{width}}">{{.}}</th></tr>
    {{/group}}
    {{#rows}}
    <tr>{{#cells}}{{#is_heading}}<th scope="row">{{text}}</th>{{/is_heading}}{{^is_heading}}<td{{#is_number}} class="n"{{/is_number}}{{#number}} data-value="{{.}}"{{/number}}>{{text}}</td>{{/is_heading}}{{/cells}}</tr>
    {{/rows}}
    </tbody>
    {{/groups}}
    {{^empty(total)}}
    <tfoot><tr>{{#total}}{{#is_heading}}<th scope="row">{{text}}</th>{{/is_heading}}{{^is_heading}}<td{{#is_number}} class="n"{{/is_number}}{{#number}} data-value="{{.}}"{{/number}}>{{text}}</td>{{/is_heading}}{{/total}}</tr></tfoot>
    {{/empty(total)}}
    </table>
    </div>
    {{#note}}
    <p class="remark">{{.}}</p>
    {{/note}}
    {{#is_folded}}
    </details>
    {{/is_folded}}
    {{/tables}}
    {{#sources}}
    <div class="sources">
    {{{.}}}
    </div>
    {{/sources}}
    </section>
    {{/sections}}
    </main>
    <footer>
    <p>Made by Headroom from <code>{{path}}</code>. All amounts in {{currency}}, undiscounted where nothing else is said.</p>
    </footer>

    """
