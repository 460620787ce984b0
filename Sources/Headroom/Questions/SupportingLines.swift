import LinearProgramming

/// A concave, piecewise linear function of an amount, known by its value and a slope wherever it is asked for.
struct SupportingLines {
    struct Point {
        var amount: Double
        var value: Double
        /// Of a line through the point that the function lies nowhere above.
        var slope: Double

        /// The height of the line through the point.
        func line(at other: Double) -> Double {
            slope == 0 ? value : value + slope * (other - amount)
        }
    }

    /// Nil where no plan is possible.
    var point: (Double) throws -> Point?
    /// What values are rounded against besides themselves.
    let size: Double

    /// The line that the function follows from a point on towards a farther one, and where it leaves it.
    ///
    /// Two supporting lines meet above the function or on it. Where they meet on it, that is the breakpoint; else the
    /// function's own line there takes the place of the farther one (the method of M. Eisner, D. Severance,
    /// Mathematical techniques for efficient record segmentation, Journal of the ACM 23, 1976). Every round finds
    /// another piece.
    ///
    /// - Parameter end: Where the farther point's own line is known to end.
    /// - Throws: What asking for a point throws; `CertificateFailure` where there is no end to it.
    func side(from present: Point, towards farthest: Point, end: Double) throws -> MarginalValue.Side {
        var (near, far, end) = (present, farthest, end)
        for _ in 0..<200 {
            if isOn(near, far) || near.slope == far.slope { return .init(price: far.slope, until: end) }
            let meeting = (far.line(at: 0) - near.line(at: 0)) / (near.slope - far.slope)
            guard let found = try point(meeting) else { break }
            if isOn(found, near) { return .init(price: near.slope, until: meeting) }
            if isOn(near, found) {
                // The function's own line at the meeting goes through the present amount: the piece asked for.
                near.slope = found.slope
            } else {
                (far, end) = (found, meeting)
            }
        }
        throw CertificateFailure(description: "the price of an amount was not found within 200 pieces")
    }

    /// Whether a point lies on the line through another, which is nowhere below it.
    func isOn(_ point: Point, _ other: Point) -> Bool {
        let line = other.line(at: point.amount)
        let terms = [line, point.value, size, other.slope * point.amount]
        return line - point.value <= 1e-9 * terms.reduce(0) { max($0, abs($1)) }
    }
}
