import Dispatch

/// Finds the whole trade-off between two measures of a program.
///
/// Points that were found are mixed: of all mixes with some value of one measure the best in the other lies on a line
/// between two of the points. The line that touches there is asked of the program: a point above it joins the others,
/// and where there is none the place is proved to lie on the curve. The same is asked further along the line, until it
/// leaves the curve or ends: what holds at both ends of a stretch holds between them (`TradeOffSegment.reach`). Then
/// what is left between two stretches is halved. For two linear measures it is P. Aneja's and K. Nair's search
/// (Bicriteria transportation problem, Management Science 25, 1979); the points that are asked for are found as in
/// W. Dinkelbach's iteration (On nonlinear fractional programming, Management Science 13, 1967).
public struct TradeOffSearch: Sendable {
    /// What counts as rounding: a share of a measure's span on the curve, and of its size.
    private static let rounding = 1e-10
    private static let mostPieces = 20_000

    private let solver: any LinearSolver
    private let control: SolverControl
    private let threads: Int
    private let measures: [LinearRatio]
    private var program: LinearProgram
    private var points: [TradeOffPoint] = []
    private var spans = SIMD2<Double>(1, 1)
    private var certificate = Certificate(
        primalViolation: 0, dualViolation: 0, complementarySlackness: 0, dualityGap: 0)
    private var solves = 0
    private var steps = 0

    /// - Parameter measures: Two, each to be as high as can be.
    /// - Precondition: The program has no whole numbers.
    public init(
        _ program: LinearProgram, _ measures: [LinearRatio], solver: any LinearSolver, threads: Int = 1,
        control: SolverControl = SolverControl()
    ) {
        precondition(measures.count == 2, "a trade-off is between two measures")
        precondition(!program.hasIntegers, "with whole numbers there is no line between two points")
        self.solver = solver
        self.control = control
        self.threads = threads
        self.measures = measures
        self.program = program
        self.program.setObjective(LinearExpression(), .maximize)
    }

    /// - Parameters:
    ///   - atEnds: Called when the curve's ends are known, before what lies between them is looked for.
    ///   - told: How many pieces are found.
    /// - Throws: `CertificateFailure` or `SolverFault` where an optimum cannot be proved.
    public mutating func run(
        atEnds: () -> Void = {}, told: (Int) -> Void = { _ in }
    ) throws -> TradeOffResult {
        do throws(Ended) {
            let best = SIMD2(try climb(0).values[0], try climb(1).values[1])
            let (high, low) = (points[0], points[1])
            spans = SIMD2(high.values[0] - low.values[0], low.values[1] - high.values[1])
            let ends = (low: try end(low, of: 1, best), high: try end(high, of: 0, best))
            atEnds()
            return .found(try curve(best, ends, told))
        } catch {
            switch error {
            case .stopped: return .stopped
            case .infeasible: return .infeasible
            case .unbounded(let measure): return .unbounded(measure)
            case .undefined(let measure): return .undefined(measure)
            case .failed(let failure): throw failure
            }
        }
    }

    private enum Ended: Error {
        case stopped, infeasible
        case unbounded(Int)
        case undefined(Int)
        case failed(any Error)
    }

    // MARK: The program

    private mutating func maximum(
        _ objective: LinearExpression, of measure: Int, from start: Basis?
    ) throws(Ended) -> TradeOffPoint {
        program.setObjective(objective)
        let settings = SolverSettings(method: start == nil ? .dualSimplex : .primalSimplex)
        let result: CertifiedResult
        do {
            result = try solver.certifiedSolve(program, from: start, settings: settings, control: control)
        } catch {
            throw .failed(error)
        }
        switch result {
        case .optimal(let optimum):
            solves += 1
            steps += optimum.steps
            certificate = certificate.worst(with: optimum.certificate)
            let values = optimum.solution.columnValues
            return TradeOffPoint(
                columnValues: values, image: RatioImage(of: values, measures), basis: optimum.basis)
        case .infeasible: throw .infeasible
        case .unbounded: throw .unbounded(measure)
        case .stopped: throw .stopped
        }
    }

