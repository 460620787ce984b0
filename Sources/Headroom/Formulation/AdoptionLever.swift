import Foundation
import LinearProgramming

extension Formulation {
    /// `a[r,s,t]`, and `Σ_t a[r,s,t] ≤ share_s · (M[r] − users[r])` (model, 5.3).
    ///
    /// No columns where the region has no potential or no adoption cost.
    mutating func addAdoption(of region: RegionIndex) {
        let steps = planningCase.assumptions.adoption.steps
        guard steps.indices.contains(where: { planningCase.adoptionLimit(region, step: $0) > 0 }) else {
            return
        }
        let size = usersScale(of: region)
        for step in steps.indices {
            let limit = planningCase.adoptionLimit(region, step: step)
            let affordable = affordableSize(size, atCost: planningCase.adoptionCost(region, step: step))
            let columns = years.map { year in
                addColumn(
                    Label("adopt", region, "\(step + 1)", year), upper: limit, magnitude: affordable)
            }
            blocks[region].wonUsers.append(columns)
            guard limit > 0, years.count > 1 else { continue }
            var sum = LinearExpression()
            for column in columns { sum.add(column) }
            addRow(
                Label("step", region, "\(step + 1)"), sum, upper: limit)
        }
    }

    /// `A[r,t] = retention · A[r,t−1] + Σ_s a[r,s,t]`, written out: `Σ_τ≤t retention^(t−τ) · Σ_s a[r,s,τ]`
    /// (model, 5.2).
    func wonUsersKept(_ region: RegionIndex, _ year: Year) -> LinearExpression {
        let retention = planningCase.assumptions.adoption.retention
        var sum = LinearExpression()
        for columns in blocks[region].wonUsers {
            for won in years where won <= year {
                sum.add(columns[won], times: pow(retention, Double(year.ordinal - won.ordinal)))
            }
        }
        return sum
    }
}
