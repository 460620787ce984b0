import Foundation
import HeadroomTestSupport

/// A made-up plan: two technologies, three adoption steps with retention, credit, a budget with carry-over, six rules.
///
/// With `T` years its regions share `T + 7` rows: the budget in all, the budget up to each year, and the rules.
struct PlanRecipe: Equatable {
    var regions: Int
    var years: Int
    var seed: UInt64
    /// Groups of two or three regions that links join.
    var linkedGroups = 0

    /// One of each zone, as a rule that speaks of no region is an error.
    static let fewestRegions = Zone.allCases.count
    static let maxUtilization = 0.85
    static let adoptionSteps = [
        (share: 0.3, costFactor: 1.0), (share: 0.3, costFactor: 2.5), (share: 0.2, costFactor: 5.0),
    ]
    static let meanBuildCost = 600.0
    static let budgetShare = 0.7
    static let retention = 0.95
    static let discountRate = 0.08
    static let remoteFloor = 0.04
    static let metroCap = 0.45
    static let metroCapacity = 0.4

    /// Writes the plan folder; the region table is streamed, so that its size is bounded by the disk alone.
    ///
    /// - Returns: What the budget and the rules follow from.
    /// - Throws: What Foundation says where the folder cannot be written.
    @discardableResult
    func write(to folder: URL) throws -> PlanTotals {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let totals = try writeTables(to: folder)
        try technologyTable.write(
            to: folder.appending(path: "technologies.csv"), atomically: true, encoding: .utf8)
        try assumptions(totals).write(
            to: folder.appending(path: "plan.yaml"), atomically: true, encoding: .utf8)
        return totals
    }

    /// Regions and, where there are any, links: a link table that an earlier plan left is taken away.
    private func writeTables(to folder: URL) throws -> PlanTotals {
        var random = SplitMix64(seed: seed)
        var totals = PlanTotals(years: years)
        var links = MadeUpLinks(groups: linkedGroups, regions: regions, seed: seed)
        var writer = try RegionTableWriter(folder.appending(path: "regions.csv"))
        for number in 0..<regions {
            let region = MadeUpRegion(number: number, random: &random)
            totals.add(region)
            links.add(region, number: number)
            try writer.append(region, number: number)
        }
        try writer.close()
        let table = folder.appending(path: "links.csv")
        if linkedGroups > 0 {
            try links.table.write(to: table, atomically: true, encoding: .utf8)
        } else if FileManager.default.fileExists(atPath: table.path) {
            try FileManager.default.removeItem(at: table)
        }
        return totals
    }

    private var technologyTable: String {
        """
        technology,build_cost,operating_cost,lifetime,lead_time
        upgrade,400,35,8,0
        fibre,800,20,20,1

        """
    }

    private func assumptions(_ totals: PlanTotals) -> String {
        let steps = Self.adoptionSteps.map { "    - {share: \($0.share), cost_factor: \($0.costFactor)}" }
        return """
            title: Made up, \(regions) regions, \(years) years, seed \(seed)
            base_year: 2025
            years: \(years)
            currency: EUR
            capacity_unit: port
            discount_rate: \(Self.discountRate)
            max_utilization: \(Self.maxUtilization)
            growth: logistic
            budget:
              total: \(totals.budget)
              yearly: \(totals.yearlyBudget)
              carry_over: true
            adoption:
              retention: \(Self.retention)
              steps:
            \(steps.joined(separator: "\n"))
            objective:
              maximize: [return]
            \(rules(totals))
            """
    }

    /// Shares bound one zone's part of all, so spending nothing holds them; the floors on the last year's service are
    /// held by the witness of `PlanTotals`.
    private func rules(_ totals: PlanTotals) -> String {
        """
        rules:
          - {name: remote floor, regions: {zone: remote}, measure: investment, at_least: \(percent(Self.remoteFloor))}
          - {name: metro cap, regions: {zone: metro}, measure: investment, at_most: \(percent(Self.metroCap))}
          - {name: metro capacity, regions: {zone: metro}, measure: new_capacity, at_most: \(percent(Self.metroCapacity))}
          - {name: promotion cap, levers: [adoption], measure: investment, at_most: \(totals.promotionCap)}
          - {name: remote coverage, regions: {zone: remote}, years: \(2025 + years), measure: coverage, \
        at_least: \(totals.remoteCoverage)}
          - {name: rural service, regions: {zone: rural}, years: \(2025 + years), measure: service_level, \
        at_least: \(totals.ruralService)}

        """
    }

    /// With `%` a number is a share; without, it bounds the measure itself.
    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))%" }
}
