/// How much room text takes in the sans-serif fonts of browsers and office programs, roughly and rather too much.
package enum TextWidth {
    /// Advance widths of Helvetica, Arial and Liberation Sans in thousandths of the font size, from blank to tilde.
    private static let advances = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
        556,
        556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722,
        278,
        500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278,
        469,
        556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333,
        500,
        278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]

    /// Fonts differ: Segoe UI and Roboto by a few hundredths, DejaVu Sans, which many Linux desktops use, by a sixth.
    private static let margin = 1.17

    package static func of(_ text: String, size: Double) -> Double {
        var thousandths = 0
        for character in text {
            guard let scalar = character.unicodeScalars.first else { continue }
            let place = Int(scalar.value) - 32
            thousandths += advances.indices.contains(place) ? advances[place] : place < 0x1080 ? 680 : 1000
        }
        return Double(thousandths) / 1000 * size * margin
    }

    /// Breaks text between words, and within a word that is wider than a line.
    package static func lines(_ text: String, size: Double, width: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if of(longer, size: size) <= width {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for character in word {
                if !line.isEmpty, of(line + String(character), size: size) > width {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
