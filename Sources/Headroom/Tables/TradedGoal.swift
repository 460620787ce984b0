/// One of the two goals of a frontier in sentences: spending is lowered where all others are raised, and users are
/// counted.
struct TradedGoal {
    let goal: Goal
    let currency: String
    /// The largest amount of it that the frontier knows, for what is a round step beside it.
    private let largest: Double
    private let text: SweepText

    init(_ goal: Goal, currency: String, largest: Double) {
        self.goal = goal
        self.currency = currency
        self.largest = largest
        text = SweepText(goal, currency: currency)
    }

    var isLowered: Bool { goal == .leastSpending }

    /// What there is more or less of.
    var noun: String { isLowered ? "spending" : goal.title }

    var raised: String { isLowered ? "lowered" : "raised" }

    var more: String { isLowered ? "less" : "more" }

    /// `utilization 71.6 %`
    func standing(_ value: Double?) -> String {
        guard let value else { return "\(noun) \(FigureText.undefined)" }
        return goal == .servedUsers
            ? "\(FigureText.amount(value)) served users" : "\(noun) \(text.value(value))"
    }

    /// `with as much return`
    var asMuch: String { goal == .servedUsers ? "with as many served users" : "with as much \(noun)" }

    /// `utilization could be 72.0 %`
    func couldBe(_ value: Double) -> String {
        goal == .servedUsers
            ? "\(text.value(value)) could be served" : "\(noun) could be \(text.value(value))"
    }

    /// `3 percentage points`
    func change(_ one: Double?, _ other: Double?) -> String {
        guard let one, let other else { return FigureText.undefined }
        return text.change(abs(one - other))
    }

    /// `CNY 23.3 bn of return`
    func amount(_ change: Double) -> String {
        goal == .servedUsers ? text.change(change) : "\(text.change(change)) of \(noun)"
    }

    /// `1.5 percentage points more of utilization`
    func gain(_ one: Double?, _ other: Double?) -> String {
        guard let one, let other else { return FigureText.undefined }
        let change = abs(one - other)
        return goal == .servedUsers
            ? "\(FigureText.amount(change)) more users" : "\(text.change(change)) \(more) of \(noun)"
    }

    /// `gives up CNY 13.1 m of return`: what a plan has less of than the best.
    func sacrifice(_ value: Double, best: Double) -> String {
        let change = max(0, (best - value) * (isLowered ? -1 : 1))
        return isLowered ? "spends \(text.change(change)) more" : "gives up \(amount(change))"
    }

    // MARK: Rates

    /// A round step of the goal, large enough for what it costs of another one to be seen.
    struct Step {
        var size: Double
        /// `one more percentage point of utilization`
        var more: String
        /// The other way: by itself, and behind the one.
        var less: String
        var lessToo: String
    }

    /// - Parameter isSeen: Whether what a step of some size costs has digits to show.
    func step(where isSeen: (Double) -> Bool) -> Step {
        switch goal {
        case .utilization, .serviceLevel, .worstService:
            return step(0.01, "one") { "one \($0) percentage point of \(noun)" }
        case .roi: return step(0.01, "one") { "one \($0) 0.01 of \(noun)" }
        case .servedUsers:
            let (size, number) = roundNumber(from: 1, where: isSeen)
            return step(size, number) { "\(number) \($0) user\(size > 1 ? "s" : "")" }
        case .return, .leastSpending:
            let (size, number) = roundNumber(from: min(1e6, largest / 50), where: isSeen)
            return step(size, number) { "\(number) \(currency) \($0) of \(noun)" }
        }
    }

    private func step(_ size: Double, _ number: String, _ words: (String) -> String) -> Step {
        let (more, less) = isLowered ? ("less", "more") : ("more", "less")
        return Step(size: size, more: words(more), less: words(less), lessToo: "\(number) \(less)")
    }

    /// The first from some size on at which there is something to see.
    private func roundNumber(
        from least: Double, where isSeen: (Double) -> Bool
    ) -> (size: Double, word: String) {
        let numbers = [(1.0, "one"), (1e3, "a thousand"), (1e6, "a million"), (1e9, "a billion")]
        return numbers.first { $0.0 >= least && isSeen($0.0) } ?? numbers[numbers.count - 1]
    }

    /// Whether a change of the goal has digits to show.
    func isSeen(_ change: Double) -> Bool {
        switch goal {
        case .return, .leastSpending: change >= 0.01
        case .servedUsers: change >= 1
        case .utilization, .serviceLevel, .worstService: change >= 1e-5
        case .roi: change >= 1e-3
        }
    }
}
