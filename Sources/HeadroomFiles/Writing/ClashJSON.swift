public import Headroom

extension InfeasibleSubsystem {
    /// The result where no plan is possible, as JSON.
    public func json(of assumptions: Assumptions) -> String {
        var json = JSONText()
        json.object {
            $0.value("format", "headroom-plan/1")
            $0.value("title", assumptions.title)
            $0.value("status", "infeasible")
            $0.texts("clash", members.map(\.name))
            $0.value("minimum_budget", minimumBudget)
            $0.array("changes", changes) { json, change in
                json.object {
                    $0.value("rule", change.rule)
                    $0.value("bound", change.key)
                    $0.value("unit", change.from.unit)
                    $0.value("from", change.from.value)
                    $0.value("to", change.safe.value)
                }
            }
        }
        json.finish()
        return json.text
    }
}

extension Rule.Bound {
    fileprivate var value: Double {
        switch self {
        case .amount(let value), .share(let value): value
        }
    }

    fileprivate var unit: String {
        switch self {
        case .amount: "amount"
        case .share: "share"
        }
    }
}
