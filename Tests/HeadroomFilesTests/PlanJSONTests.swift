import Foundation
import Headroom
import HeadroomFiles
import Testing

/// The result as JSON, as `formats.md` has it.
struct PlanJSONTests {
    private let plan: Plan
    private let json: JSONValue

    init() throws {
        plan = try PlanFiles.threeLevers().solve()
        json = try JSONValue(plan.json)
    }

    @Test("The object has every documented key, in the documented order")
    func topKeys() throws {
        let documented = [
            "format", "title", "currency", "capacity_unit", "base_year", "years", "status", "gap", "goals",
            "npv",
            "do_nothing_npv", "return", "roi", "investment_present_value", "utilization_base", "utilization",
            "service_level", "users_base", "users_served", "spend", "shadow_price", "regions", "schedule",
            "certificate", "solver",
        ]
        let written = plan.json.split(separator: "\n").filter { $0.hasPrefix("  \"") }
            .map { String($0.dropFirst(3).prefix { $0 != "\"" }) }
        #expect(written.filter(documented.contains) == documented)
        #expect(json.keys == Set(written))
        #expect(plan.json.hasSuffix("}\n"))
        #expect(try JSONSerialization.jsonObject(with: Data(plan.json.utf8)) is [String: Any])
    }

    @Test("The head says what was planned")
    func head() {
        #expect(json["format"] == .text("headroom-plan/1"))
        #expect(json["title"] == .text("Three | \"levers\""))
        #expect(json["currency"] == .text("CNY"))
        #expect(json["capacity_unit"] == .text("port"))
        #expect(json["base_year"] == .number(2024))
        #expect(json["years"] == .number(3))
        #expect(json["status"] == .text("optimal"))
        #expect(json["gap"] == .number(0))
    }

    @Test("The figures are the plan's, to the last digit")
    func figures() {
        let all = plan.figures(of: plan.planningCase.regions.indices)
        let expected: [String: Double?] = [
            "npv": plan.ledger.totalNetPresentValue, "do_nothing_npv": plan.doNothing.totalNetPresentValue,
            "return": plan.added, "roi": plan.returnOnInvestment,
            "investment_present_value": plan.ledger.investmentPresentValue,
            "utilization_base": all.utilizationBase, "utilization": all.utilization,
            "service_level": all.serviceLevel, "users_base": 430, "users_served": all.usersServed,
            "shadow_price": plan.shadowPrices?.total,
        ]
        for (key, value) in expected {
            #expect(value != nil, "\(key)")
            #expect(json[key] == .figure(value), "\(key)")
        }
        #expect(plan.added > 0)
    }

    @Test("Each goal has its value in the plan and the best at its rank")
    func goals() {
        let goals = json["goals"]?.elements ?? []
        #expect(goals.map { $0["goal"] } == [.text("return"), .text("utilization")])
        #expect(goals.map { $0["value"] } == plan.goals.map { .figure($0.value) })
        #expect(goals.map { $0["best"] } == plan.goals.map { .figure($0.best) })
    }

    @Test("The certificate proves the plan, and the solver is named without a duration")
    func certificate() throws {
        for key in ["primal_violation", "dual_violation", "duality_gap"] {
            #expect(try #require(json["certificate"]?[key]?.number) < 1e-6)
        }
        #expect(json["solver"]?["method"] == .text(plan.method))
        #expect(json["solver"]?["iterations"] == .number(Double(plan.steps)))
        #expect(json["solver"]?["seconds"] == .null)
    }

