import Foundation

/// Writes a region table row by row through a buffer.
struct RegionTableWriter: ~Copyable {
    private let file: FileHandle
    private var buffer = Data()
    private static let bufferSize = 1 << 20

    /// - Throws: What Foundation says where the file cannot be written.
    init(_ table: URL) throws {
        try Data().write(to: table)
        file = try FileHandle(forWritingTo: table)
        append(
            """
            region,zone,users,capacity,idle_capacity,demand_growth,use_growth,retirement,potential_users,\
            revenue_per_user,cost_factor,operating_cost,adoption_cost,yearly_build_limit,\
            commerce_revenue_per_user,credit_users,credit_cost,credit_reliability,credit_solvency

            """)
    }

    /// - Parameter number: From 0; the id of region 0 is `R1`.
    mutating func append(_ region: MadeUpRegion, number: Int) throws {
        append("R\(number + 1),\(region.zone.rawValue),")
        append(cells: [region.users, region.capacity, region.idleCapacity])
        append(cells: [region.demandGrowth, region.useGrowth, region.retirement], digits: 4)
        append(cells: [region.potentialUsers])
        append(cells: [region.revenuePerUser], digits: 2)
        append(cells: [region.costFactor], digits: 4)
        append(cells: [region.operatingCost, region.adoptionCost], digits: 2)
        if let limit = region.yearlyBuildLimit { append(cells: [limit]) } else { append(",") }
        append(cells: [region.commerceRevenuePerUser], digits: 2)
        append(cells: [region.creditUsers])
        append(cells: [region.creditCost], digits: 2)
        append(cells: [region.creditReliability, region.creditSolvency], digits: 4)
        buffer[buffer.count - 1] = UInt8(ascii: "\n")
        if buffer.count >= Self.bufferSize { try flush() }
    }

    consuming func close() throws {
        try flush()
        try file.close()
    }

    private mutating func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

    private mutating func append(cells: [Int]) {
        for cell in cells { append("\(cell),") }
    }

    /// Fixed digits by whole numbers: a number's own description takes ten times as long.
    private mutating func append(cells: [Double], digits: Int) {
        let unit = digits == 2 ? 100 : 10_000
        for cell in cells {
            let scaled = Int((abs(cell) * Double(unit)).rounded())
            let fraction = String(scaled % unit)
            append(cell < 0 ? "-" : "")
            append("\(scaled / unit).\(String(repeating: "0", count: digits - fraction.count))\(fraction),")
        }
    }

    private mutating func flush() throws {
        try file.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
