import GLPKSolver
import Headroom
import HeadroomFiles
import HeadroomWorkbooks
import LinearProgramming

/// Finds what a report tells: the plan, then what is cheap beside it.
struct ReportSearch {
    let path: String
    let loaded: LoadedPlan
    let changes: PlanChanges
    let options: RunOptions
    /// Whether what takes many plans is found too: the trade-off, and which assumption matters.
    let isThorough: Bool

    struct Findings {
        var plan: Plan
        var others = OtherPlans()
    }

    /// Regions and years together up to which further plans are made.
    private static let largest = 100_000
    /// Up to so many regions a curve is one program's.
    private static let mostOnOneCurve = 100
    /// Regions and years together up to which many further plans are made, which takes seconds.
    private static let mostForManyPlans = 500

    /// One time limit holds for all of it.
    ///
    /// - Throws: As `Planner.plan`; what comes after the plan and is stopped is left out.
    func run() throws -> Findings {
        let planned = loaded.planningCase
        let planner = options.planner
        return try options.controlled { control in
            var findings = Findings(plan: try planner.plan(planned, control: control))
            guard planned.regions.count * planned.assumptions.years <= Self.largest else {
                findings.others.omissions.append(
                    "With so many regions the curve over budgets and the scenarios are left out; headroom sweep and "
                        + "headroom compare make them.")
                return findings
            }
            var silent = control
            silent.report = { _ in }
            try addSweep(to: &findings, planner, silent)
            try addScenarios(to: &findings, planner, silent)
            if isThorough { try addManyPlans(to: &findings, planner, silent) }
            return findings
        }
    }

    private func addSweep(to findings: inout Findings, _ planner: Planner, _ control: SolverControl) throws {
        let planned = loaded.planningCase
        guard let amount = planned.assumptions.budget.amount(.allRows), amount > 0 else { return }
        let hasModules = planned.technologies.contains { $0.module != nil }
        let factors: [Double] =
            hasModules
            ? [0.9, 1, 1.1]
            : planned.regions.count > Self.mostOnOneCurve ? [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5] : []
        do {
            let sweep = try planner.sweep(
                planned, SweepRequest(budgets: factors.map { $0 * amount }), control: control)
            findings.others.sweep = sweep
            if sweep.isStopped {
                findings.others.omissions.append("The time was up before all budgets were tried.")
            }
        } catch let failure as PlanningFailure where failure == .cancelled || failure == .stoppedWithoutPlan {
            findings.others.omissions.append("The time was up before other budgets were tried.")
        }
    }

    private func addScenarios(to findings: inout Findings, _ planner: Planner, _ control: SolverControl)
        throws
    {
        guard let scenarios = try Scenarios(ofPlan: path) else { return }
        if let problems = scenarios.problems { throw problems }
        // Each is laid on the plan as the folder has it; the one that was chosen alone is the plan itself.
        let chosen = scenarios.all.filter { changes.scenario != [$0.name] }
        guard !chosen.isEmpty else { return }
        var variants = [Variant(name: "this plan", planningCase: loaded.planningCase, table: loaded.table)]
        for scenario in chosen {
            let changed = try LoadedPlan(
                path: path, scenarios: [scenario.name], changes: changes.whatIf)
            variants.append(
                Variant(name: scenario.name, planningCase: changed.planningCase, table: changed.table))
        }
        let others = planner.plans(of: variants.dropFirst().map(\.planningCase), control: control)
        findings.others.scenarios = try Comparison(variants, plans: [.success(findings.plan)] + others)
        if others.contains(where: { if case .failure(PlanningFailure.cancelled) = $0 { true } else { false } }
        ) {
            findings.others.omissions.append("The time was up before all scenarios were tried.")
        }
    }

    private func addManyPlans(to findings: inout Findings, _ planner: Planner, _ control: SolverControl)
        throws
    {
        let planned = loaded.planningCase
        let hasModules = planned.technologies.contains { $0.module != nil }
        guard planned.regions.count * planned.assumptions.years <= Self.mostForManyPlans, !hasModules else {
            findings.others.omissions.append(
                "The trade-off between goals and the sensitivity to assumptions take many plans and are left out; "
                    + "headroom frontier and headroom sensitivity make them.")
            return
        }
        do {
            try addFrontier(to: &findings, planner, control)
            try addSensitivity(to: &findings, planner, control)
        } catch let failure as PlanningFailure where failure == .cancelled || failure == .stoppedWithoutPlan {
            findings.others.omissions.append(
                "The time was up before the trade-off between goals and the sensitivity to assumptions were found."
            )
        }
    }

    /// Between the plan's first two goals; where it has one, between that and the utilization.
    private func addFrontier(to findings: inout Findings, _ planner: Planner, _ control: SolverControl) throws
    {
        let own = loaded.planningCase.assumptions.objective.goals
        let goals = Array((own + [.return, .utilization].filter { !own.contains($0) }).prefix(2))
        let scenarios = findings.others.scenarios.map { $0.variants.dropFirst() } ?? []
        switch try planner.frontier(
            of: loaded.planningCase, goals: goals, scenarios: scenarios.map { ($0.name, $0.planningCase) },
            control: control)
        {
        case .frontier(let frontier):
            findings.others.frontier = frontier
            if frontier.isStopped {
                findings.others.omissions.append("The time was up before the trade-off was known as a whole.")
            }
        case .undefined, .noMinimumSpend, .manyRegions:
            findings.others.omissions.append(
                "There is no trade-off between \(goals[0].title) and \(goals[1].title) to show: headroom frontier says "
                    + "why, and shows that between other goals.")
        }
    }

    private func addSensitivity(to findings: inout Findings, _ planner: Planner, _ control: SolverControl)
        throws
    {
        let varied = try VariedPlan(path: path, scenarios: changes.scenario, changes: changes.whatIf)
        guard !varied.factors.isEmpty else { return }
        let sensitivity = try planner.sensitivity(
            of: varied.loaded.planningCase, to: varied.factors, control: control, varied: varied.varied)
        let missing = sensitivity.missing.count
        if missing < sensitivity.variations.count { findings.others.sensitivity = sensitivity }
        if missing > 0 {
            findings.others.omissions.append(
                "The time was up before all assumptions were varied: \(missing) plans are missing.")
        }
    }
}
