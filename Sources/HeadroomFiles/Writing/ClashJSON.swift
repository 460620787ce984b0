public import Headroom

extension Clash {
    /// The result where no plan is possible, as JSON.
    public func json(of assumptions: Assumptions) -> String {
        var json = JSONText()
        json.object {
            $0.value("format", "headroom-plan/1")
            $0.value("title", assumptions.title)
            $0.value("status", "infeasible")
            $0.texts("clash", members.map(\.name))
            $0.value("minimum_budget", minimumBudget)
        }
        return json.text + "\n"
    }
}
