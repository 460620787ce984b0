extension String {
    /// With blanks that no line is broken at between a figure and its unit or currency: `CNY 12.4 bn`, `71.6 %`.
    var withFiguresUnbroken: String {
        let words = split(separator: " ", omittingEmptySubsequences: false)
        var text = ""
        for (place, word) in words.enumerated() {
            if place > 0 { text += Self.belong(words[place - 1], word) ? "\u{A0}" : " " }
            text += word
        }
        return text
    }

    private static let units: Set<Substring> = ["k", "m", "bn", "tn", "%"]

    private static func belong(_ first: Substring, _ second: Substring) -> Bool {
        let number = first.drop { "(−+".contains($0) }
        let unit = second.prefix { !",;.:)".contains($0) }
        if number.first?.isNumber == true, units.contains(unit) { return true }
        let currency = first.drop { $0 == "(" }
        let amount = second.drop { "−+".contains($0) }
        return currency.count == 3 && currency.allSatisfy { $0.isASCII && $0.isUppercase }
            && amount.first?.isNumber == true
    }
}
