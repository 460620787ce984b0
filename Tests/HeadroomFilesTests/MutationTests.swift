import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles
import LinearProgramming
import Testing

/// Whatever becomes of a file, it ends in a plan or in errors with their place.
struct MutationTests {
    private static let plan = """
        title: mutated
        base_year: 2024
        years: 2
        discount_rate: 8%
        max_utilization: 90%
        growth: logistic
        budget: {total: 40e3, yearly: [25e3, 2e4], carry_over: true}
        adoption:
          retention: 90%
          steps:
            - {share: 30%, cost_factor: 1}
            - {share: 40%, cost_factor: 2}
        credit: {weights: {rating: 2}}
        objective:
          maximize: [return, utilization]
          years: [2025, 2026]

        """

    private static let regions = """
        region,name,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,potential_users,adoption_cost,commerce_revenue_per_user,credit_cost,credit_rating
        a,Alpha,west,100,200,100,5%,300,200,500,100,50,20,0.5
        b,"Beta, new",west,250,270,20,30%,280,150,,,,,
        c,Gamma,east,80,100,20,-2%,350,180,100,700,,,
        d,Delta,east,1e3,2e3,500,0.1,200,90,4_000,60,10,5,80%

        """

    @Test("A mutated region table is planned, or refused with a place", arguments: 0..<20)
    func regionTables(batch: UInt64) throws {
        let files = try PlanFiles(plan: Self.plan, regions: nil)
        for seed in batch * 50..<(batch + 1) * 50 {
            var mutations = Mutations(seed: seed)
            let bytes = Data(mutations.mutated(Self.regions))
            try files.write(bytes, to: "regions.csv")
            expectPlanOrErrors(files, seed: seed)
        }
    }

    @Test("A mutated plan is planned, or refused with a place", arguments: 0..<10)
    func plans(batch: UInt64) throws {
        let files = try PlanFiles(plan: nil, regions: Self.regions)
        for seed in batch * 50..<(batch + 1) * 50 {
            var mutations = Mutations(seed: 1_000_000 + seed)
            let bytes = Data(mutations.mutated(Self.plan))
            try files.write(bytes, to: "plan.yaml")
            expectPlanOrErrors(files, seed: 1_000_000 + seed)
        }
    }

    private func expectPlanOrErrors(_ files: PlanFiles, seed: UInt64) {
        do {
            let loaded = try files.load()
            #expect(!loaded.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            let control = SolverControl(deadline: .now + .seconds(10))
            let plan = try Planner(solver: GLPKSolver()).plan(loaded.planningCase, control: control)
            #expect(plan.status == .optimal, "seed \(seed)")
            expectFinite(plan, seed: seed)
        } catch let invalid as InvalidFiles {
            let errors = invalid.diagnostics.filter { $0.severity == .error }
            #expect(!errors.isEmpty, "seed \(seed)")
            for error in errors {
                #expect(error.location.line >= 1 && error.location.column >= 1, "seed \(seed): \(error)")
                #expect(!error.message.isEmpty)
            }
        } catch let unreadable as UnreadableFile {
            // A mutated plan may name another region table.
            #expect(unreadable.path.hasPrefix(files.folder) || unreadable.path.hasPrefix("/"), "seed \(seed)")
            #expect(seed >= 1_000_000, "seed \(seed): \(unreadable)")
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
    }

    private func expectFinite(_ plan: Plan, seed: UInt64) {
        let ledger = plan.ledger
        let cells = plan.planningCase.regions.indices.map(ledger.account).flatMap { account in
            account.capacity + account.usedCapacity + account.organicUsers
                + account.spending.flatMap { spent in Lever.allCases.map { spent[$0] } }
        }
        let figures = ledger.netPresentValue + cells + [plan.added, ledger.investmentPresentValue]
        let areFinite = figures.allSatisfy(\.isFinite)
        #expect(areFinite, "seed \(seed)")
        #expect(throws: Never.self, "seed \(seed)") { try JSONValue(plan.json) }
    }
}
