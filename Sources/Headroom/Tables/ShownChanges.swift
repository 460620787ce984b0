/// Which rows of changes people are shown, and in which order.
struct ShownChanges {
    /// A row, as far as that depends on it.
    struct Size {
        /// The largest amount that the row holds, money.
        var amount: Double
        /// The largest change that the row holds, above 0, money.
        var change: Double
        /// Whether it is shown however small it is.
        var isKept = false
    }

    /// Places among the sizes: in their order, of many rows those first that change most.
    let places: [Int]
    /// How many rows hold nothing but changes that would be shown as 0.
    let hidden: Int
    /// Changes below it are shown as 0, money.
    let least: Double
    /// Whether those stand first that change most.
    let isRanked: Bool

    /// More rows are read from their largest changes on.
    private static let many = 40

    init(_ sizes: [Size]) {
        // One unit for all columns, as the table has.
        let least = FigureText.Column(forLargest: sizes.reduce(0) { max($0, $1.amount) }).least
        let shown = sizes.indices.filter { sizes[$0].isKept || sizes[$0].change >= least }
        isRanked = shown.count > Self.many
        places =
            isRanked ? shown.sorted { (-sizes[$0].change, $0) < (-sizes[$1].change, $1) } : shown
        hidden = sizes.count - shown.count
        self.least = least
    }

    /// What is said above the rows.
    ///
    /// - Parameters:
    ///   - one: What a hidden row does, as in `1 region shifts`.
    ///   - several: As `one`, of more of them.
    func sentences(_ currency: String, one: String, several: String, by measure: String) -> [String] {
        let hiding =
            "\(Self.regions(hidden, one, several)) less than \(FigureText.exactMoney(least, currency))\(measure)."
        return (hidden == 0 ? [] : [hiding]) + (isRanked ? ["The largest changes first."] : [])
    }

    /// Such as `1 region shifts` and `2 regions shift`.
    static func regions(_ count: Int, _ one: String, _ several: String) -> String {
        "\(FigureText.count(count, "region")) \(count == 1 ? one : several)"
    }
}
