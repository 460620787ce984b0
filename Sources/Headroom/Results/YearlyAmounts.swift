/// Amounts by region and planning year, of which a region without any takes next to no memory.
///
/// Most regions use few of the levers of a plan. Years are kept, as a row, only for a region that has an amount; all
/// others are 0. Where nobody has any nothing is kept at all. As each region knows the place of its row, regions change
/// their order without a row being moved.
public struct YearlyAmounts: Sendable {
    public let regionCount: Int
    public let years: Int
    /// By region: the place of its row, -1 where it has none; empty as long as no region has one.
    private var places: [Int32] = []
    /// Row after row, in the order in which regions came to them.
    private var rows: [Double] = []

    /// All 0.
    init(regionCount: Int, years: Int) {
        self.regionCount = regionCount
        self.years = years
    }

    /// The amount of a region and year; O(1).
    public subscript(region: RegionIndex, year: Year) -> Double {
        get { firstCell(of: region).map { rows[$0 + year.ordinal - 1] } ?? 0 }
        set {
            if newValue == 0, firstCell(of: region) == nil { return }
            rows[addRow(of: region) + year.ordinal - 1] = newValue
        }
    }

    /// Where the region's row begins; nil where it has none.
    private func firstCell(of region: RegionIndex) -> Int? {
        guard !places.isEmpty, places[region] >= 0 else { return nil }
        return Int(places[region]) * years
    }

    /// Where the region's row begins, which it gets if it has none.
    private mutating func addRow(of region: RegionIndex) -> Int {
        if let first = firstCell(of: region) { return first }
        let first = placeNextRow(of: region)
        for _ in 0..<years { rows.append(0) }
        return first
    }

    /// Gives a region that has none the row that comes next.
    private mutating func placeNextRow(of region: RegionIndex) -> Int {
        if places.isEmpty {
            places = [Int32](repeating: -1, count: regionCount)
            // What is never written takes no memory, and nothing is copied as rows come.
            rows.reserveCapacity(regionCount * years)
        }
        places[region] = Int32(rows.count / years)
        return rows.count
    }
}

// MARK: A region's years at once

extension YearlyAmounts {
    /// Sets the amounts of all years of a region.
    public mutating func enter(_ amounts: some Collection<Double>, of region: RegionIndex) {
        precondition(amounts.count == years, "an amount a planning year")
        if firstCell(of: region) == nil, amounts.allSatisfy({ $0 == 0 }) { return }
        var cell = addRow(of: region)
        for amount in amounts {
            rows[cell] = amount
            cell += 1
        }
    }

    /// The same, of numbers that stand together.
    mutating func enter(_ amounts: UnsafeBufferPointer<Double>, of region: RegionIndex) {
        precondition(amounts.count == years, "an amount a planning year")
        if let first = firstCell(of: region) {
            for year in 0..<years { rows[first + year] = amounts[year] }
        } else if amounts.contains(where: { $0 != 0 }) {
            _ = placeNextRow(of: region)
            rows.append(contentsOf: amounts)
        }
    }

    /// Copies the amounts of all years of a region to as many numbers.
    ///
    /// - Returns: Whether the region has a row; without one all its amounts are 0.
    @discardableResult @inline(__always)
    func read(_ region: RegionIndex, into amounts: UnsafeMutablePointer<Double>) -> Bool {
        guard let first = firstCell(of: region) else {
            for year in 0..<years { amounts[year] = 0 }
            return false
        }
        for year in 0..<years { amounts[year] = rows[first + year] }
        return true
    }

    /// The sum over all years.
    func total(of region: RegionIndex) -> Double {
        guard let first = firstCell(of: region) else { return 0 }
        var sum = 0.0
        for cell in first..<first + years { sum += rows[cell] }
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
            guard left.firstCell(of: region) != nil || right.firstCell(of: region) != nil else { return true }
            return (1...left.years).allSatisfy { left[region, Year($0)] == right[region, Year($0)] }
        }
    }
}
