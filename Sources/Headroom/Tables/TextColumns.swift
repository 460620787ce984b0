extension String {
    /// Columns that the text takes in a terminal: two for each wide letter of East Asia.
    package var columns: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return unicodeScalars.reduce(0) { $0 + $1.columns }
    }

    /// As much of it as some columns of a terminal hold; three dots of a cut text stand for the rest.
    package func cut(to width: Int) -> String {
        guard columns > width else { return self }
        var text = ""
        var taken = 1
        for letter in self {
            taken += String(letter).columns
            if taken > width { break }
            text.append(letter)
        }
        return text + "…"
    }
}

extension Unicode.Scalar {
    /// Columns that it takes in a terminal.
    package var columns: Int {
        switch value {
        case 0x300...0x36F, 0x200B...0x200D, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
