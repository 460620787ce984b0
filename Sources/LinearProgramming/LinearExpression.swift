/// A sum of columns times coefficients, and a constant: `Σ coefficient·column + constant`.
public struct LinearExpression: Equatable, Sendable {
    public struct Term: Equatable, Sendable {
        public var column: LinearProgram.Column
        public var coefficient: Double
    }

    public var terms: [Term] = []
    public var constant: Double

    public init(_ constant: Double = 0) { self.constant = constant }

    public init(_ column: LinearProgram.Column, times coefficient: Double = 1) {
        terms = [Term(column: column, coefficient: coefficient)]
        constant = 0
    }

    /// Adds `coefficient · column`.
    public mutating func add(_ column: LinearProgram.Column, times coefficient: Double = 1) {
        terms.append(Term(column: column, coefficient: coefficient))
    }

    /// Adds `factor · other`.
    public mutating func add(_ other: LinearExpression, times factor: Double = 1) {
        if factor == 1 {
            terms.append(contentsOf: other.terms)
        } else {
            for term in other.terms { add(term.column, times: factor * term.coefficient) }
        }
        constant += factor * other.constant
    }

    public static func + (left: LinearExpression, right: LinearExpression) -> LinearExpression {
        var sum = left
        sum.add(right)
        return sum
    }

    public static func - (left: LinearExpression, right: LinearExpression) -> LinearExpression {
        var difference = left
        difference.add(right, times: -1)
        return difference
    }

    public static func * (factor: Double, expression: LinearExpression) -> LinearExpression {
        var product = LinearExpression()
        product.add(expression, times: factor)
        return product
    }

    /// The same sum over other columns; a column without a place is taken at its value at a point.
    public func moved(to places: [LinearProgram.Column?], at point: [Double]) -> LinearExpression {
        var moved = LinearExpression(constant)
        for term in terms {
            if let place = places[term.column.index] {
                moved.add(place, times: term.coefficient)
            } else {
                moved.constant += term.coefficient * point[term.column.index]
            }
        }
        return moved
    }

    /// The value at a point, which holds a value a column of the program.
    public func value(at point: [Double]) -> Double {
        terms.reduce(constant) { $0 + $1.coefficient * point[$1.column.index] }
    }

    /// The terms in ascending order of columns, each column once, without zeros. O(n log n).
    var merged: [Term] {
        var sorted = terms
        var ascending = true
        for index in sorted.indices.dropFirst() where sorted[index - 1].column >= sorted[index].column {
            ascending = false
            break
        }
        if !ascending {
            sorted.sort { $0.column < $1.column }
            var merged: [Term] = []
            merged.reserveCapacity(sorted.count)
            for term in sorted {
                if let last = merged.last, last.column == term.column {
                    merged[merged.count - 1].coefficient += term.coefficient
                } else {
                    merged.append(term)
                }
            }
            sorted = merged
        }
        return sorted.filter { $0.coefficient != 0 }
    }
}
