/// Finds all pieces of a curve by asking for its optimum at one amount after the other.
///
/// Of two pieces that do not touch the lines meet above the curve or on it. Where they meet on it, that is the
/// breakpoint; else the curve's own piece there stands between them (M. Eisner, D. Severance, Mathematical techniques
/// for efficient record segmentation, Journal of the ACM 23, 1976). Pieces come with the range in which their basis is
/// optimal, so that most touch as they are found. A degenerate basis only makes a piece of no length: every round finds
/// another line or closes a gap.
struct CurveSearch {
    /// A line that supports the curve, with the points at both ends of what is known to lie on it.
    private struct Segment {
        var slope: Double
        var rowDuals: [Double]
        var least: OptimumCurve.Breakpoint
        var most: OptimumCurve.Breakpoint

        /// The height of the line.
        func line(at amount: Double) -> Double {
            slope == 0 ? least.objective : least.objective + slope * (amount - least.amount)
        }
    }

    /// What counts as rounding of an objective, relative to the largest of its curve.
    private static let rounding = 1e-11
    /// Amounts that are as near as this are one, relative to the larger.
    private static let sameAmount = 1e-12
    private static let mostSolves = 200_000

    private let parametric: ParametricProgram
    private let control: SolverControl
    private let least: Double
    private let most: Double
    /// The largest objective of the curve so far, for what counts as rounding.
    private var size: Double
    /// By rising amounts.
    private var segments: [Segment] = []
    /// The segments before this one touch.
    private var open = 0
    private var solves = 0
    private var steps = 0
    private var failure: CurveResult?

    init(_ parametric: ParametricProgram, _ least: Double, _ most: Double, _ control: SolverControl) {
        precondition(least.isFinite && least < most, "a curve needs a range, not \(least) ... \(most)")
        self.parametric = parametric
        self.control = control
        self.least = least
        self.most = most
        size = abs(parametric.program.objectiveConstant)
    }

    /// Takes in what was found, and names the next amount; nil where the curve is known, or the search failed.
    mutating func next(after point: ParametricPoint?) -> Double? {
        if let point { enter(point) }
        guard failure == nil else { return nil }
        if control.isCancelled() || control.deadline.map({ $0 <= .now }) ?? false {
            failure = .stopped
            return nil
        }
        if solves < 2 { return solves == 0 ? most : least }
        while open + 1 < segments.count {
            if let amount = gap() { return amount }
            open += 1
        }
        return nil
    }

    private mutating func enter(_ point: ParametricPoint) {
        solves += 1
        steps = point.result.steps
        switch point.result.termination {
        case .optimal: break
        case .infeasible: failure = .infeasible(at: point.amount)
        case .unbounded: failure = .unbounded
        case .timeLimit, .cancelled: failure = .stopped
        case .numericalTrouble: failure = .failed(at: point.amount, "numerical trouble")
        }
        guard failure == nil else { return }
        guard let solution = point.result.solution, solves <= Self.mostSolves else {
            failure = .failed(at: point.amount, "no end after \(solves) solves")
            return
        }
        let segment = segment(point, solution)
        size = max(size, abs(segment.least.objective), abs(segment.most.objective))
        switch solves {
        case 1: segments = [segment]
        case 2: segments.insert(segment, at: 0)
        default: insert(segment, found: breakpoint(point, solution, at: point.amount))
        }
    }

    private func segment(_ point: ParametricPoint, _ solution: Solution) -> Segment {
        guard point.amount.isFinite else {
            // Bounds that are not there have no duals: the point is the best from the amount on that pays for it.
            let least = breakpoint(
                point, solution, at: max(parametric.leastAmount(at: solution.columnValues), least))
            return Segment(slope: 0, rowDuals: solution.rowDuals, least: least, most: least)
        }
        return Segment(
            slope: parametric.slope(at: solution), rowDuals: solution.rowDuals,
            least: breakpoint(point, solution, at: max(point.range.lowerBound, least)),
            most: breakpoint(point, solution, at: min(point.range.upperBound, most)))
    }

