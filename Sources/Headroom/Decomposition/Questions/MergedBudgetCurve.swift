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
        guard let shape = SubproblemShape(free, measures: []) else { return nil }
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
        return BudgetCurve(merging: portions, begin: begin, movement)
    }
}

/// The curves of some regions that stand together, the pieces sorted by falling price.
private struct RegionPieces: Sendable {
    static let size = 1 << 14

    struct Piece {
        var price: Double
        var spending: Double
        var region: Int32
        /// A lever's place, or of more than one, 4 more than the place in `mixed`.
        var lever: Int32
    }

    private(set) var pieces: [Piece] = []
    /// Of the pieces that go to more than one lever, or take from one: what each gets of a unit of money, by its place.
    private(set) var mixed: [SIMD4<Float>] = []
    /// Without spending.
    private(set) var netPresentValue = 0.0
    /// Whether a region's curve was not found.
    private(set) var isIncomplete = false

    init(_ portion: Int, of count: Int, _ shape: SubproblemShape) {
        var solver = SubproblemSolver(shape)
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
                let lever = piece.byLever.only.map { Int32($0.position) } ?? Int32(4 + mixed.count)
                if lever >= 4 { mixed.append(piece.byLever.shares) }
                pieces.append(
                    Piece(
                        price: piece.price, spending: piece.spending, region: Int32(place), lever: lever))
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
    fileprivate init(merging lists: [RegionPieces], begin: Double, _ movement: BudgetMovement) {
        let count = lists.reduce(0) { $0 + $1.pieces.count }
        var budgets = [0.0]
        var values = [begin]
        var slopes: [Double] = []
        var uses = RegionUses()
        budgets.reserveCapacity(count + 1)
        values.reserveCapacity(count + 1)
        slopes.reserveCapacity(count)
        uses.reserveCapacity(count, withSeveralLevers: lists.reduce(0) { $0 + $1.mixed.count })
        var money = CompensatedSum()
        var value = CompensatedSum(begin)
        var merge = SortedMerge(lists.map(\.pieces))
        while let (piece, list) = merge.next() {
            money.add(piece.spending)
            value.add(piece.spending * piece.price)
            // What the sum is too large to show has no length.
            guard money.value > budgets[budgets.count - 1] else { continue }
            let length = money.value - budgets[budgets.count - 1]
            budgets.append(money.value)
            values.append(value.value)
            slopes.append(piece.price)
            if piece.lever < 4 {
                uses.append(piece.region, Lever.allCases[Int(piece.lever)], length)
            } else {
                uses.append(piece.region, lists[list].mixed[Int(piece.lever) - 4], length)
            }
        }
        self.init(
            goal: .return, movement: movement, budgets: budgets, values: values, slopes: slopes,
            endsFlat: true, isRelaxed: false, certificate: nil,
            uses: .oneRegion(uses, beginSpending: 0))
    }
}

/// Goes through sorted lists as if they were one, without a copy of them: a heap of the lists' first pieces
/// (D. Knuth, The Art of Computer Programming, volume 3, section 5.4.1). O(log lists) a piece.
private struct SortedMerge {
    private struct Head {
        var piece: RegionPieces.Piece
        var list: Int
    }

    private let lists: [[RegionPieces.Piece]]
    /// By list: how many of its pieces have been in the heap.
    private var taken: [Int]
    /// Pieces themselves, not their places: all that is compared lies together.
    private var heap: [Head]

    init(_ lists: [[RegionPieces.Piece]]) {
        self.lists = lists
        taken = lists.map { min(1, $0.count) }
        heap = lists.indices.compactMap { list in lists[list].first.map { Head(piece: $0, list: list) } }
        for parent in (0..<heap.count / 2).reversed() { sink(heap[parent], from: parent) }
    }

    /// The piece, and the list that it is in.
    mutating func next() -> (RegionPieces.Piece, list: Int)? {
        guard let first = heap.first else { return nil }
        let list = first.list
        if taken[list] < lists[list].count {
            sink(Head(piece: lists[list][taken[list]], list: list), from: 0)
            taken[list] += 1
        } else if let last = heap.popLast(), !heap.isEmpty {
            sink(last, from: 0)
        }
        return (first.piece, list)
    }

    /// Puts a head into the heap below a place that is free.
    private mutating func sink(_ head: Head, from start: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            var free = start
            while 2 * free + 1 < heap.count {
                var child = 2 * free + 1
                if child + 1 < heap.count, heap[child + 1].piece.isBefore(heap[child].piece) { child += 1 }
                guard heap[child].piece.isBefore(head.piece) else { break }
                heap[free] = heap[child]
                free = child
            }
            heap[free] = head
        }
    }
}
