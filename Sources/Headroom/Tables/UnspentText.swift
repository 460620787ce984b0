/// Why money of the budget is left.
enum UnspentText {
    /// Less of the budget than this share is not worth a word.
    private static let least = 1e-3

    /// - Parameters:
    ///   - unspent: What is left, undiscounted, at the best return.
    ///   - price: What one more unit of all rows of the budget adds to it.
    ///   - reasons: Why each region gets no more.
    /// - Returns: Nil where hardly anything is left.
    static func sentence(
        _ unspent: Double?, price: Double?, reasons: [Reason], _ assumptions: Assumptions
    ) -> String? {
        guard let unspent, let amount = assumptions.budget.smallestAmount, unspent > least * amount else {
            return nil
        }
        let left = "\(FigureText.money(unspent, assumptions.currency)) of the budget stays unspent: "
        if let price, price > 0 {
            return left + "what is left to buy pays only in years whose money is spent."
        }
        let counted = Dictionary(grouping: reasons, by: \.description).mapValues(\.count)
        let sorted = counted.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return left + "nothing left to buy pays ("
            + sorted.map { "\($0.key) in \(FigureText.count($0.value, "region"))" }
            .joined(separator: ", ") + ")."
    }
}
