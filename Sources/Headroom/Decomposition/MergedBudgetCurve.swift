import LinearProgramming

extension Planner {
    /// The exact return for every total budget, where that is all that joins the regions: the pieces of all regions'
    /// own curves in the order of falling price (decomposition by prices; every piece is bought when money gets as cheap
    /// as it pays).
    ///
    /// O(regions · pieces · log): about ten pieces a region.
    ///
    /// - Parameter planningCase: With its tables in the canonical order.
    /// - Returns: Nil where more joins the regions than one total, the return is not the first goal, or a region has no
    ///   curve of its own.
    func mergedCurve(
        of planningCase: PlanningCase, _ movement: BudgetMovement, _ control: SolverControl
    ) throws -> BudgetCurve? {
        let assumptions = planningCase.assumptions
        guard assumptions.budget.total != nil, assumptions.budget.yearly == nil, planningCase.rules.isEmpty,
            assumptions.objective.goals.first == .return, assumptions.minimumSpend == nil
        else { return nil }
        var free = planningCase
        // A region may spend all that is ever spent.
        free.assumptions.budget = Budget()
        guard let shape = BlockShape(free, measures: []) else { return nil }
        let portions = try parallelMap(
            (planningCase.regions.count + RegionPieces.size - 1) / RegionPieces.size, threads: threads
        ) { portion throws(PlanningFailure) in
            if control.isCancelled() { throw .cancelled }
            if let deadline = control.deadline, deadline <= .now { throw .stoppedWithoutPlan }
            return RegionPieces(portion, of: planningCase.regions.count, shape)
        }
        guard !portions.contains(where: \.isIncomplete) else { return nil }
        let doNothing = Ledger(doingNothingIn: planningCase, threads: threads).totalNetPresentValue
        let begin = portions.reduce(into: CompensatedSum()) { $0.add($1.netPresentValue) }.value - doNothing
        return BudgetCurve(merging: portions.map(\.pieces), begin: begin, movement, threads: threads)
    }
}

/// The curves of some regions that stand together, the pieces sorted by falling price.
private struct RegionPieces: Sendable {
    static let size = 1 << 14

    struct Piece {
        var price: Double
        var spending: Double
        var region: Int32
    }

    private(set) var pieces: [Piece] = []
    /// Without spending.
    private(set) var netPresentValue = 0.0
    /// Whether a region's curve was not found.
    private(set) var isIncomplete = false

    init(_ portion: Int, of count: Int, _ shape: BlockShape) {
        var solver = BlockSolver(shape)
        var found: [BudgetPiece] = []
        for place in portion * Self.size..<min((portion + 1) * Self.size, count) {
            found.removeAll(keepingCapacity: true)
            let start = solver.budgetCurve(RegionIndex(place), to: &found)
            guard start.ending == .optimal, start.spending == 0 else {
                isIncomplete = true
                return
            }
            netPresentValue += start.netPresentValue
            for piece in found {
                pieces.append(Piece(price: piece.price, spending: piece.spending, region: Int32(place)))
            }
        }
        pieces.sort { $0.isBefore($1) }
    }
}

extension RegionPieces.Piece {
    /// By falling price; of equal ones the region that stands first.
    fileprivate func isBefore(_ other: Self) -> Bool {
        price != other.price ? price > other.price : region < other.region
    }
}

extension BudgetCurve {
    /// - Parameter begin: Return without spending.
    fileprivate init(
        merging lists: [[RegionPieces.Piece]], begin: Double, _ movement: BudgetMovement, threads: Int
    ) {
        let pieces = merged(lists, threads: threads)
        var budgets = [0.0]
        var values = [begin]
        var slopes: [Double] = []
        var regions: [Int32] = []
        budgets.reserveCapacity(pieces.count + 1)
        values.reserveCapacity(pieces.count + 1)
        slopes.reserveCapacity(pieces.count)
        regions.reserveCapacity(pieces.count)
        var money = CompensatedSum()
        var value = CompensatedSum()
        value.add(begin)
        for piece in pieces {
            money.add(piece.spending)
            value.add(piece.spending * piece.price)
            // What the sum is too large to show has no length.
            guard money.value > budgets[budgets.count - 1] else { continue }
            budgets.append(money.value)
            values.append(value.value)
            slopes.append(piece.price)
            regions.append(piece.region)
        }
        self.init(
            goal: .return, movement: movement, budgets: budgets, values: values, slopes: slopes,
            endsFlat: true, isRelaxed: false, certificate: nil,
            uses: .oneRegion(regions, beginSpending: 0))
    }
}

/// Merges sorted lists two by two, pairs at once.
private func merged(_ lists: [[RegionPieces.Piece]], threads: Int) -> [RegionPieces.Piece] {
    var lists = lists
    while lists.count > 1 {
        let round = lists
        lists = concurrentMap((round.count + 1) / 2, threads: threads) { pair in
            guard 2 * pair + 1 < round.count else { return round[2 * pair] }
            return merged(round[2 * pair], round[2 * pair + 1])
        }
    }
    return lists.first ?? []
}

private func merged(_ left: [RegionPieces.Piece], _ right: [RegionPieces.Piece]) -> [RegionPieces.Piece] {
    var result: [RegionPieces.Piece] = []
    result.reserveCapacity(left.count + right.count)
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
        if right[second].isBefore(left[first]) {
            result.append(right[second])
            second += 1
        } else {
            result.append(left[first])
            first += 1
        }
    }
    result.append(contentsOf: left[first...])
    result.append(contentsOf: right[second...])
    return result
}
