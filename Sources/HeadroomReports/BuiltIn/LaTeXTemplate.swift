let latexTemplate = #"""
    {{! Typeset with pdflatex; with lualatex or xelatex where names have letters that Latin fonts lack. }}
    \documentclass[a4paper,10pt]{article}
    \usepackage[T1]{fontenc}
    \usepackage{textcomp}
    \usepackage[margin=2cm]{geometry}
    \usepackage{booktabs,longtable,array,pdflscape}
    \setlength{\parindent}{0pt}
    \setlength{\parskip}{4pt}
    \setlength{\tabcolsep}{3pt}
    \title{ {{title}} }
    \author{\small {{subtitle}} }
    \date{}
    \begin{document}
    \maketitle

    \begin{enumerate}
    {{#sentences}}
    \item {{text}}
    {{/sentences}}
    \end{enumerate}

    \begin{tabular}{@{}lrr@{\quad}>{\raggedright\arraybackslash}p{0.46\textwidth}@{}}
    \toprule
     & Do nothing & Plan & \\
    \midrule
    {{#figures}}
    {{label}} & {{do_nothing}} & {{plan}} & {{remark}} \\
    {{/figures}}
    \bottomrule
    \end{tabular}
    {{#sections}}
    {{#is_allocation}}

    \begin{landscape}
    \section*{ {{heading}} }
    {{#sentences}}
    {{text}}

    {{/sentences}}
    \scriptsize
    {{#tables}}
    \begin{longtable}{ {{#columns}}{{#is_number}}r{{/is_number}}{{^is_number}}l{{/is_number}}{{/columns}} }
    \toprule
    {{#columns}}{{^first()}} & {{/first()}}{{column}}{{/columns}} \\
    {{#columns}}{{^first()}} & {{/first()}}{{unit}}{{/columns}} \\
    \midrule
    \endhead
    {{#groups}}
    {{#group}}
    \multicolumn{ {{width}} }{l}{\textbf{ {{.}} }} \\
    {{/group}}
    {{#rows}}
    {{#cells}}{{^first()}} & {{/first()}}{{text}}{{/cells}} \\
    {{/rows}}
    {{/groups}}
    {{^empty(total)}}
    \midrule
    {{#total}}{{^first()}} & {{/first()}}{{text}}{{/total}} \\
    {{/empty(total)}}
    \bottomrule
    \end{longtable}
    {{note}}

    {{/tables}}
    \end{landscape}
    {{/is_allocation}}
    {{/sections}}
    \end{document}

    """#