    /// A point of the highest value of one measure.
    private mutating func climb(_ measure: Int) throws(Ended) -> TradeOffPoint {
        var best = try maximum(measures[measure].numerator, of: measure, from: points.last?.basis)
        let known = points.filter { $0.image.denominators[measure] > 0 }
        if let higher = known.max(by: { $0.values[measure] < $1.values[measure] }),
            !(best.image.denominators[measure] > 0) || higher.values[measure] > best.values[measure]
        {
            best = higher
        }
        guard best.image.denominators[measure] > 0 else { throw .undefined(measure) }
        var weights = SIMD2<Double>.zero
        weights[measure] = 1
        while !measures[measure].isLinear {
            let contact = TradeOffContact(image: best.image, weights: weights)
            let next = try maximum(contact.objective(measures), of: measure, from: best.basis)
            let value = next.values[measure]
            guard value > best.values[measure] + 1e-13 * max(abs(best.values[measure]), 1) else { break }
            best = next
        }
        guard best.image.denominators.min() > 0 else { throw .undefined(1 - measure) }
        points.append(best)
        return best
    }

    /// What rounding leaves of each measure.
    private func trifles(_ best: SIMD2<Double>) -> SIMD2<Double> {
        var trifles = SIMD2<Double>.zero
        for index in 0..<2 {
            trifles[index] = Self.rounding * max(abs(best[index]), measures[index].size, spans[index])
        }
        return trifles
    }

    /// Of the points that are the best in one measure one that is the best of these in the other one too, for which that
    /// counts a little: the curve ends there. Where no weight is little enough it is the point itself.
    private mutating func end(
        _ point: TradeOffPoint, of measure: Int, _ best: SIMD2<Double>
    ) throws(Ended) -> End {
        guard spans.min() > 0 else { return End(point: point, isExact: false) }
        for little in [1e-3, 1e-5, 1e-7] {
            var weights = SIMD2<Double>(repeating: little)
            weights[measure] = 1
            var end = point
            while true {
                let contact = TradeOffContact(image: end.image, weights: weights / spans)
                let next = try maximum(contact.objective(measures), of: measure, from: end.basis)
                guard contact.gain(of: next.image) > 1e-12, next.image.denominators.min() > 0 else { break }
                end = next
            }
            points.append(end)
            if end.values[measure] >= best[measure] - trifles(best)[measure] {
                return End(point: end, isExact: true)
            }
        }
        return End(point: point, isExact: false)
    }

    private struct End {
        var point: TradeOffPoint
        /// Whether the other measure is known to be as high as it can be there.
        var isExact: Bool
    }

    // MARK: The curve

    private typealias Stretch = TradeOffCurve.Piece

    private mutating func curve(
        _ best: SIMD2<Double>, _ ends: (low: End, high: End), _ told: (Int) -> Void
    ) throws(Ended) -> TradeOffCurve {
        var low = ends.low.point
        let high = ends.high.point
        var pieces: [Stretch] = []
        var isStopped = false
        func isSingle(_ low: TradeOffPoint) -> Bool {
            let trifles = trifles(best)
            return high.values[0] - low.values[0] <= trifles[0]
                || low.values[1] - high.values[1] <= trifles[1]
        }
        spans = high.values - low.values
        spans[1] = -spans[1]
        while pieces.isEmpty, !isSingle(low), !isStopped {
            let middle = low.values[0] + (high.values[0] - low.values[0]) / 2
            do {
                let piece = try stretch(of: 0, at: middle, low, high)
                if piece.high.values[1] >= best[1] - trifles(best)[1] {
                    // All along it the second measure is at its best: the curve begins further on.
                    low = TradeOffPoint(
                        columnValues: piece.high.columnValues, image: piece.high.image, basis: low.basis)
                    points.append(low)
                } else {
                    pieces = [piece]
                }
            } catch {
                guard case .stopped = error else { throw error }
                isStopped = true
            }
        }
        let isPoint = pieces.isEmpty && !isStopped
        while !isPoint, !isStopped {
            let open = openings(in: pieces, best, low, high)
            if open.isEmpty || pieces.count > Self.mostPieces { break }
            let found = try fill(open, low, high)
            isStopped = found.contains { $0 == nil }
            for (opening, piece) in zip(open, found).reversed() {
                if let piece { pieces.insert(piece, at: opening.place) }
            }
            told(pieces.count)
        }
        let open = isPoint ? [] : openings(in: pieces, best, low, high)
        return TradeOffCurve(
            pieces: joined(pieces), single: isPoint ? singleEnd(low, high) : nil,
            ends: !isPoint && ends.low.isExact && ends.high.isExact
                ? (TradeOffCurve.End(low), TradeOffCurve.End(high)) : nil,
            gaps: open.map { ($0.low, $0.high) }, best: best, certificate: certificate, solves: solves,
            steps: steps)
    }

    private func singleEnd(_ low: TradeOffPoint, _ high: TradeOffPoint) -> TradeOffCurve.End {
        // Where the first measure is the same in both the low end is the better one, else the high one.
        let isLow =
            high.values[0] - low.values[0] <= Self.rounding * max(abs(high.values[0]), measures[0].size)
        let point = isLow ? low : high
        return TradeOffCurve.End(point)
    }

