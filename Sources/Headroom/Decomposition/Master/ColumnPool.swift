/// What the levers of every region's present plan come to, so that no plan has to be found a second time to be read.
///
/// Kept are only the levers in use, and users where fewer are served than could be: the rest follows from them
/// (`SubproblemSolver.restore`). About 90 bytes a region.
struct ColumnPool: Sendable {
    /// Regions that stand together; every portion is written by one thread at a time.
    struct Portion: Sendable {
        /// By position: where its entries end, those of the first position beginning at 0.
        fileprivate var ends: [Int32] = []
        /// By position: which vector of prices its plan belongs to, -1 without a plan.
        fileprivate var vectors: [Int32] = []
        /// By entry: the decision (`SubproblemShape`), and its amount.
        fileprivate var decisions: [UInt16] = []
        fileprivate var amounts: [Double] = []

        fileprivate func entries(_ place: Int) -> Range<Int> {
            (place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])
        }
    }

    var portions: [Portion]
    let portionSize: Int

    /// Nothing yet.
    ///
    /// - Returns: Nil where a block has more decisions than are counted here.
    init?(regionCount: Int, portionSize: Int, _ shape: SubproblemShape) {
        guard shape.decisionCount <= Int(UInt16.max) else { return nil }
        self.portionSize = portionSize
        portions = [Portion](
            repeating: Portion(), count: (regionCount + portionSize - 1) / portionSize)
    }

    /// Brings a region's plan back to a solver.
    ///
    /// - Returns: False where another plan, or none, is kept.
    func restore(
        _ position: Int, _ region: RegionIndex, of vector: Int32, _ prices: SubproblemPrices,
        to solver: inout SubproblemSolver
    ) -> Bool {
        let place = position % portionSize
        return portions.withUnsafeBufferPointer { portions in
            let portion = position / portionSize
            guard place < portions[portion].vectors.count, portions[portion].vectors[place] == vector else {
                return false
            }
            let entries = portions[portion].entries(place)
            portions[portion].decisions.withUnsafeBufferPointer { decisions in
                portions[portion].amounts.withUnsafeBufferPointer { amounts in
                    solver.restore(
                        region, prices, UnsafeBufferPointer(rebasing: decisions[entries]),
                        UnsafeBufferPointer(rebasing: amounts[entries]))
                }
            }
            return true
        }
    }
}

/// Writes the plans of a portion anew, position after position, those that are found and those that stay.
struct PortionWriter {
    private var next = ColumnPool.Portion()
    /// The first positions, which are as they were, are written only once another one is not.
    private var hasChanged = false
    private var count = 0

    /// Begins another portion; memory stays.
    mutating func begin() {
        next.ends.removeAll(keepingCapacity: true)
        next.vectors.removeAll(keepingCapacity: true)
        next.decisions.removeAll(keepingCapacity: true)
        next.amounts.removeAll(keepingCapacity: true)
        hasChanged = false
        count = 0
    }

    /// The next position stays as it is.
    mutating func keep(from last: UnsafePointer<ColumnPool.Portion>) {
        if hasChanged { copy(count, from: last.pointee) }
        count += 1
    }

    /// The next position's plan is the one that the solver has just found.
    mutating func enter(
        _ solver: borrowing SubproblemSolver, of vector: Int32, after last: UnsafePointer<ColumnPool.Portion>
    ) {
        if !hasChanged {
            for place in 0..<count { copy(place, from: last.pointee) }
            hasChanged = true
        }
        solver.forEachKept { decision, amount in
            next.decisions.append(UInt16(truncatingIfNeeded: decision))
            next.amounts.append(amount)
        }
        end(vector)
        count += 1
    }

    /// Puts the portion where it belongs, in memory of its size.
    func finish(_ portion: inout ColumnPool.Portion) {
        guard hasChanged else { return }
        portion = ColumnPool.Portion(
            ends: Self.exact(next.ends), vectors: Self.exact(next.vectors),
            decisions: Self.exact(next.decisions), amounts: Self.exact(next.amounts))
    }

    private static func exact<Number>(_ numbers: [Number]) -> [Number] {
        numbers.withUnsafeBufferPointer { Array($0) }
    }

    private mutating func copy(_ place: Int, from last: ColumnPool.Portion) {
        guard place < last.ends.count else { return end(-1) }
        let entries = last.entries(place)
        next.decisions += last.decisions[entries]
        next.amounts += last.amounts[entries]
        end(last.vectors[place])
    }

    private mutating func end(_ vector: Int32) {
        next.ends.append(Int32(next.amounts.count))
        next.vectors.append(vector)
    }
}

// MARK: In the solver

extension SubproblemSolver {
    /// Tells what has to be kept of the plan just found.
    func forEachKept(_ tell: (_ decision: Int, _ amount: Double) -> Void) {
        for index in 0..<usedCount {
            let decision = Int(program.decision[Int(used[index])])
            tell(decision, decisions[decision])
        }
        for year in 0..<years {
            let served = decisions[shape.servedUsers(year)]
            // What is less is rounding of the search.
            if attainable[year] - served > 1e-13 * rows.reach[year] { tell(shape.servedUsers(year), served) }
        }
    }

    /// Makes the decisions of a region's plan again from what was kept of it, as `solve` left them but for rounding.
    ///
    /// - Parameter prices: Those that the plan belongs to.
    mutating func restore(
        _ region: RegionIndex, _ prices: SubproblemPrices, _ kept: UnsafeBufferPointer<UInt16>,
        _ amounts: UnsafeBufferPointer<Double>
    ) {
        figures.load(region, of: shape)
        decisions.update(repeating: 0, count: shape.decisionCount)
        for year in 0..<years { decisions[shape.servedUsers(year)] = .infinity }
        built.update(repeating: 0, count: years)
        for index in kept.indices {
            let decision = Int(kept[index])
            decisions[decision] = amounts[index]
            let position = decision &- shape.newCapacity(0, 0)
            guard position >= 0, position < shape.technologyCount &* years else { continue }
            for year in Int(levers.serviceStart[position])..<Int(levers.serviceEnd[position]) {
                built[year] += amounts[index]
            }
        }
        let trades =
            prices.netPresentValue > 0 && figures.commerce > 0
            && (figures.creditCost < .infinity || figures.creditUsers > 0)
        var won = 0.0
        var enrolled = figures.creditUsers
        for year in 0..<years {
            won *= shape.retention
            for step in 0..<shape.stepCount { won += decisions[shape.wonUsers(step, year)] }
            enrolled += decisions[shape.enrolledUsers(year)]
            let served = min(decisions[shape.servedUsers(year)], mostServed(year, won: won))
            decisions[shape.servedUsers(year)] = served
            decisions[shape.tradingUsers(year)] = trades ? min(served, enrolled) : 0
        }
    }

    /// Users whom potential, demand and capacity allow in a year, of users won and capacity built.
    func mostServed(_ year: Int, won: Double) -> Double {
        min(figures.potential, min(figures.organic[year] + won, supplied(year)))
    }

    /// Users whom capacity allows in a year.
    func supplied(_ year: Int) -> Double {
        figures.demand[year] <= 0
            ? .infinity : figures.servedPerUnit[year] * (figures.base[year] + built[year])
    }
}
