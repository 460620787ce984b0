/// Names as a file format allows them, each given once.
struct FileNames {
    private let isAllowed: (Character) -> Bool
    private var taken: Set<String>

    /// - Parameters:
    ///   - reserved: Names that are not given.
    ///   - isAllowed: Whether a character may stand in a name; what may not becomes `_`.
    init(reserved: Set<String>, allowing isAllowed: @escaping (Character) -> Bool) {
        taken = reserved
        self.isAllowed = isAllowed
    }

    /// The name with what the format forbids replaced, and a number after it where it was given before.
    mutating func unique(_ name: String) -> String {
        // CBC takes no more than 100 characters.
        let clean = String(name.prefix(90).map { isAllowed($0) ? $0 : "_" })
        let stem = clean.isEmpty ? "_" : clean
        var candidate = stem
        var count = 1
        while !taken.insert(candidate).inserted {
            count += 1
            candidate = "\(stem)~\(count)"
        }
        return candidate
    }
}

extension LinearProgram {
    /// The column's own name where the program keeps names, else `c1…`.
    func name(ofColumn column: Int) -> String {
        columnNames.isEmpty ? "c\(column + 1)" : columnNames[column]
    }

    /// The row's own name where the program keeps names, else `r1…`.
    func name(ofRow row: Int) -> String { rowNames.isEmpty ? "r\(row + 1)" : rowNames[row] }
}

/// A number that reads back as itself.
func numberText(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
}

/// Every line of the comments behind the sign that starts one.
func commentText(_ comments: [String], sign: String) -> String {
    comments.flatMap { $0.split(whereSeparator: \.isNewline) }.map { "\(sign) \($0)\n" }.joined()
}