    /// What is not known yet between two pieces, or at an end.
    private struct Opening {
        /// Where a piece that fills it is put among the pieces.
        var place: Int
        var low: SIMD2<Double>
        var high: SIMD2<Double>
        /// The measure whose range is halved.
        var measure: Int
        var level: Double { low[measure] + (high[measure] - low[measure]) / 2 }
    }

    private func openings(
        in pieces: [Stretch], _ best: SIMD2<Double>, _ low: TradeOffPoint, _ high: TradeOffPoint
    ) -> [Opening] {
        guard let first = pieces.first, let last = pieces.last else {
            return [Opening(place: 0, low: low.values, high: high.values, measure: 0)]
        }
        let trifles = trifles(best)
        var openings: [Opening] = []
        // At the ends one measure alone is known: the other one may be higher than at the point that was found.
        if best[1] - first.low.values[1] > trifles[1] {
            openings.append(
                Opening(
                    place: 0, low: SIMD2(min(low.values[0], first.low.values[0]), best[1]),
                    high: first.low.values, measure: 1))
        }
        for place in pieces.indices.dropFirst() {
            let (left, right) = (pieces[place - 1].high.values, pieces[place].low.values)
            let width = SIMD2(right[0] - left[0], left[1] - right[1])
            guard width[0] > trifles[0] || width[1] > trifles[1] else { continue }
            let shares = width / spans
            openings.append(
                Opening(place: place, low: left, high: right, measure: shares[0] >= shares[1] ? 0 : 1))
        }
        if best[0] - last.high.values[0] > trifles[0] {
            openings.append(
                Opening(
                    place: pieces.count, low: last.high.values,
                    high: SIMD2(best[0], min(high.values[1], last.high.values[1])), measure: 0))
        }
        return openings
    }

    /// A piece in each opening, found at the same time from the same points; nil where the search was stopped.
    private mutating func fill(
        _ openings: [Opening], _ low: TradeOffPoint, _ high: TradeOffPoint
    ) throws(Ended) -> [Stretch?] {
        let start = self
        let known = points.count
        let parts = concurrently(openings.count, threads: threads) { index in
            var search = start
            search.solves = 0
            search.steps = 0
            let opening = openings[index]
            let piece: Result<Stretch, Ended>
            do throws(Ended) {
                piece = .success(try search.stretch(of: opening.measure, at: opening.level, low, high))
            } catch {
                piece = .failure(error)
            }
            return (search, piece)
        }
        var found: [Stretch?] = []
        for (search, piece) in parts {
            points += search.points[known...]
            solves += search.solves
            steps += search.steps
            certificate = certificate.worst(with: search.certificate)
            do throws(Ended) {
                found.append(try piece.get())
            } catch {
                guard case .stopped = error else { throw error }
                found.append(nil)
            }
        }
        return found
    }

    // MARK: A piece

    /// The piece on which a measure has some value, as far as it goes.
    private mutating func stretch(
        of measure: Int, at level: Double, _ low: TradeOffPoint, _ high: TradeOffPoint
    ) throws(Ended) -> Stretch {
        while true {
            let segment = bestSegment(of: measure, at: level, low, high)
            let share = segment.share(of: measure, at: level)
            let contact = segment.contact(at: share)
            if try addPoint(above: contact, from: segment.low.basis ?? segment.high.basis) { continue }
            let from = try reach(along: segment, from: share, to: 0)
            let to = try reach(along: segment, from: share, to: 1)
            return Stretch(low: segment.end(at: from), high: segment.end(at: to))
        }
    }

    /// Asks the program for a point above a line.
    ///
    /// - Returns: Whether there was one.
    private mutating func addPoint(above contact: TradeOffContact, from start: Basis?) throws(Ended) -> Bool {
        let measure = contact.weights[0] > 0 ? 0 : 1
        let point = try maximum(contact.objective(measures), of: measure, from: start)
        guard contact.gain(of: point.image) > 2 * allowed(contact), point.image.denominators.min() > 0 else {
            return false
        }
        points.append(point)
        return true
    }

    /// A weighted gain that counts as none.
    private func allowed(_ contact: TradeOffContact) -> Double {
        let sizes = SIMD2(
            max(abs(contact.image.values[0]), measures[0].size),
            max(abs(contact.image.values[1]), measures[1].size))
        return max(Self.rounding, 1e-12 * (contact.weights * sizes).sum())
    }

