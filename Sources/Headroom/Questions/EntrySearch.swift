/// Finds the smallest change with which money would come to a region, or to one of its levers.
///
/// Changes are counted in steps, 0 being today. Where the region alone, at today's price of money, would take some is a
/// guess that costs little; what is told was seen in whole plans, solved with that change and with one a step smaller.
struct EntrySearch {
    /// What a change brings about.
    typealias Trial = (RegionChange) throws -> Set<Lever>

    /// The levers that the region alone would spend on.
    let alone: Trial
    /// The levers that it gets money for in the whole plan.
    let inPlan: Trial

    /// - Parameters:
    ///   - lever: Money for it is looked for; nil: for any.
    ///   - steps: How far a change may go.
    ///   - change: The change of so many steps.
    /// - Returns: Nil where no change within the steps brings money.
    func entry(
        of lever: Lever?, steps: Int, _ change: (Int) -> RegionChange
    ) throws -> Explanation.Entry? {
        func comes(_ trial: Trial, _ step: Int) throws -> Bool {
            guard step > 0 else { return false }
            let levers = try trial(change(step))
            return lever.map(levers.contains) ?? !levers.isEmpty
        }
        let guess = try firstStep(within: 0...steps) { try comes(alone, $0) } ?? steps
        let bracket = try bracket(around: guess, steps) { try comes(inPlan, $0) }
        guard let bracket, let with = try firstStep(within: bracket, where: { try comes(inPlan, $0) }) else {
            return nil
        }
        return Explanation.Entry(lever: lever, with: change(with), without: change(with - 1))
    }

    /// A step without money and a later one with it, as near to a guess as possible.
    private func bracket(
        around guess: Int, _ steps: Int, _ comes: (Int) throws -> Bool
    ) throws -> ClosedRange<Int>? {
        var (low, high) = (guess - 1, guess)
        var width = 1
        if try comes(guess) {
            while low > 0, try comes(low) {
                high = low
                low = max(0, low - width)
                width *= 2
            }
            return low...high
        }
        repeat {
            guard high < steps else { return nil }
            low = high
            high = min(steps, high + width)
            width *= 2
        } while try !comes(high)
        return low...high
    }

    /// The first step that brings money, where the first of a range does not and the last one does.
    ///
    /// - Returns: Nil where the last one brings none.
    private func firstStep(within range: ClosedRange<Int>, where comes: (Int) throws -> Bool) throws -> Int? {
        var (without, with) = (range.lowerBound, range.upperBound)
        guard with - without > 1 else { return with }
        guard try comes(with) else { return nil }
        while with - without > 1 {
            let middle = (without + with) / 2
            if try comes(middle) { with = middle } else { without = middle }
        }
        return with
    }
}
