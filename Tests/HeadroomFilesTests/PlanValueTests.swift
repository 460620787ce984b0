import Headroom
import HeadroomFiles
import Testing

/// Values of `plan.yaml` that cannot be: what is found, what is expected, and where.
struct PlanValueTests {
    struct Wrong: CustomTestStringConvertible {
        /// Stands on line 4.
        var line: String
        var column: Int
        var message: String

        init(_ line: String, _ column: Int, _ message: String) {
            self.line = line
            self.column = column
            self.message = message
        }

        var testDescription: String { line }
    }

    private func expectOnly(_ wrong: Wrong) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + wrong.line + "\n")
        #expect(try files.diagnostics() == ["plan.yaml:4:\(wrong.column): error: \(wrong.message)"])
    }

    @Test(
        "Texts, words and files",
        arguments: [
            Wrong("title: [a]", 8, "title is a list, expected text"),
            Wrong("currency: {a: b}", 11, "currency is a map, expected text"),
            Wrong("growth: linear", 9, "growth is “linear”, expected one of exponential, logistic"),
            Wrong(
                "growth: Logistc", 9,
                "growth is “Logistc”, expected one of exponential, logistic; did you mean `logistic`?"),
            Wrong("growth: [logistic]", 9, "growth is a list, expected one of exponential, logistic"),
            Wrong("residual_value: false", 17, "residual_value is “false”, expected one of linear, none"),
            Wrong("budget: {carry_over: maybe}", 22, "budget.carry_over is “maybe”, expected true or false"),
            Wrong("budget: {carry_over: [true]}", 22, "budget.carry_over is a list, expected true or false"),
        ])
    func words(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test(
        "Numbers",
        arguments: [
            Wrong(
                "max_utilization: 0", 18, "max_utilization is “0”, expected a number above 0 and at most 1"),
            Wrong(
                "max_utilization: 101%", 18,
                "max_utilization is “101%”, expected a number above 0 and at most 1"),
            Wrong(
                "max_utilization: high", 18,
                "max_utilization is “high”, expected a number above 0 and at most 1"),
            Wrong(
                "max_utilization: .nan", 18,
                "max_utilization is “.nan”, expected a number above 0 and at most 1"),
            Wrong(
                "max_utilization: [1]", 18,
                "max_utilization is a list, expected a number above 0 and at most 1"),
            Wrong(
                "valuation_years: -1", 18,
                "valuation_years is “-1”, expected a number at least 0 and at most 1000"),
            Wrong("valuation_years: 1.5", 18, "valuation_years is “1.5”, expected a whole number"),
            Wrong("valuation_years: 100%", 18, "valuation_years is “100%”, expected an amount, not a share"),
            Wrong(
                "valuation_years: " + String(repeating: "9", count: 60), 18,
                "valuation_years is “" + String(repeating: "9", count: 40)
                    + "…”, expected a number at least 0 and at most 1000"),
        ])
    func numbers(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test(
        "Money",
        arguments: [
            Wrong(
                "budget: 5e9", 9, "budget is “5e9”, expected keys with values, such as `budget: {total: 5e9}`"
            ),
            Wrong("budget: [5e9]", 9, "budget is a list, expected keys with values"),
            Wrong("budget: {total: 10%}", 17, "budget.total is “10%”, expected an amount, not a share"),
            Wrong("budget: {total: -1}", 17, "budget.total is “-1”, expected a number at least 0"),
            Wrong("budget: {total: 1e999}", 17, "budget.total is “1e999”, expected a number at least 0"),
            Wrong("budget: {total: \"1,5\"}", 17, "budget.total is “1,5”, expected a number at least 0"),
            Wrong("budget: {total: [1, 2, 3]}", 17, "budget.total is a list, expected a number at least 0"),
            Wrong("budget: {yearly: [1, x, 3]}", 22, "budget.yearly is “x”, expected a number at least 0"),
            Wrong("budget: {yearly: [1, 2, -3]}", 25, "budget.yearly is “-3”, expected a number at least 0"),
            Wrong("budget: {yearly: {2025: 1}}", 18, "budget.yearly is a map, expected a number at least 0"),
            Wrong("budget: {yearly: 5%}", 18, "budget.yearly is “5%”, expected an amount, not a share"),
            Wrong(
                "budget: {yearly: [1, 2]}", 18,
                "budget.yearly lists 2 amounts, expected 3, one a planning year, or one number without a list"
            ),
            Wrong(
                "budget: {yearly: [7]}", 18,
                "budget.yearly lists 1 amount, expected 3, one a planning year, or one number without a list"),
        ])
    func money(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test(
        "Adoption and credit",
        arguments: [
            Wrong("adoption: [1]", 11, "adoption is a list, expected keys with values"),
            Wrong(
                "adoption: {retention: 1.1}", 23,
                "adoption.retention is “1.1”, expected a number at least 0 and at most 1"),
            Wrong("adoption: {steps: {share: 1}}", 19, "adoption.steps is a map, expected a list"),
            Wrong(
                "adoption: {steps: [{share: 1, cost_factor: 1}, 5]}", 48,
                "adoption.steps is “5”, expected items with keys, such as {share: 30%, cost_factor: 1}"),
            Wrong(
                "adoption: {steps: [{share: 30%}]}", 20,
                "adoption.steps.cost_factor is missing, expected a number above 0"),
            Wrong(
                "adoption: {steps: [{cost_factor: 1}]}", 20,
                "adoption.steps.share is missing, expected a number at least 0 and at most 1"),
            Wrong(
                "adoption: {steps: [{share: 30%, cost_factor: 0}]}", 46,
                "adoption.steps.cost_factor is “0”, expected a number above 0"),
            Wrong(
                "adoption: {steps: [{share: 30%, cost_factor: 90%}]}", 46,
                "adoption.steps.cost_factor is “90%”, expected an amount, not a share"),
            Wrong(
                "adoption: {steps: [{share: 0.75, cost_factor: 1}, {share: 50%, cost_factor: 2}]}", 19,
                "shares of the adoption steps sum to 1.25, expected at most 1"),
            Wrong(
                "adoption: {steps: [{share: 30%, cost_factor: 2}, {share: 50%, cost_factor: 2}]}", 19,
                "cost_factor 2 comes after 2, expected strictly increasing cost factors"),
            Wrong(
                "credit: {weights: {rating: -1}}", 28,
                "credit.weights.rating is “-1”, expected a number at least 0"),
            Wrong(
                "credit: {weights: {reliability: 0, rating: 0, solvency: 0, character: 0, reputation: 0}}",
                19,
                "all credit weights are 0, expected at least one above 0"),
        ])
    func levers(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test(
        "Goals",
        arguments: [
            Wrong(
                "objective: {maximize: profit}", 23,
                "objective.maximize is “profit”, expected one of return, utilization, service_level, served_users, "
                    + "roi, worst_service, least_spending"
            ),
            Wrong(
                "objective: {maximize: [return, utilisation]}", 32,
                "objective.maximize is “utilisation”, expected one of return, utilization, service_level, "
                    + "served_users, roi, worst_service, least_spending; did you mean `utilization`?"),
            Wrong("objective: {maximize: []}", 23, "no goal given, expected at least one"),
            Wrong("objective: {maximize: [return, return]}", 23, "goal return stands twice"),
            Wrong(
                "objective: {maximize: [roi]}", 23,
                "goal roi needs a budget, or objective.minimum_spend as an amount: else the best ratio is the first "
                    + "coin spent"),
            Wrong(
                "objective: {tolerance: 2}", 24,
                "objective.tolerance is “2”, expected a number at least 0 and at most 1"),
            Wrong(
                "objective: {years: 2028}", 20,
                "objective.years 2028–2028 lies outside the horizon 2025–2027"),
            Wrong(
                "objective: {years: [2020, 2024]}", 20,
                "objective.years 2020–2024 lies outside the horizon 2025–2027"),
            Wrong(
                "objective: {years: [2027, 2025]}", 20,
                "objective.years is [2027, 2025], expected the first year first: [2025, 2027]"),
            Wrong(
                "objective: return", 12,
                "objective is “return”, expected keys with values, such as `objective: {maximize: [return]}`"),
            Wrong(
                "objective: {years: [2025, 2026, 2027]}", 20,
                "objective.years is a list, expected a year, or [first, last]"),
            Wrong(
                "objective: {years: 2025.5}", 20,
                "objective.years is “2025.5”, expected a year, or [first, last]"),
            Wrong(
                "objective: {minimum_spend: -1}", 28,
                "objective.minimum_spend is “-1”, expected a number at least 0"),
            Wrong(
                "objective: {gap: 200%}", 18,
                "objective.gap is “200%”, expected a number at least 0 and at most 1"),
        ])
    func goals(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test(
        "The required keys",
        arguments: [
            ("years: 0", "2:8: error: years is “0”, expected a number at least 1 and at most 200"),
            ("years: 201", "2:8: error: years is “201”, expected a number at least 1 and at most 200"),
            ("years: 2.5", "2:8: error: years is “2.5”, expected a whole number"),
            ("years: five", "2:8: error: years is “five”, expected a number at least 1 and at most 200"),
            ("years: [3]", "2:8: error: years is a list, expected a number at least 1 and at most 200"),
        ])
    func horizon(line: String, message: String) throws {
        let rest = "budget: {yearly: [1, 2, 3]}\nobjective: {years: 2027}\n"
        let files = try PlanFiles(plan: PlanFiles.plan.replacing("years: 3", with: line) + rest)
        // Nothing is held against the horizon that is not known.
        #expect(try files.diagnostics() == ["plan.yaml:" + message])
    }

    @Test("A discount rate below 0 is an error, one above 1 a warning")
    func discountRate() throws {
        let below = try PlanFiles(plan: PlanFiles.plan.replacing("8%", with: "-1%"))
        #expect(
            try below.diagnostics() == [
                "plan.yaml:3:16: error: discount_rate is “-1%”, expected a number at least 0"
            ])
        let above = try PlanFiles(plan: PlanFiles.plan.replacing("8%", with: "8"))
        #expect(
            try above.diagnostics() == [
                "plan.yaml:3:16: warning: discount_rate 8 means 800 % a year; write 8% or 0.08?"
            ])
    }

    @Test(
        "A number so large that sums overflow or the solver gets lost in its digits",
        arguments: [
            Wrong("budget: {total: 1e19}", 17, "budget.total is “1e19”, expected a number of at most 1e+18"),
            Wrong(
                "budget: {yearly: 1e300}", 18, "budget.yearly is “1e300”, expected a number of at most 1e+18"),
            Wrong(
                "credit: {weights: {rating: 1e308}}", 28,
                "credit.weights.rating is “1e308”, expected a number of at most 1000000000000"),
            Wrong(
                "adoption: {steps: [{share: 1, cost_factor: 1e13}]}", 44,
                "adoption.steps.cost_factor is “1e13”, expected a number of at most 1000000000000"),
        ])
    func tooLarge(wrong: Wrong) throws { try expectOnly(wrong) }

    @Test("carry_over without a yearly budget is noted")
    func carryOver() throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "budget: {total: 5, carry_over: true}\n")
        #expect(
            try files.diagnostics() == [
                "plan.yaml:4:32: note: budget.carry_over has no effect without budget.yearly"
            ])
    }
}
