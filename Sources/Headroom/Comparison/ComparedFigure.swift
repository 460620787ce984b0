/// A figure of a whole plan that is compared.
public struct ComparedFigure: Equatable, Sendable {
    public enum Unit: Equatable, Sendable {
        case money, users, capacity, share
        /// A sum of money earned per unit of money.
        case moneyPerMoney
    }

    /// As in the JSON result.
    public var key: String
    /// For people.
    public var title: String
    public var unit: Unit
    /// Nil where it is undefined, or there is no plan.
    public var value: Double?
}

extension Plan {
    /// What one more unit of the budget adds to the return; nil where the plan is not made for the return first: it then
    /// is no price that the plan pays.
    var priceOfMoney: Double? {
        planningCase.assumptions.objective.goals.first == .return ? shadowPrices?.allRows : nil
    }

    /// The figures of the plan that are compared, in a fixed order.
    ///
    /// - Parameter years: Money and what it buys is counted over these calendar years, users and capacity in the last of
    ///   them; values (return, net present value, price of money) are of the plan's whole horizon.
    func comparedFigures(in years: ClosedRange<Int>) -> [ComparedFigure] {
        let assumptions = planningCase.assumptions
        let planned = years.map(assumptions.year)
        let last = [assumptions.year(years.upperBound)]
        func figure(_ key: String, _ title: String, _ unit: ComparedFigure.Unit, _ value: Double?)
            -> ComparedFigure
        { ComparedFigure(key: key, title: title, unit: unit, value: value) }
        func spent(_ lever: Lever?) -> Double {
            planned.reduce(0) { $0 + ledger.spending(year: $1, lever: lever) }
        }
        func bought(_ amounts: [[Double]]) -> Double {
            amounts.reduce(0) { $0 + ledger.sum($1, in: planned) }
        }
        return [figure("investment", "Invest", .money, spent(nil))]
            + Lever.allCases.map { figure($0.rawValue, $0.title, .money, spent($0)) } + [
                figure("return", "Return", .money, added),
                figure("npv", "NPV", .money, ledger.totalNetPresentValue),
                figure("do_nothing_npv", "NPV of nothing", .money, doNothing.totalNetPresentValue),
                figure("roi", "ROI", .moneyPerMoney, returnOnInvestment),
                figure("price_of_money", "Price", .moneyPerMoney, priceOfMoney),
                figure(
                    "users_served", "Users \(years.upperBound)", .users,
                    ledger.sum(ledger.totals.servedUsers, in: last)),
                figure("users_won", "Users won", .users, bought(ledger.totals.wonUsers)),
                figure("new_capacity", "New capacity", .capacity, bought(ledger.totals.newCapacity)),
                figure(
                    "capacity", "Capacity \(years.upperBound)", .capacity,
                    ledger.sum(ledger.totals.capacity, in: last)),
                figure("service_level", "Service", .share, ledger.serviceLevel(in: last)),
                figure("utilization", "Use \(years.upperBound)", .share, ledger.utilization(in: last)),
            ]
    }
}

extension Comparison {
    /// The figures of each variant, nil where it has no plan.
    public var figures: [[ComparedFigure]?] {
        outcomes.map { $0.plan?.comparedFigures(in: years) }
    }
}