    /// Of the lines between two known points the one that is the best where a measure has some value.
    private func bestSegment(
        of measure: Int, at level: Double, _ low: TradeOffPoint, _ high: TradeOffPoint
    ) -> TradeOffSegment {
        var segment = TradeOffSegment(low: low, high: high, spans: spans)
        // Every exchange is for the better: there are as many as there are lines at most.
        for _ in 0..<10 * (points.count + 10) {
            let contact = segment.contact(at: segment.share(of: measure, at: level))
            var gain = allowed(contact)
            var best: Int?
            for (index, point) in points.enumerated() where contact.gain(of: point.image) > gain {
                gain = contact.gain(of: point.image)
                best = index
            }
            guard let best else { break }
            let point = points[best]
            let isLow = measure == 0 ? point.values[0] < level : point.values[1] > level
            if isLow { segment.low = point } else { segment.high = point }
            if segment.high.values[1] >= segment.low.values[1] { segment.low = low }
            if segment.high.values[0] <= segment.low.values[0] { segment.high = high }
        }
        return segment
    }

    /// How far towards one end a line stays on the curve.
    private mutating func reach(
        along segment: TradeOffSegment, from share: Double, to end: Double
    ) throws(Ended) -> Double {
        var place = end
        var known = 0
        while true {
            for point in points[known...] {
                let allowed = allowed(segment.contact(at: place))
                let reach = segment.reach(of: point.image, from: share, to: place, allowed: allowed)
                place = end > share ? min(place, reach) : max(place, reach)
            }
            known = points.count
            // The line that touches is the same everywhere where both measures are linear.
            if place == share || measures.allSatisfy(\.isLinear) { return place }
            let basis = end > share ? segment.high.basis : segment.low.basis
            guard try addPoint(above: segment.contact(at: place), from: basis) else { return place }
        }
    }

    /// The pieces, each beginning where the one before ends; what runs on along one line is one piece.
    private func joined(_ pieces: [Stretch]) -> [Stretch] {
        var joined: [Stretch] = []
        let least = Self.rounding * spans
        for piece in pieces {
            let length = SIMD2(
                piece.high.values[0] - piece.low.values[0], piece.low.values[1] - piece.high.values[1])
            guard length[0] > least[0] || length[1] > least[1] else { continue }
            // A trifle that reaches into the next piece is part of that.
            while let last = joined.last?.low.values,
                last[0] >= piece.low.values[0] || last[1] <= piece.low.values[1]
            {
                joined.removeLast()
            }
            if let last = joined.last, last.runs(on: piece) {
                joined[joined.count - 1].high = piece.high
            } else {
                joined.append(piece)
            }
        }
        return joined
    }
}

extension TradeOffCurve.Piece {
    /// Whether another piece goes on along the same line.
    fileprivate func runs(on next: TradeOffCurve.Piece) -> Bool {
        let (begin, end) = (low.image, next.high.image)
        let whole = end.values[0] - begin.values[0]
        guard whole > 0 else { return false }
        let segment = TradeOffSegment(
            low: TradeOffPoint(columnValues: [], image: begin),
            high: TradeOffPoint(columnValues: [], image: end), spans: SIMD2(1, 1))
        return [high.image, next.low.image].allSatisfy { middle in
            let on = segment.image(at: segment.share(of: 0, at: middle.values[0]))
            func isClose(_ one: SIMD2<Double>, _ other: SIMD2<Double>) -> Bool {
                (0..<2).allSatisfy { abs(one[$0] - other[$0]) <= 1e-11 * max(abs(one[$0]), abs(other[$0])) }
            }
            return isClose(on.numerators, middle.numerators) && isClose(on.denominators, middle.denominators)
        }
    }
}

extension Certificate {
    fileprivate func worst(with other: Certificate) -> Certificate {
        Certificate(
            primalViolation: max(primalViolation, other.primalViolation),
            dualViolation: max(dualViolation, other.dualViolation),
            complementarySlackness: max(complementarySlackness, other.complementarySlackness),
            dualityGap: max(dualityGap, other.dualityGap))
    }
}

/// Calls `transform` for `0..<count` on several threads and returns the results in order.
private func concurrently<Value: Sendable>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) -> Value
) -> [Value] {
    let chunks = max(1, min(threads, count))
    guard chunks > 1 else { return (0..<count).map(transform) }
    var results = [Value?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Every index is written once, by the one chunk that it belongs to.
        nonisolated(unsafe) let buffer = buffer
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            for index in stride(from: chunk, to: count, by: chunks) { buffer[index] = transform(index) }
        }
    }
    return results.compactMap(\.self)
}
