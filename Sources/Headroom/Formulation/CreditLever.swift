import LinearProgramming

extension Formulation {
    /// `v[r,t] ≤ x[r,t]` and `v[r,t] ≤ credit_users[r] + Σ_{τ≤t} h[r,τ]` (model, 5.8).
    ///
    /// Where trading online earns nothing there are no traders; where nobody can be enrolled their number is a bound.
    /// Enrolling that earns nothing is a lever all the same: a rule may ask for spending.
    mutating func addCredit(of region: RegionIndex) {
        let size = usersScale(of: region)
        let enrolledAlready = planningCase.regions.creditUsers[region]
        let canEnrol = planningCase.regions.creditCost[region] < .infinity
        if canEnrol {
            let affordable = affordableSize(size, atCost: planningCase.regions.creditCost[region])
            blocks[region].enrolledUsers = years.map {
                addColumn(Label("enrol", region, nil, $0), magnitude: affordable)
            }
        }
        guard planningCase.commerceRevenue(region) > 0, canEnrol || enrolledAlready > 0 else { return }
        for year in years {
            let most = reachableUsers(region, year)
            let trading = addColumn(
                Label("trade", region, nil, year), upper: canEnrol ? most : min(most, enrolledAlready),
                magnitude: size)
            blocks[region].tradingUsers.append(trading)
            addRow(
                Label("trade_served", region, nil, year),
                LinearExpression(trading) - LinearExpression(blocks[region].servedUsers[year]), upper: 0)
            guard canEnrol, enrolledAlready < most else { continue }
            var enrolled = LinearExpression(enrolledAlready)
            for before in years where before <= year { enrolled.add(blocks[region].enrolledUsers[before]) }
            addRow(
                Label("trade_enrolled", region, nil, year), LinearExpression(trading) - enrolled, upper: 0)
        }
    }
}
