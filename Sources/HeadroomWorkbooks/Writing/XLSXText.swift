extension String {
    /// The text as it can stand in a workbook: without what XML forbids, and with `_x0041_` as it is, which Excel would
    /// read as `A`.
    var xlsxText: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "_") })
            && !unicodeScalars.contains(where: \.isForbidden)
        {
            return self
        }
        let allowed = String(
            String.UnicodeScalarView(unicodeScalars.map { $0.isForbidden ? " " : $0 }))
        return allowed.replacing(/_(x[0-9A-Fa-f]{4}_)/) { "_x005F_\($0.output.1)" }
    }
}

extension Unicode.Scalar {
    fileprivate var isForbidden: Bool {
        value < 0x20 && self != "\n" && self != "\t" || self == "\u{FFFE}" || self == "\u{FFFF}"
    }
}
