public import Headroom

/// A plan whose assumptions are varied one at a time, each within its range.
public struct VariedPlan: Sendable {
    /// A factor that is asked for over the command line, or all of them where none is.
    public struct Request: Sendable {
        /// What every assumption without a range of its own is varied by, up and down, as a fraction below 1.
        public var share: Double
        /// Nil: those of the plan's ranges and those that it makes.
        public var factors: [Factor]?

        public init(share: Double = 0.2, factors: [Factor]? = nil) {
            self.share = share
            self.factors = factors
        }
    }

    /// As it stands, what-if changes applied.
    public let loaded: LoadedPlan
    public private(set) var factors: [FactorSettings] = []
    /// Which assumptions cannot be varied as far as was asked, and why.
    public var notes: [String] { limits.map(\.text) }
    /// The same with the ranges' places.
    private(set) var limits: [(location: SourceLocation, text: String)] = []

    private let path: String
    private let scenarios: [String]
    private let changes: WhatIf

    /// - Parameters: As those of `LoadedPlan`.
    /// - Throws: As `LoadedPlan`, and `InvalidFiles` where a range is of nothing that the plan has.
    public init(
        path: String, scenarios: [String] = [], changes: WhatIf = WhatIf(), _ request: Request = Request()
    ) throws {
        let loaded = try LoadedPlan(path: path, scenarios: scenarios, changes: changes)
        try self.init(path: path, scenarios: scenarios, changes: changes, loaded, request)
    }

    init(
        path: String, scenarios: [String], changes: WhatIf, _ loaded: LoadedPlan,
        _ request: Request = Request()
    ) throws {
        self.loaded = loaded
        self.path = path
        self.scenarios = scenarios
        self.changes = changes
        if request.factors == nil, loaded.planningCase.fixesIdleCapacity(loaded.table) {
            let text =
                "idle capacity and demand per user are not varied: the table gives both, and neither can be off alone"
            limits.append((.option("--factor"), text))
        }
        var problems: [Diagnostic] = []
        for range in ranges(request, &problems) {
            if let problem = try problem(with: range) { problems.append(problem) } else { try vary(range) }
        }
        guard problems.isEmpty else { throw InvalidFiles(diagnostics: problems) }
    }

    // MARK: Ranges

    /// The ranges of the plan, and the usual one of every other assumption.
    private func ranges(_ request: Request, _ problems: inout [Diagnostic]) -> [FactorRange] {
        let given = loaded.ranges.map { range in
            var range = range
            if range.factor.subject == .key(.maxUtilization), !hasPlanWideUtilization {
                range.factor.subject = .column(.maxUtilization)
                if [range.least, range.most].contains(where: { if case .value = $0 { true } else { false } })
                {
                    problems.append(
                        Diagnostic(
                            .error, range.location,
                            "every region has its own max_utilization, expected changes of it, such as [-10%, +10%]"
                        ))
                }
            }
            return range
        }
        let assumed = Factor.assumed(in: loaded.planningCase, loaded.table)
        var factors = assumed + given.map(\.factor).filter { !assumed.contains($0) }
        if let chosen = request.factors { factors = chosen.map(resolved) }
        return factors.map { factor in
            given.first { $0.factor == factor }
                ?? FactorRange(
                    factor: factor, least: .factor(1 - request.share), most: .factor(1 + request.share),
                    location: .option("--factor \(factor.name)"),
                    nameLocation: .option("--factor \(factor.name)"))
        }
    }

    private var hasPlanWideUtilization: Bool { loaded.planningCase.hasPlanWideUtilization(loaded.table) }

    /// A name that key and column share means the one that has an effect.
    private func resolved(_ factor: Factor) -> Factor {
        guard factor.subject == .key(.maxUtilization), !hasPlanWideUtilization else { return factor }
        return Factor(.column(.maxUtilization))
    }

    /// Why an assumption cannot be varied at all.
    private func problem(with range: FactorRange) throws -> Diagnostic? {
        switch range.factor.subject {
        case .budget:
            if loaded.planningCase.assumptions.budget.amount ?? 0 > 0 { return nil }
            return Diagnostic(.error, range.nameLocation, "the plan has no budget above 0 to vary")
        case .key: return nil
        case .column(let column):
            var trial = changes
            trial.scalings.append(
                WhatIf.Scaling(
                    column: column.header, tag: range.factor.scope.map { ($0.tag, $0.value) }, factor: 1,
                    location: range.nameLocation))
            do {
                _ = try LoadedPlan(path: path, scenarios: scenarios, changes: trial)
                return nil
            } catch let invalid as InvalidFiles {
                return invalid.diagnostics.first { $0.severity == .error }
            }
        }
    }

