/// Small pictures drawn of characters (Unicode's block elements), for a line of text.
package enum CharacterPictures {
    /// A bar of eighths of characters.
    ///
    /// - Parameters:
    ///   - share: Of the whole width; what is not between 0 and 1 is taken for the nearer of them.
    ///   - width: In characters.
    package static func bar(_ share: Double, width: Int) -> String {
        let eighths = Int((8 * Double(width) * bounded(share)).rounded())
        let (whole, rest) = eighths.quotientAndRemainder(dividingBy: 8)
        return String(repeating: "█", count: whole)
            + (rest > 0 ? [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest] : "")
    }

    /// Two thin bars, one over the other, of half characters, with a mark where both end at 1.
    ///
    /// - Parameters:
    ///   - above: Of the whole width, as `below`.
    ///   - width: In characters, that of the mark left out.
    package static func bars(above: Double, below: Double, width: Int) -> String {
        let ends = [above, below].map { Int((2 * Double(width) * bounded($0)).rounded()) }
        let cells = (0..<width).map { cell in
            // Upper left, upper right, lower left, lower right.
            let quarters = ends.flatMap { end in [2 * cell < end, 2 * cell + 1 < end] }
            return quarterBlocks[quarters.enumerated().reduce(0) { $0 + ($1.element ? 1 << $1.offset : 0) }]
        }
        return cells.joined() + "▏"
    }

    /// By which quarters are filled: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
    private static let quarterBlocks = [
        " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]

    /// A character a number, as high as it is beside the largest; a dot where there is nothing.
    ///
    /// - Parameter numbers: At least 0.
    package static func sparkline(_ numbers: [Double]) -> String {
        let largest = numbers.max() ?? 0
        let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        return numbers.map { number in
            // What is nothing but rounding is nothing.
            guard number > 1e-9 * largest else { return "·" }
            return levels[min(levels.count - 1, Int(bounded(number / largest) * Double(levels.count)))]
        }.joined()
    }

    private static func bounded(_ share: Double) -> Double { share.isNaN ? 0 : min(max(share, 0), 1) }
}
