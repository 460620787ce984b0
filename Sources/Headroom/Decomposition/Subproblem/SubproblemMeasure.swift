/// A quantity of one region and year that a coupling row counts, and that therefore has a price: a sum of the region's
/// spending, new capacity, users, use and capacity of that year, each times a coefficient (model, 5.7 and 6).
struct SubproblemMeasure: Equatable, Sendable {
    /// By technology: of a unit of money spent on building.
    var buildSpending: [Double]
    /// Of a unit of money spent on winning users.
    var adoptionSpending = 0.0
    /// Of a unit of money spent on enrolling users.
    var creditSpending = 0.0
    /// Of a unit of money spent on widening the links to the region.
    var shareSpending = 0.0
    /// By technology: of a capacity unit paid for.
    var newCapacity: [Double]
    /// Of a user served.
    var servedUsers = 0.0
    /// Of a capacity unit used.
    var usedCapacity = 0.0
    /// Of a capacity unit in service, base capacity included.
    var capacity = 0.0

    /// What a user served counts, of a demand per user.
    func perUser(_ demand: Double) -> Double { servedUsers + usedCapacity * demand }

    /// Nothing, for a number of technologies.
    init(technologies: Int) {
        buildSpending = [Double](repeating: 0, count: technologies)
        newCapacity = buildSpending
    }

    /// `I[t]`: all that is spent.
    static func spending(technologies: Int) -> SubproblemMeasure {
        var measure = SubproblemMeasure(technologies: technologies)
        measure.buildSpending = [Double](repeating: 1, count: technologies)
        measure.adoptionSpending = 1
        measure.creditSpending = 1
        measure.shareSpending = 1
        return measure
    }

    /// `Σ x`.
    static func servedUsers(technologies: Int) -> SubproblemMeasure {
        var measure = SubproblemMeasure(technologies: technologies)
        measure.servedUsers = 1
        return measure
    }

    /// `Σ u`.
    static func usedCapacity(technologies: Int) -> SubproblemMeasure {
        var measure = SubproblemMeasure(technologies: technologies)
        measure.usedCapacity = 1
        return measure
    }

    /// `Σ c`.
    static func capacity(technologies: Int) -> SubproblemMeasure {
        var measure = SubproblemMeasure(technologies: technologies)
        measure.capacity = 1
        return measure
    }

    /// What a rule measures; of a share the part that is measured, not what it is a share of.
    init(_ rule: Rule, technologies: [Technology]) {
        self.init(technologies: technologies.count)
        switch rule.measure {
        case .investment:
            buildSpending = technologies.map { rule.counts(technology: $0.name) ? 1 : 0 }
            adoptionSpending = rule.counts(.adoption) ? 1 : 0
            creditSpending = rule.counts(.credit) ? 1 : 0
            shareSpending = rule.counts(.share) ? 1 : 0
        case .newCapacity:
            newCapacity = technologies.map { rule.counts(technology: $0.name) ? 1 : 0 }
        case .servedUsers, .serviceLevel, .coverage: servedUsers = 1
        case .usedCapacity, .utilization: usedCapacity = 1
        }
    }
}
