import GLPKSolver
import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// Plans side by side: figures worked out by hand, and sums that must agree.
struct ComparisonTests {
    /// Both regions want ten units for 4 money each in the only year; those of B earn twice as much.
    private static let rows = [RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1, revenue: 20)]

    private func variant(
        _ name: String, _ rows: [RegionRow] = Self.rows, years: Int = 1, rules: [Rule] = [],
        change: (inout Assumptions) -> Void = { $0.budget.total = 60 }
    ) throws -> Variant {
        var planned = try PlanningCase.byHand(rows, years: years, change: change)
        planned.rules = rules
        return Variant(name: name, planningCase: planned, table: RegionTable(rows))
    }

    private func compared(_ variants: Variant..., threads: Int = 1) throws -> Comparison {
        let planner = Planner(solver: GLPKSolver(), threads: threads)
        return try Comparison(variants, plans: planner.plans(of: variants.map(\.planningCase)))
    }

    private func change(in comparison: Comparison, _ place: Int = 1) throws -> PlanChange {
        try #require(comparison.changes[place])
    }

    @Test("Half the money leaves the region where it earns less")
    func halved() throws {
        let comparison = try compared(variant("60"), variant("30") { $0.budget.total = 30 })
        let change = try change(in: comparison)
        // 60 buys all ten units of B and five of A, 30 buys seven and a half of B.
        let moves = (0..<change.regionCount).map(change.move(at:))
        #expect(moves.map(\.id) == ["A", "B"])
        #expect(moves.map(\.baseTotal).isClose(to: [20, 40]))
        #expect(moves.map(\.otherTotal).isClose(to: [0, 30]))
        #expect(moves.map(\.direction) == [.leaves, .less])
        #expect(change.lost.isClose(to: 30) && change.gained == 0)
        #expect(moves.map { $0.change(.build) }.isClose(to: [-20, -10]))
        // The next unit earns 10 − 4 for 4 in A, and 20 − 4 for 4 in B.
        let price = try #require(change.priceOfMoney)
        #expect(price.base.isClose(to: 1.5) && price.other.isClose(to: 4))
        let cause = try #require(moves[0].causes.first)
        guard case .priceOfMoney = cause else {
            Issue.record("\(cause)")
            return
        }
        #expect(cause.text == "money earns 4.000 at the margin, not 1.500")
        let figures = comparison.figures.map { $0?.first { $0.key == "return" }?.value }
        #expect(figures[0].isClose(to: 40 * 4 + 20 * 1.5) && figures[1].isClose(to: 120))
    }

    @Test("The other way round the region enters")
    func entering() throws {
        let change = try change(in: compared(variant("30") { $0.budget.total = 30 }, variant("60")))
        #expect((0..<2).map { change.move(at: $0).direction } == [.enters, .more])
        #expect(change.gained.isClose(to: 30) && change.lost == 0)
    }

    @Test("A rule that comes to bind is named, with the regions it speaks of")
    func rules() throws {
        let floor = Rule(
            name: "floor", measure: .investment, atLeast: .amount(30),
            tags: [.init(name: "region", values: ["A"])])
        let change = try change(in: compared(variant("free"), variant("floor", rules: [floor])))
        #expect(change.rulesBegun == ["floor"] && change.rulesCeased.isEmpty)
        let moves = (0..<2).map(change.move(at:))
        #expect(moves[0].causes.contains(.rule("floor", binds: true)))
        #expect(!moves[1].causes.contains(.rule("floor", binds: true)))
        #expect(moves.map(\.change).isClose(to: [10, -10]))
        #expect(change.gained.isClose(to: 10) && change.lost.isClose(to: 10))
        let back = try self.change(in: compared(variant("floor", rules: [floor]), variant("free")))
        #expect(back.rulesCeased == ["floor"] && back.rulesBegun.isEmpty)
    }

    @Test("Regions are matched by id, in any order; those of one plan alone are told")
    func matching() throws {
        let others = [Self.rows[1], RegionRow("C", growth: 0.1, revenue: 30)]
        let base = try variant("AB")
        let other = try variant("BC", others)
        let change = try change(in: compared(base, other))
        let moves = (0..<change.regionCount).map(change.move(at:))
        #expect(moves.map(\.id) == ["A", "B", "C"])
        #expect(moves.map(\.direction) == [.onlyInBase, .less, .onlyInOther])
        #expect(moves.map(\.change).isClose(to: [-20, -20, 40]))
        let differences = InputDifferences(from: base, to: other)
        #expect(differences.onlyInBase == ["A"] && differences.onlyInOther == ["C"])
        #expect(differences.commonRegions == 1 && differences.columns.isEmpty)
        let turned = try self.change(in: compared(variant("AB"), variant("BA", Self.rows.reversed())))
        #expect(turned.changed.isEmpty && turned.gained < 1e-9)
    }

    @Test("Different horizons are compared over the years they share")
    func horizons() throws {
        let comparison = try compared(variant("two", years: 2), variant("three", years: 3))
        #expect(comparison.years == 2025...2026)
        let change = try change(in: comparison)
        #expect(change.spending.base.count == 2)
        #expect(change.move(at: 0).base.count == 2)
        let text = ComparisonText(comparison)
        #expect(
            text.sections.contains { section in
                section.sentences.contains {
                    $0.hasPrefix("The horizons differ (two plans 2025–2026, three plans 2025–2027): money")
                }
            })
    }

    @Test("Plans in other units, or of other years, are not compared")
    func incomparable() throws {
        let base = try variant("a")
        let euros = try variant("b") { $0.currency = "EUR" }
        #expect(throws: IncomparablePlans.self) { try Comparison.commonYears([base, euros]) }
        let ports = try variant("b") { $0.capacityUnit = "port" }
        #expect(throws: IncomparablePlans.self) { try Comparison.commonYears([base, ports]) }
        let later = try variant("b") { $0.baseYear = 2030 }
        let failure = #expect(throws: IncomparablePlans.self) { try Comparison.commonYears([base, later]) }
        #expect(failure?.reason == "the plans have no year in common: a plans 2025, b plans 2031")
    }

    @Test("A variant without a plan leaves the others as they are", arguments: [0, 1, 2])
    func infeasible(place: Int) throws {
        let floor = Rule(name: "too much", measure: .investment, atLeast: .amount(100))
        var variants = [try variant("a"), try variant("b")]
        variants.insert(try variant("none", rules: [floor]), at: place)
        let plans = Planner(solver: GLPKSolver()).plans(of: variants.map(\.planningCase))
        let comparison = try Comparison(variants, plans: plans)
        guard case .impossible(let clash) = comparison.outcomes[place] else {
            Issue.record("\(comparison.outcomes[place].status)")
            return
        }
        #expect(clash.members.map(\.name).contains("too much"))
        #expect(comparison.changes.compactMap(\.self).count == (place == 0 ? 0 : 1))
        #expect(comparison.figures.map { $0 == nil } == (0..<3).map { $0 == place })
    }

    // MARK: Sums

    private func random(_ seed: UInt64) throws -> (base: Variant, other: Variant) {
        let inputs = RandomInputs(seed: seed, regions: 7, years: 3)
        var planned = try inputs.planningCase()
        planned.assumptions.objective.goals = [.return]
        planned.assumptions.budget = Budget(total: 2e6)
        var less = planned
        less.assumptions.budget.total = 5e5
        return (
            Variant(name: "base", planningCase: planned, table: inputs.table),
            Variant(name: "less", planningCase: less, table: inputs.table)
        )
    }

    @Test("Money moved adds up to the change of every total", arguments: UInt64(0)..<12)
    func sums(seed: UInt64) throws {
        let (base, other) = try random(seed)
        let comparison = try compared(base, other)
        let change = try change(in: comparison)
        let moves = (0..<change.regionCount).map(change.move(at:))
        let total = change.other.ledger.spending() - change.base.ledger.spending()
        let size = change.base.ledger.spending()
        func isClose(_ left: Double, _ right: Double) -> Bool { left.isClose(to: right, size: size) }
        #expect(isClose(moves.reduce(0) { $0 + $1.change }, total))
        #expect(isClose(change.gained - change.lost, total))
        for lever in Lever.allCases {
            let levers =
                change.other.ledger.spending(lever: lever) - change.base.ledger.spending(lever: lever)
            #expect(isClose(moves.reduce(0) { $0 + $1.change(lever) }, levers))
        }
        for year in 0..<3 {
            let planned = Year(year + 1)
            let years =
                change.other.ledger.spending(year: planned) - change.base.ledger.spending(year: planned)
            #expect(isClose(moves.reduce(0) { $0 + $1.change(year: year) }, years))
        }
        let returns = moves.reduce(0) { $0 + ($1.returns.other ?? 0) - ($1.returns.base ?? 0) }
        #expect(returns.isClose(to: change.other.added - change.base.added, size: abs(change.base.added)))
        #expect(Set(change.changed).isSubset(of: 0..<change.regionCount))
        for (place, move) in moves.enumerated() where abs(move.change) > 1e-5 * size {
            #expect(change.changed.contains(place))
        }
    }

    @Test("The tables hold what the changes say")
    func tables() throws {
        let (base, other) = try random(3)
        let comparison = try compared(base, other, base)
        func numbers(_ key: String, _ table: Table) throws -> [Double] {
            let column = try #require(table.columns.firstIndex { $0.key == key })
            return table.rows.compactMap { if case .number(let value?) = $0[column] { value } else { nil } }
        }
        let change = try change(in: comparison)
        let regions = comparison.table(by: .region)
        #expect(regions.rows.count == 14)
        let changes = try numbers("change", regions)
        #expect(changes.reduce(0, +).isClose(to: change.gained - change.lost))
        #expect(changes.suffix(7).allSatisfy { $0 == 0 })
        let years = comparison.table(by: .year)
        #expect(years.rows.count == 6)
        #expect(try numbers("change", years).reduce(0, +).isClose(to: change.gained - change.lost))
        let totals = comparison.table(by: .total)
        #expect(try numbers("change", totals).first.isClose(to: change.gained - change.lost))
        #expect(totals.rows.count == 2 * (comparison.figures[0]?.count ?? 0))
    }

    @Test("Any number of threads brings the same plans, in the order of the variants")
    func threads() throws {
        let variants = try (0..<5).map { try random(UInt64($0)).base }
        let one = Planner(solver: GLPKSolver(), threads: 1).plans(of: variants.map(\.planningCase))
        let many = Planner(solver: GLPKSolver(), threads: 4).plans(of: variants.map(\.planningCase))
        for (left, right) in zip(one, many) {
            let (left, right) = (try left.get(), try right.get())
            #expect(left.added == right.added)
            #expect(left.ledger.netPresentValue == right.ledger.netPresentValue)
        }
    }

    @Test("Plans that are cancelled are missing, and those that were done stay")
    func cancelled() throws {
        let variants = [try variant("a"), try variant("b"), try variant("c")]
        let done = CallCounter()
        let control = SolverControl(isCancelled: { done.count >= 1 })
        let plans = Planner(solver: GLPKSolver()).plans(of: variants.map(\.planningCase), control: control) {
            _ in
            _ = done.next()
        }
        let comparison = try Comparison(variants, plans: plans)
        #expect(comparison.outcomes.map(\.status) == ["optimal", "missing", "missing"])
        #expect(done.count == 3)
    }

    // MARK: Inputs

    @Test("Inputs are told by key, cells by column, listed where they are few")
    func inputs() throws {
        let many = (0..<9).map { RegionRow("R\($0)", growth: 0.1, [.adoptionCost: 5], tags: ["zone": "w"]) }
        let base = try variant("base", many) { $0.budget.total = 60 }
        var rows = many.map { row in
            var row = row
            row.numbers[.buildCost] = 2
            return row
        }
        rows[3].numbers[.users] = 90
        rows[4].tags["zone"] = "e"
        let rule = Rule(name: "cap", measure: .investment, atMost: .amount(7))
        let other = try variant("other", rows, rules: [rule]) {
            $0.budget = Budget(total: 30, yearly: [5])
            $0.growth = .logistic
        }
        let differences = InputDifferences(from: base, to: other)
        #expect(differences.items.map(\.key) == ["growth", "budget.total", "budget.yearly", "rule “cap”"])
        #expect(differences.items[1].base == .number(60, .money))
        #expect(differences.items[1].other == .number(30, .money))
        #expect(differences.items[2].base == .none)
        #expect(differences.columns.map(\.column) == [.users, .buildCost])
        let cell = try #require(differences.columns[0].cells.first)
        #expect(cell.region == "R3" && cell.base == 100 && cell.other == 90)
        #expect(differences.columns[0].cells.count == 1)
        #expect(differences.columns[1].regions == 9 && differences.columns[1].cells.isEmpty)
        #expect(differences.columns[1].factors == 0.5...0.5)
        #expect(differences.tags.map(\.name) == ["zone"] && differences.tags.first?.regions == 1)
        #expect(InputDifferences(from: base, to: base).isEmpty)
    }
}
