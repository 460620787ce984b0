/// Text for LaTeX: what has a meaning there is spelled out, and so are signs that its usual fonts lack.
func escapedLaTeX(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if let spelled = spelled[scalar] {
            result.append(contentsOf: spelled.unicodeScalars)
        } else if scalar < " " || ("\u{7F}"..."\u{9F}").contains(scalar) {
            result.append(" ")
        } else {
            result.append(scalar)
        }
    }
    return String(result)
}

private let spelled: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}", "'": "\\textquotesingle{}",
    "`": "\\textasciigrave{}", "−": "\\ensuremath{-}", "Δ": "\\ensuremath{\\Delta}",
    "≤": "\\ensuremath{\\le}", "≥": "\\ensuremath{\\ge}", "→": "\\ensuremath{\\to}",
    "×": "\\ensuremath{\\times}",
    "∞": "\\ensuremath{\\infty}",
]
