/// Text for a line of Markdown (CommonMark, and tables as GitHub has them).
func escapedMarkdown(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isStart = true
    var isNumber = true
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "$", "&", "!":
            result.append("\\")
            result.append(scalar)
        case "-", "+", "=":
            // At the start of a line it would begin a list or underline a heading.
            if isStart { result.append("\\") }
            result.append(scalar)
        case ".", ")":
            if !isStart, isNumber { result.append("\\") }
            result.append(scalar)
        case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result.append(" ")
        default: result.append(scalar)
        }
        isNumber = isNumber && ("0"..."9").contains(scalar)
        isStart = false
    }
    return String(result)
}
