import Headroom
import HeadroomTestSupport
import Testing

/// What is spent, by several keys across one another.
struct CrossTableTests {
    private let plan: Plan

    /// A random plan with all levers in use, and a tag that is named like a cut.
    init() throws {
        var inputs = RandomInputs(seed: 5, regions: 8, years: 4)
        for row in inputs.rows.indices {
            inputs.rows[row].tags["year"] = row % 3 == 0 ? "old" : "new"
            inputs.rows[row].tags["a,b"] = row < 3 ? "north" : "south"
        }
        plan = try inputs.with(goals: .return).with { $0.budget = Budget(total: 1e7) }.solved()
    }

    private func cross(_ words: String...) throws -> CrossTable {
        try CrossTable(plan, by: CutKeys(words, of: plan.planningCase.regions))
    }

    private func number(_ cell: Table.Cell) -> Double? {
        if case .number(let value) = cell { value } else { nil }
    }

    @Test(
        "Every cross table adds up to the plan's spending: its long rows, its total row and its total column",
        arguments: [
            "region,year", "year,region,lever", "tag:year,lever", "lever,a,b", "year,tag:year,region",
        ])
    func sums(words: String) throws {
        let table = words == "lever,a,b" ? try cross("lever", "a,b") : try cross(words)
        let whole = plan.ledger.spending()
        let long = table.long.rows.reduce(0) { $0 + ($1.last.flatMap(number) ?? 0) }
        #expect(abs(long - whole) < 1e-6 * whole)
        let pivot = table.pivot
        let total = try #require(pivot.total)
        #expect(abs(try #require(number(total[total.count - 1])) - whole) < 1e-6 * whole)
        for column in pivot.columns.indices where pivot.columns[column].quantity != nil {
            let sum = pivot.rows.reduce(0) { $0 + (number($1[column]) ?? 0) }
            #expect(abs(sum - (number(total[column]) ?? .nan)) < 1e-6 * whole)
        }
    }

    @Test("A cell holds what the account of its region, year and lever says")
    func cells() throws {
        let rows = try cross("region", "year", "lever").long.rows
        #expect(rows.count == 8 * 4 * 4)
        for row in rows {
            guard case .text(let id) = row[0], case .text(let year) = row[2], case .text(let lever) = row[3]
            else {
                Issue.record("keys are texts")
                continue
            }
            let region = try #require(plan.planningCase.regions.ids.firstIndex(of: id))
            let place = try #require(
                plan.planningCase.assumptions.planningYears.first {
                    String(plan.planningCase.assumptions.calendarYear($0)) == year
                })
            let account = plan.ledger.account(of: RegionIndex(region))
            let spent = account.spending[place.ordinal - 1][try #require(Lever(rawValue: lever))]
            #expect(number(row[4]) == spent)
        }
    }

    @Test("What no region stands for has no row, and is undefined where a pivot has a cell for it")
    func undefined() throws {
        let table = try cross("region", "a,b")
        #expect(table.long.rows.count == 8)
        #expect(table.pivot.rows.allSatisfy { $0.count { $0 == .number(nil) } == 1 })
    }

    @Test("Technology counts what is built, and stands beside no lever")
    func technology() throws {
        let total = try #require(try cross("region", "technology").pivot.total)
        let built = plan.ledger.spending(lever: .build)
        #expect(abs(try #require(total.last.flatMap(number)) - built) < 1e-6 * built)
        #expect(throws: CutKeys.Fault.leverAndTechnology) { try cross("lever,technology") }
        #expect(throws: CutKeys.Fault.unknown("continent")) { try cross("continent,year") }
        #expect(throws: CutKeys.Fault.repeated("year")) { try cross("year", "year") }
    }
}
