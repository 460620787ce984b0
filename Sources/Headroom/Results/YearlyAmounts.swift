/// Amounts by region and planning year, of which only those that are not 0 take memory.
///
/// Most regions use few of the levers of a plan, and each in few years. A region that has an amount has a row: which
/// years have one, a bit each, and the amounts of those. All others are 0. Where nobody has any nothing is kept at all. As
/// each region knows the place of its row, regions change their order without a row being moved.
public struct YearlyAmounts: Sendable {
    public let regionCount: Int
    public let years: Int
    /// By region: where its row begins, -1 where it has none; empty as long as no region has one.
    private var places: [Int32] = []
    /// Row after row, in the order in which regions came to them: `words` bit patterns, and the amounts.
    private var rows: [Double] = []

    /// All 0.
    init(regionCount: Int, years: Int) {
        self.regionCount = regionCount
        self.years = years
    }

    /// The amount of a region and year; O(1).
    public subscript(region: RegionIndex, year: Year) -> Double {
        get {
            guard let row = row(of: region), let cell = cell(year.ordinal - 1, of: row) else { return 0 }
            return rows[cell]
        }
        set {
            let year = year.ordinal - 1
            if let row = row(of: region), let cell = cell(year, of: row) {
                rows[cell] = newValue
            } else if newValue != 0 {
                var amounts = (0..<years).map { self[region, Year($0 + 1)] }
                amounts[year] = newValue
                amounts.withUnsafeBufferPointer { addRow($0, of: region) }
            }
        }
    }

    /// Where the region's row begins; nil where it has none.
    private func row(of region: RegionIndex) -> Int? {
        guard !places.isEmpty, places[region] >= 0 else { return nil }
        return Int(places[region])
    }

    /// How many bit patterns tell which years have an amount.
    private var words: Int { (years + 63) / 64 }

    /// Where the amount of a year stands, counted from 0; nil where there is none.
    private func cell(_ year: Int, of row: Int) -> Int? {
        let (word, bit) = year.quotientAndRemainder(dividingBy: 64)
        let pattern = rows[row + word].bitPattern
        guard pattern >> UInt64(bit) & 1 == 1 else { return nil }
        var before = (pattern & (1 << UInt64(bit) - 1)).nonzeroBitCount
        for earlier in 0..<word { before += rows[row + earlier].bitPattern.nonzeroBitCount }
        return row + words + before
    }

    /// Gives the region a row that comes after all others.
    private mutating func addRow(_ amounts: UnsafeBufferPointer<Double>, of region: RegionIndex) {
        if places.isEmpty {
            places = [Int32](repeating: -1, count: regionCount)
            // What is never written takes no memory, and nothing is copied as rows come.
            rows.reserveCapacity(regionCount * (words + years))
        }
        places[region] = Int32(rows.count)
        for word in 0..<words {
            var pattern: UInt64 = 0
            for bit in 0..<min(64, years - 64 * word) where amounts[64 * word + bit] != 0 {
                pattern |= 1 << UInt64(bit)
            }
            rows.append(Double(bitPattern: pattern))
        }
        for amount in amounts where amount != 0 { rows.append(amount) }
    }

    /// Goes through the amounts of a row that are kept, year after year, counted from 0.
    @inline(__always)
    private func forEachKept(of row: Int, _ body: (_ year: Int, _ amount: Double) -> Void) {
        var cell = row + words
        for word in 0..<words {
            var pattern = rows[row + word].bitPattern
            while pattern != 0 {
                body(64 * word + pattern.trailingZeroBitCount, rows[cell])
                pattern &= pattern - 1
                cell += 1
            }
        }
    }
}

// MARK: A region's years at once

extension YearlyAmounts {
    /// Sets the amounts of all years of a region.
    public mutating func enter(_ amounts: some Collection<Double>, of region: RegionIndex) {
        Array(amounts).withUnsafeBufferPointer { enter($0, of: region) }
    }

    /// The same, of numbers that stand together.
    mutating func enter(_ amounts: UnsafeBufferPointer<Double>, of region: RegionIndex) {
        precondition(amounts.count == years, "an amount a planning year")
        if amounts.contains(where: { $0 != 0 }) {
            addRow(amounts, of: region)
        } else if row(of: region) != nil {
            places[region] = -1
        }
    }

    /// Copies the amounts of all years of a region to as many numbers.
    ///
    /// - Returns: Whether the region has a row; without one all its amounts are 0.
    @discardableResult @inline(__always)
    func read(_ region: RegionIndex, into amounts: UnsafeMutablePointer<Double>) -> Bool {
        for year in 0..<years { amounts[year] = 0 }
        guard let row = row(of: region) else { return false }
        forEachKept(of: row) { amounts[$0] = $1 }
        return true
    }

    /// The sum over all years.
    func total(of region: RegionIndex) -> Double {
        guard let row = row(of: region) else { return 0 }
        var sum = 0.0
        forEachKept(of: row) { sum += $1 }
        return sum
    }
}

// MARK: Regions in another order

extension YearlyAmounts {
    /// The same amounts with each region where `destinations` says, as a permutation by region. O(regions).
    func moved(to destinations: [RegionIndex]) -> YearlyAmounts {
        guard !places.isEmpty else { return self }
        var moved = self
        for (place, region) in zip(places, destinations) { moved.places[region] = place }
        return moved
    }
}

extension YearlyAmounts: Equatable {
    /// Whether all amounts are the same, whatever rows they stand in.
    public static func == (left: YearlyAmounts, right: YearlyAmounts) -> Bool {
        guard left.regionCount == right.regionCount, left.years == right.years else { return false }
        return (0..<left.regionCount).allSatisfy { position in
            let region = RegionIndex(position)
            guard left.row(of: region) != nil || right.row(of: region) != nil else { return true }
            return (1...left.years).allSatisfy { left[region, Year($0)] == right[region, Year($0)] }
        }
    }
}
