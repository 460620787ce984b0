/// One of several plans that are compared, before it is solved.
public struct Variant: Sendable {
    /// What people call it.
    public var name: String
    public var planningCase: PlanningCase
    /// The region table as it was read, changes applied.
    public var table: RegionTable

    public init(name: String, planningCase: PlanningCase, table: RegionTable) {
        self.name = name
        self.planningCase = planningCase
        self.table = table
    }
}

/// Several plans side by side; the first is what the others are held against.
public struct Comparison: Sendable {
    /// What came of a variant.
    public enum Outcome: Sendable {
        case plan(Plan)
        case impossible(InfeasibleSubsystem)
        /// The search was stopped before a plan was found, or broke down.
        case missing(any Error)

        public var plan: Plan? { if case .plan(let plan) = self { plan } else { nil } }
    }

    public let variants: [Variant]
    /// What all variants were changed by beforehand, as the caller calls it.
    public let commonChanges: [String]
    /// One a variant.
    public let outcomes: [Outcome]
    /// Calendar years that all variants plan: money is compared over them, users and capacity in the last of them.
    public let years: ClosedRange<Int>
    /// From the first plan to each other one, by its place; nil where one of the two has no plan.
    public let changes: [PlanChange?]

    /// - Parameters:
    ///   - plans: What came of the search for each variant's plan.
    ///   - commonChanges: What all variants were changed by beforehand, to be told with them.
    /// - Throws: `IncomparablePlans`; what `commonYears` finds is found before anything is solved.
    public init(
        _ variants: [Variant], plans: [Result<Plan, any Error>], commonChanges: [String] = []
    ) throws(IncomparablePlans) {
        precondition(variants.count == plans.count, "an outcome a variant")
        let years = try Self.commonYears(variants)
        let outcomes = plans.map(Outcome.init)
        self.variants = variants
        self.commonChanges = commonChanges
        self.outcomes = outcomes
        self.years = years
        changes = outcomes.indices.map { place in
            guard place > 0, let base = outcomes[0].plan, let other = outcomes[place].plan else { return nil }
            return PlanChange(from: base, variants[0].table, to: other, variants[place].table, in: years)
        }
    }

    /// The calendar years that all variants plan.
    ///
    /// - Throws: Where there are none, or money or capacity is counted in different units.
    public static func commonYears(_ variants: [Variant]) throws(IncomparablePlans) -> ClosedRange<Int> {
        guard let base = variants.first else {
            throw IncomparablePlans(reason: "there is no plan to compare")
        }
        for other in variants {
            try requireSame("currency", \.currency, base, other)
            try requireSame("capacity_unit", \.capacityUnit, base, other)
        }
        let calendars = variants.map(\.planningCase.assumptions.calendarYears)
        let first = calendars.map(\.lowerBound).max() ?? 0
        let last = calendars.map(\.upperBound).min() ?? 0
        guard first <= last else {
            let texts = zip(variants, calendars).map { "\($0.name) plans \($1.yearText)" }
            throw IncomparablePlans(
                reason: "the plans have no year in common: \(texts.joined(separator: ", "))")
        }
        return first...last
    }

    private static func requireSame(
        _ key: String, _ value: KeyPath<Assumptions, String>, _ base: Variant, _ other: Variant
    ) throws(IncomparablePlans) {
        let values = [base, other].map { $0.planningCase.assumptions[keyPath: value] }
        guard values[0] == values[1] else {
            throw IncomparablePlans(
                reason: "\(key) is \(values[0]) in \(base.name) and \(values[1]) in \(other.name); "
                    + "amounts in different units cannot be compared")
        }
    }
}

extension Comparison.Outcome {
    fileprivate init(_ result: Result<Plan, any Error>) {
        switch result {
        case .success(let plan): self = .plan(plan)
        case .failure(PlanningFailure.impossible(let clash)): self = .impossible(clash)
        case .failure(let error): self = .missing(error)
        }
    }
}

/// Why plans cannot be held against each other.
public struct IncomparablePlans: Error, Equatable, CustomStringConvertible {
    public var reason: String
    public var description: String { "the plans cannot be compared: \(reason)" }
}

extension Assumptions {
    /// The planning years as calendar years.
    var calendarYears: ClosedRange<Int> { baseYear + 1...baseYear + years }

    /// The planning year of a calendar year of the horizon.
    func year(_ calendarYear: Int) -> Year { Year(calendarYear - baseYear) }
}

extension ClosedRange<Int> {
    /// `2024–2028`, or `2024`.
    var yearText: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)–\(upperBound)" }
}