    @Test("Spending is given in all, by year and by lever, and adds up")
    func spending() throws {
        let spend = try #require(json["spend"])
        let total = try #require(spend["total"]?.number)
        let years = try #require(spend["by_year"])
        let levers = try #require(spend["by_lever"])
        #expect(total == plan.ledger.spending())
        #expect(years.keys == ["2025", "2026", "2027"])
        #expect(levers.keys == ["build", "adoption", "share", "credit"])
        for part in [years, levers] {
            let sum = part.keys.reduce(0) { $0 + (part[$1]?.number ?? .nan) }
            #expect(abs(sum - total) < 1e-9 * total)
        }
        for lever in ["build", "adoption", "credit"] { #expect(try #require(levers[lever]?.number) > 0) }
    }

    @Test("A region is an object of every documented key, in the order of the table")
    func regions() throws {
        let regions = json["regions"]?.elements ?? []
        #expect(regions.map { $0["region"] } == ["a", "b", "c", "d"].map { .text($0) })
        #expect(
            regions.map { $0["name"] }
                == ["Alpha, \"old\" town", "Beta|Bravo", "=Gamma", "Delta"].map { .text($0) })
        for (index, region) in regions.enumerated() {
            let figures = plan.figures(of: [RegionIndex(index)])
            let expected: [String: Double?] = [
                "investment": figures.investment, "new_capacity": figures.newCapacity,
                "users_base": figures.usersBase, "users_served": figures.usersServed,
                "users_organic": figures.usersOrganic, "users_won": figures.usersWon,
                "capacity_base": figures.capacityBase,
                "capacity": figures.capacity, "utilization_base": figures.utilizationBase,
                "utilization": figures.utilization, "service_level": figures.serviceLevel,
                "return": figures.return,
            ]
            #expect(region.keys.isSuperset(of: expected.keys))
            for (key, value) in expected { #expect(region[key] == .figure(value), "\(key)") }
            for lever in Lever.allCases {
                #expect(region["by_lever"]?[lever.rawValue] == .figure(figures.spending[lever]))
            }
            #expect(region["why"] == .text(plan.reasons[index].description))
        }
        let first = try #require(regions.first)
        #expect(first["tags"] == .object(["zone": .text("west"), "note, long": .text("two\nlines")]))
        // Nothing can be used where there is no capacity.
        #expect(regions.last?["utilization_base"] == .null)
        #expect(regions.last?["service_level"] == .null)
    }

    @Test("The schedule is every decision that is not zero, and its money is the plan's")
    func schedule() throws {
        let schedule = json["schedule"]?.elements ?? []
        #expect(schedule.count == plan.schedule.count)
        #expect(Set(schedule.compactMap { $0["lever"]?.text }) == ["build", "adoption", "credit"])
        for (written, entry) in zip(schedule, plan.schedule) {
            let detail = ["build": "technology", "adoption": "step"][entry.lever.rawValue]
            #expect(
                written.keys
                    == Set(
                        ["region", "year", "lever", "quantity", "unit", "spend"] + [detail].compactMap(\.self)
                    ))
            #expect(written["unit"] == .text(entry.lever == .build ? "port" : "users"))
            #expect(written["year"] == .number(Double(2024 + entry.year.ordinal)))
            #expect(written["quantity"] == .number(entry.quantity))
            #expect(written["spend"] == .number(entry.spend))
        }
        let money = schedule.compactMap { $0["spend"]?.number }.reduce(0, +)
        #expect(abs(money - plan.ledger.spending()) < 1e-9 * money)
    }

    @Test("What is undefined is null")
    func undefined() throws {
        let nothing = try JSONValue(PlanFiles(plan: PlanFiles.plan + "budget: {total: 0}\n").solve().json)
        #expect(nothing["roi"] == .null)
        #expect(nothing["schedule"] == .list([]))
        #expect(try JSONValue(PlanFiles().solve().json)["shadow_price"] == .null)
    }

    @Test("Texts of any kind come back as they were")
    func texts() throws {
        let title = "\u{0}\u{1}\u{1F}\u{7F}\"\\/\n\r\t\u{2028}\u{1F600}e\u{301}"
        var planningCase = plan.planningCase
        planningCase.assumptions.title = title
        planningCase.assumptions.currency = title
        var renamed = plan
        renamed.ledger = Ledger(planningCase, plan.ledger.decisions)
        let json = try JSONValue(renamed.json)
        #expect(json["title"]?.text.map { Array($0.unicodeScalars) } == Array(title.unicodeScalars))
        #expect(json["currency"] == .text(title))
    }

    @Test("The same plan is the same bytes")
    func sameBytes() throws {
        #expect(try PlanFiles.threeLevers().solve().json == plan.json)
    }
}