    // MARK: Settings

    private mutating func vary(_ range: FactorRange) throws {
        let assumptions = loaded.planningCase.assumptions
        let base: Double =
            switch range.factor.subject {
            case .budget: assumptions.budget.amount ?? 0
            case .key(let key): assumptions.number(of: key) ?? 0
            case .column: 1
            }
        let values = [range.least, range.most].map { end -> Double in
            switch end {
            case .value(let value): value
            case .factor(let factor): (factor * base).rounded(digits: 12)
            }
        }
        let ends = try values.sorted().map { wanted in
            let (setting, limit) = try setting(of: range.factor, to: wanted, from: base)
            if let limit { limits.append((range.location, limit)) }
            return setting
        }
        guard ends[0] != nil || ends[1] != nil else { return }
        factors.append(FactorSettings(factor: range.factor, base: base, low: ends[0], high: ends[1]))
    }

    /// The setting nearest to a value that the plan's own checks let pass, nil where that is what it has, and what keeps
    /// it from the value.
    private func setting(
        of factor: Factor, to wanted: Double, from base: Double
    ) throws -> (FactorSetting?, limit: String?) {
        var value = wanted
        var reason: String?
        switch factor.subject {
        case .budget: break
        case .key(let key):
            let range = key.declaration.range
            if !range.contains(value) {
                value = value > base ? range.upper : range.lower
                reason = "it must be \(range)"
            }
            if key.declaration.kind == .wholeNumber { value = value.rounded() }
        case .column:
            if let problem = try problem(scaling: factor, by: value) {
                reason = problem
                value = try furthest(factor, towards: value)
            }
        }
        return (
            value == base ? nil : FactorSetting(value: value, option: factor.option(value)),
            reason.map { limit(of: factor, wanted: wanted, value, base, $0) }
        )
    }

    /// In a thousandth of the way, the most that a column can be scaled by: what the checks let pass reaches from 1 to
    /// some factor.
    private func furthest(_ factor: Factor, towards wanted: Double) throws -> Double {
        func step(_ count: Int) -> Double { (1 + (wanted - 1) * Double(count) / 1000).rounded(digits: 12) }
        var (possible, impossible) = (0, 1000)
        while impossible - possible > 1 {
            let middle = (possible + impossible) / 2
            if try problem(scaling: factor, by: step(middle)) == nil {
                possible = middle
            } else {
                impossible = middle
            }
        }
        return step(possible)
    }

    private func problem(scaling factor: Factor, by multiplier: Double) throws -> String? {
        do {
            _ = try varied(FactorSetting(value: multiplier, option: factor.option(multiplier)))
            return nil
        } catch let invalid as InvalidFiles {
            return invalid.diagnostics.first { $0.severity == .error }?.message
        }
    }

    private func limit(
        of factor: Factor, wanted: Double, _ value: Double, _ base: Double, _ reason: String
    ) -> String {
        let text = FactorText(factor, loaded.planningCase.assumptions)
        let instead = value == base ? "is not varied" : "is varied to \(text.text(value)) only, not"
        return "\(factor.title) \(instead) to \(text.text(wanted)): \(reason)"
    }
}

// MARK: Plans

extension VariedPlan {
    /// The plan with another value of an assumption, read anew with the option that sets it.
    ///
    /// - Throws: As `LoadedPlan.init`.
    public func varied(_ setting: FactorSetting) throws -> PlanningCase {
        try LoadedPlan(path: path, scenarios: scenarios, changes: changes.adding(option: setting.option))
            .planningCase
    }
}

extension Factor {
    /// The option that sets it, such as `--scale demand_growth=0.8`.
    fileprivate func option(_ value: Double) -> String {
        let number = NumberFormat.full(value)
        return switch subject {
        case .budget: "--budget \(number)"
        case .key: "--set \(name)=\(number)"
        case .column: "--scale \(name)=\(number)"
        }
    }
}

extension WhatIf {
    /// The changes with an option more, as a command line would have it behind them.
    fileprivate func adding(option: String) -> WhatIf {
        var changes = self
        let value = String(option.drop { $0 != " " }.dropFirst())
        if option.hasPrefix("--budget ") {
            changes.budget = Self.budgetChange(value)
            changes.budgetLocation = .option(option)
        } else if option.hasPrefix("--set "), let setting = Self.setting(value) {
            changes.settings.append(setting)
        } else if let scaling = Self.scaling(value) {
            changes.scalings.append(scaling)
        }
        return changes
    }
}