    private func breakpoint(
        _ point: ParametricPoint, _ solution: Solution, at amount: Double
    ) -> OptimumCurve.Breakpoint {
        var values = solution.columnValues
        let step = amount - point.amount
        if step.isFinite, step != 0, !point.direction.isEmpty {
            for column in values.indices { values[column] += step * point.direction[column] }
        }
        return OptimumCurve.Breakpoint(
            amount: amount, objective: parametric.program.objectiveValue(at: values), columnValues: values)
    }

    // MARK: Gaps

    private var tolerance: Double { Self.rounding * size }

    /// An amount inside what the open segment and the next one leave out; nil where they touch.
    private mutating func gap() -> Double? {
        let (left, right) = (segments[open], segments[open + 1])
        let (from, to) = (left.most.amount, right.least.amount)
        guard to - from > Self.sameAmount * max(abs(from), abs(to)) else { return nil }
        // What lies on one line at both ends lies on it between them.
        if isOn(right.least, left) {
            segments[open].most = right.least
            return nil
        }
        if isOn(left.most, right) {
            segments[open + 1].least = left.most
            return nil
        }
        // Measured from the left end, where little is lost to rounding.
        let meeting = from + (right.line(at: from) - left.most.objective) / (left.slope - right.slope)
        let margin = 1e-6 * (to - from)
        return meeting > from + margin && meeting < to - margin ? meeting : from + (to - from) / 2
    }

    private func isOn(_ point: OptimumCurve.Breakpoint, _ segment: Segment) -> Bool {
        abs(segment.line(at: point.amount) - point.objective) <= tolerance
    }

    /// Puts what was found inside the open gap there.
    private mutating func insert(_ segment: Segment, found: OptimumCurve.Breakpoint) {
        let (left, right) = (segments[open], segments[open + 1])
        let isOnLeft = isOn(found, left)
        let isOnRight = isOn(found, right)
        if isOnLeft { segments[open].most = isOn(segment.most, left) ? segment.most : found }
        if isOnRight { segments[open + 1].least = isOn(segment.least, right) ? segment.least : found }
        if !isOnLeft, !isOnRight { segments.insert(segment, at: open + 1) }
    }

    // MARK: The result

    var result: CurveResult {
        if let failure { return failure }
        return .found(curve)
    }

    private var curve: OptimumCurve {
        var breakpoints = [segments[0].least]
        var pieces: [OptimumCurve.Piece] = []
        /// By how much the last piece's line may have left the curve, for pieces that were taken for it.
        var off = 0.0
        var length = 0.0
        for (index, segment) in segments.enumerated() {
            // Where two overlap they are one line.
            let isCut = index + 1 < segments.count && segments[index + 1].least.amount < segment.most.amount
            let end = isCut ? segments[index + 1].least : segment.most
            let added = end.amount - breakpoints[breakpoints.count - 1].amount
            guard added > Self.sameAmount * abs(end.amount) else { continue }
            let bend = pieces.last.map { abs($0.slope - segment.slope) } ?? .infinity
            if off + bend * added <= tolerance {
                off += bend * added
                length += added
                breakpoints[breakpoints.count - 1] = end
                continue
            }
            // A piece too short for anybody to see is part of the next one.
            let isNext = off + bend * length <= tolerance
            off = isNext ? off + bend * length : 0
            length = isNext ? length + added : added
            if isNext {
                pieces.removeLast()
                breakpoints.removeLast()
            }
            pieces.append(OptimumCurve.Piece(slope: segment.slope, rowDuals: segment.rowDuals))
            breakpoints.append(end)
        }
        if most == .infinity { leaveOutFlatEnd(&breakpoints, &pieces) }
        return OptimumCurve(
            breakpoints: breakpoints, pieces: pieces, endsFlat: most == .infinity, solves: solves,
            steps: steps)
    }

    /// The optimum without end need not be the one that ends first: what adds no more than rounding before it is part of
    /// what holds from there on.
    private func leaveOutFlatEnd(
        _ breakpoints: inout [OptimumCurve.Breakpoint], _ pieces: inout [OptimumCurve.Piece]
    ) {
        guard let best = breakpoints.last?.objective else { return }
        while !pieces.isEmpty, best - breakpoints[breakpoints.count - 2].objective <= tolerance {
            pieces.removeLast()
            breakpoints.removeLast()
        }
    }
}
