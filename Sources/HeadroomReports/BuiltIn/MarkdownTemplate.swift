let markdownTemplate = """
    # {{title}}

    {{subtitle}}

    {{#sentences}}
    1. {{text}}
    {{/sentences}}

    | | Do nothing | Plan | |
    | --- | ---: | ---: | --- |
    {{#figures}}
    | {{label}} | {{do_nothing}} | {{plan}} | {{remark}} |
    {{/figures}}
    {{#sections}}

    ## {{heading}}
    {{#sentences}}

    {{text}}
    {{/sentences}}
    {{#tables}}

    **{{caption}}**

    |{{#columns}} {{column}}{{#unit}} ({{.}}){{/unit}} |{{/columns}}
    |{{#columns}} {{#is_number}}---:{{/is_number}}{{^is_number}}---{{/is_number}} |{{/columns}}
    {{#groups}}
    {{#group}}
    | **{{.}}** |
    {{/group}}
    {{#rows}}
    |{{#cells}} {{text}} |{{/cells}}
    {{/rows}}
    {{/groups}}
    {{^empty(total)}}
    |{{#total}} {{#is_heading}}**{{text}}**{{/is_heading}}{{^is_heading}}{{text}}{{/is_heading}} |{{/total}}
    {{/empty(total)}}
    {{/tables}}
    {{#sources}}

    {{{.}}}
    {{/sources}}
    {{/sections}}

    """
