/// The optimum as a function of a price, by the parametric simplex (V. Chvátal, Linear Programming (1983), chapter 10;
/// S. Gass and T. Saaty, 1955).
extension DenseSimplex {
    /// Goes to the optimum at an infinite price: of all solutions of the largest `reserve` the one of the largest
    /// `profit`.
    mutating func maximizeReserveFirst() -> Ending {
        while steps < mostSteps {
            var column = entering { reserve[$0] }
            if column < 0 { column = entering { abs(reserve[$0]) <= Self.profitTolerance ? profit[$0] : 0 } }
            guard column >= 0 else { return .optimal }
            guard enter(column) else { return .unbounded }
        }
        return .stalled
    }

    /// From there on maximises `profit + price · reserve` while the price falls to 0.
    ///
    /// - Parameters:
    ///   - shares: By column of the program: what a unit of it takes of the reserve, for each of four causes.
    ///   - record: Told of every step that changes the solution: the price at which it is taken and by how much the
    ///     reserve falls for each cause; the profit rises by the product.
    mutating func followPrice(
        _ shares: UnsafePointer<SIMD4<Double>>, _ record: (_ price: Double, _ reserve: SIMD4<Double>) -> Void
    ) -> Ending {
        var price = Double.infinity
        while steps < mostSteps {
            // Steps without gain all belong to one price, and there the lowest index ends them.
            let atLeast = degenerateSteps > Self.patience ? price * (1 - Self.profitTolerance) : .infinity
            let column = nextEntering(orFirstAtLeast: atLeast)
            guard column >= 0 else { return .optimal }
            price = min(price, profit[column] / -reserve[column])
            var loss = SIMD4<Double>.zero
            gather(column)
            forEachChange(raising: column) { loss += $1 * shares[$0] }
            guard enterGathered(column) else { return .unbounded }
            if lastStep > 0 { record(price, lastStep * loss) }
        }
        return .stalled
    }

    /// The column whose profit is the largest share of the reserve it takes: it enters first as the price falls.
    ///
    /// - Parameter share: Of columns with at least this share the first one is taken.
    private func nextEntering(orFirstAtLeast share: Double) -> Int {
        var found = -1
        var best = 0.0
        for column in 0..<columns
        where profit[column] > Self.profitTolerance && reserve[column] < -Self.profitTolerance {
            let ratio = min(share, profit[column] / -reserve[column])
            guard ratio >= best, ratio > best || resting[column] < resting[found] else { continue }
            best = ratio
            found = column
        }
        return found
    }

    /// The column of the largest gain, or after too many steps without gain the first one; -1 where none gains.
    private func entering(_ gain: (Int) -> Double) -> Int {
        let byIndex = degenerateSteps > Self.patience
        var found = -1
        var best = Self.profitTolerance
        for column in 0..<columns where gain(column) > best {
            if byIndex {
                if found < 0 || resting[column] < resting[found] { found = column }
            } else {
                best = gain(column)
                found = column
            }
        }
        return found
    }
}
