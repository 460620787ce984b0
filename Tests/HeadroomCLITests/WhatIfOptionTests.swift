import Foundation
import Testing

/// The what-if options act as an edit of the files.
struct WhatIfOptionTests {
    private func csv(_ workplace: Workplace, _ options: [String] = []) throws -> String {
        let result = try HeadroomProcess(["plan", "plan", "--format", "csv"] + options, in: workplace)
            .result()
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    @Test(
        "--budget takes an amount or a change, a minus sign included",
        arguments: [
            (["--budget", "36e3"], "36e3"), (["--budget", "-10%"], "36e3"), (["--budget=-10%"], "36e3"),
            (["--budget", "+10%"], "44e3"), (["--budget", "0"], "0"),
        ])
    func budget(options: [String], total: String) throws {
        let edited = try Workplace(plan: Workplace.plan.replacing("40e3", with: total))
        #expect(try csv(Workplace(), options) == csv(edited))
    }

    @Test(
        "--set, --years and --goal are keys of the plan",
        arguments: [
            (["--set", "discount_rate=3%"], "discount_rate: 8%", "discount_rate: 3%"),
            (["--years", "5"], "years: 3", "years: 5"),
            (
                ["--goal", "utilization", "--goal", "return"], "years: 3",
                "years: 3\nobjective: {maximize: [utilization, return]}"
            ),
            (
                ["--set", "valuation_years=4", "--set", "growth=logistic"], "years: 3",
                "years: 3\nvaluation_years: 4\ngrowth: logistic"
            ),
        ])
    func keys(options: [String], old: String, new: String) throws {
        let edited = try Workplace(plan: Workplace.plan.replacing(old, with: new))
        #expect(try csv(Workplace(), options) == csv(edited))
        #expect(try csv(Workplace(), options) != csv(Workplace()))
    }

    @Test("--scale multiplies a column, in all regions or in some")
    func scale() throws {
        let all = try Workplace(
            regions: Workplace.regions.replacing(",300,200,", with: ",150,200,").replacing(
                ",280,", with: ",140,"
            )
            .replacing(",350,", with: ",175,"))
        #expect(try csv(Workplace(), ["--scale", "revenue_per_user=0.5"]) == csv(all))
        let east = try Workplace(regions: Workplace.regions.replacing(",350,", with: ",700,"))
        #expect(try csv(Workplace(), ["--scale", "revenue_per_user@zone=east=2"]) == csv(east))
    }

    @Test("The files stay as they are")
    func untouched() throws {
        let workplace = try Workplace()
        _ = try csv(workplace, ["--set", "years=2", "--scale", "users=1", "--budget", "+5%"])
        #expect(try workplace.text("plan/plan.yaml") == Workplace.plan)
        #expect(try workplace.text("plan/regions.csv") == Workplace.regions)
        #expect(try workplace.names == ["plan"])
    }

    @Test("check shows the plan under the changes")
    func check() throws {
        let result = try Workplace().headroom("check", "plan", "--years", "7", "--budget", "-50%")
        #expect(result.status == 0)
        #expect(result.output.contains("2025–2031"))
        #expect(result.output.contains("CNY 20 k in all"))
    }

    @Test(
        "A value below 0 is read as one, and refused with what is expected",
        arguments: [
            ("plan", "--years", "-1"), ("plan", "--gap", "-1%"), ("plan", "--time-limit", "-5"),
            ("plan", "--threads", "-2"), ("sweep", "--steps", "-3"), ("sensitivity", "--by", "-10%"),
        ])
    func negative(command: String, option: String, value: String) throws {
        let result = try Workplace().headroom(command, "plan", "--quiet", option, value)
        #expect(result.status == 64)
        #expect(!result.errors.contains("Missing value"), "\(result.errors)")
        #expect(result.errors.contains(value.replacing("%", with: "")), "\(result.errors)")
    }

    @Test("A wrong option is all that is said: warnings on the files wait for the right one")
    func wrongOption() throws {
        let result = try Workplace().headroom(
            "compare", "plan", "--", "--scale", "foo=2", "--", "--scale", "bar=2")
        #expect(result.status == 64)
        #expect(result.errors.contains("foo") && result.errors.contains("bar"))
        #expect(!result.errors.contains("warning"))
    }
}
