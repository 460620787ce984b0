import HeadroomTestSupport

/// Breaks a text the way files get broken: by slips, by editors, by transfers.
struct Mutations {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// What people and programs put into a cell.
    private static let cells = [
        "", " ", "0", "-1", "-0", "1e300", "-1e308", "1e999", "1e-300", "nan", "inf", "99999999999999999999",
        "5%",
        "200%", "1,5", "\"", "\"\"", "a\"b", "\u{0}", "\u{FEFF}", "\t", "=1+1", "x", "0x10", "1_000",
        "\u{4E2D}\u{6587}",
        "1e15", "1e12", "1e9", "3.5e7", "0.001", "true", "null", "[", "{", "}", "&a", "*a", "!", "#", "- ",
        ": ", "|", "%",
        String(repeating: "x", count: 5000), String(repeating: "9", count: 400), "\r", "\n", "\r\n",
    ]

    /// The text after one to four slips.
    mutating func mutated(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<(1 + Int(random.next() % 4)) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        switch random.next() % 10 {
        case 0: flipBits(&bytes)
        case 1: bytes.removeLast(Int(random.next() % UInt64(1 + bytes.count / 2)))
        case 2: changeLines(&bytes) { lines, line, _ in lines.remove(at: line) }
        case 3: changeLines(&bytes) { lines, line, other in lines.insert(lines[line], at: other) }
        case 4: changeLines(&bytes) { lines, line, other in lines.swapAt(line, other) }
        case 5: insert(&bytes)
        case 6, 7, 8: changeField(&bytes)
        default: swapFields(&bytes)
        }
    }

    private mutating func position(in bytes: [UInt8]) -> Int {
        Int(random.next() % UInt64(max(1, bytes.count)))
    }

    private mutating func flipBits(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[position(in: bytes)] ^= UInt8(1 + random.next() % 255)
    }

    private mutating func insert(_ bytes: inout [UInt8]) {
        bytes.insert(
            contentsOf: Array(random.pick(Self.cells).utf8), at: min(position(in: bytes), bytes.count))
    }

    private mutating func changeLines(
        _ bytes: inout [UInt8], _ change: (inout [ArraySlice<UInt8>], Int, Int) -> Void
    ) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = Int(random.next() % UInt64(lines.count))
        let other = Int(random.next() % UInt64(lines.count))
        change(&lines, line, other)
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// The fields of a line, by what parts them in either file.
    private static func fields(_ bytes: [UInt8]) -> [Range<Int>] {
        let ends: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: ":")]
        var fields: [Range<Int>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where ends.contains(byte) {
            fields.append(start..<index)
            start = index + 1
        }
        return fields + [start..<bytes.count]
    }

    private mutating func changeField(_ bytes: inout [UInt8]) {
        bytes.replaceSubrange(random.pick(Self.fields(bytes)), with: Array(random.pick(Self.cells).utf8))
    }

    private mutating func swapFields(_ bytes: inout [UInt8]) {
        let fields = Self.fields(bytes)
        let one = random.pick(fields)
        let other = random.pick(fields)
        guard one.upperBound < other.lowerBound else { return }
        let (first, second) = (Array(bytes[one]), Array(bytes[other]))
        bytes.replaceSubrange(other, with: first)
        bytes.replaceSubrange(one, with: second)
    }
}
