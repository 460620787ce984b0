import Testing

@testable import LinearProgramming

/// Masters whose optimum is known by hand.
struct RestrictedMasterTests {
    /// One row of 5 units at prices in 0...100, and two sets of three plans each:
    /// nothing, 3 units for 9 and 6 units for 12; nothing, 2 units for 8 and 4 units for 10.
    private func twoSets(budget: Double = 5, lower: Double = 0, upper: Double = 100) -> RestrictedMaster {
        var master = RestrictedMaster(rightHandSide: [budget], lower: [lower], upper: [upper])
        for plans in [[(9.0, 3.0), (12, 6)], [(8, 2), (10, 4)]] {
            let (set, _) = master.addSet(value: 0, entries: [0])
            for (value, cost) in plans { _ = master.addColumn(to: set, value: value, entries: [cost]) }
        }
        return master
    }

    @Test("The budget goes where a unit brings most, and its price is what the last one brings")
    func knapsack() {
        var master = twoSets(budget: 6)
        let solution = master.solve()
        // Both sets take their small plan for 17; the sixth unit brings 1, in either of them.
        #expect(solution.isOptimal)
        #expect(solution.objective == 18)
        #expect(solution.bound == 18)
        #expect(solution.prices == [1])
        #expect(solution.setPrices == [6, 6])
        #expect(solution.mixed.map(\.set).allSatisfy { $0 == solution.mixed[0].set })
        #expect(solution.mixed.reduce(0) { $0 + $1.weight } == 1)
        #expect(!solution.usesBox)
    }

    @Test("A box column is used where the row's own price lies outside the box")
    func box() {
        var master = twoSets(budget: 4, lower: 0, upper: 2)
        // Alone the row's price is 3; at 2 it pays to buy the fifth unit.
        var solution = master.solve()
        #expect(solution.objective == 17 - 2)
        #expect(solution.columnValue == 17)
        #expect(solution.relaxed == [1])
        #expect(solution.sold == [0])
        #expect(solution.usesBox)
        master.setBox(lower: [3.5], upper: [5])
        // Now a unit is worth selling where it brings 3, so one set does without.
        solution = master.solve()
        #expect(solution.objective == 8 + 2 * 3.5)
        #expect(solution.sold == [2])
        #expect(solution.prices == [3.5])
        #expect(solution.usesBox)
        master.setBox(lower: [0], upper: [100])
        solution = master.solve()
        #expect(solution.objective == 14)
        #expect(solution.prices == [3])
        #expect(!solution.usesBox)
    }

    @Test("What is left over at the price 0 is no use of the box")
    func slack() {
        var master = twoSets(budget: 50)
        let solution = master.solve()
        #expect(solution.objective == 22)
        #expect(solution.sold == [40])
        #expect(solution.prices == [0])
        #expect(!solution.usesBox)
    }

    @Test("A box of negative prices makes a row a minimum, one around 0 an equation")
    func signs() {
        // Plans cost money and bring nothing else: at least 3 units, 3 units exactly.
        for (lower, upper) in [(-10.0, 0.0), (-10, 10)] {
            var master = RestrictedMaster(rightHandSide: [3], lower: [lower], upper: [upper])
            let (set, _) = master.addSet(value: 0, entries: [0])
            _ = master.addColumn(to: set, value: -8, entries: [4])
            let solution = master.solve()
            #expect(solution.objective == -6)
            #expect(solution.prices == [-2])
            #expect(!solution.usesBox)
        }
    }

    @Test("A row whose box has no width binds nobody: what is taken of it is charged")
    func freeRow() {
        // The second set's plans take 1 and 5 of it: at 2 the larger one brings nothing any more.
        var master = RestrictedMaster(rightHandSide: [6, 0], lower: [0, 2], upper: [100, 2], freeRows: [1])
        for plans in [[(9.0, 3.0, 0.0), (12, 6, 0)], [(8, 2, 1), (10, 4, 5)]] {
            let (set, _) = master.addSet(value: 0, entries: [0, 0])
            for (value, cost, other) in plans {
                _ = master.addColumn(to: set, value: value, entries: [cost, other])
            }
        }
        let solution = master.solve()
        #expect(solution.prices == [1, 2])
        #expect(solution.objective == 9 + 8 - 2 + 1)
        #expect(solution.relaxed == [0, 1])
        #expect(!solution.usesBox)
        // What the second row takes is now taken of the first one too: of 6 units none is left over.
        master.add(1, times: 1, to: 0)
        #expect(master.solve().objective == 9 + 8 - 2)
    }

    @Test("Right-hand sides may become impossible; then relaxing fills the gap, and back again")
    func rightHandSide() {
        var master = twoSets(budget: 6)
        let first = master.solve()
        master.setRightHandSide([-2])
        let short = master.solve()
        #expect(short.isOptimal)
        #expect(short.objective == -200)
        #expect(short.relaxed == [2])
        #expect(short.prices == [100])
        master.setRightHandSide([6])
        #expect(master.solve().objective == first.objective)
    }

    @Test("A saved basis leads back without a step")
    func restore() {
        var master = twoSets(budget: 5, lower: 0.5, upper: 2)
        let first = master.solve()
        let saved = master.basis
        master.setBox(lower: [0], upper: [100])
        master.setRightHandSide([1])
        _ = master.solve()
        master.setBox(lower: [0.5], upper: [2])
        master.setRightHandSide([5])
        master.restore(saved)
        let again = master.solve()
        #expect(again.steps == 0)
        #expect(again.objective == first.objective)
        #expect(again.keyColumns == first.keyColumns)
    }

    @Test("A saved basis keeps its columns through a removal, and leads back")
    func restoreAfterRemoval() {
        var master = twoSets(budget: 5, lower: 0.5, upper: 2)
        let first = master.solve()
        let saved = master.basis
        master.setRightHandSide([1])
        for _ in 0..<5 { _ = master.solve() }
        _ = master.removeColumns(unusedFor: 1, keeping: [saved])
        master.setRightHandSide([5])
        master.restore(saved)
        let again = master.solve()
        #expect(again.steps == 0)
        #expect(again.objective == first.objective)
    }

    @Test("A focus sets aside what is far from its prices, until the next one takes it back")
    func focus() {
        var master = twoSets(budget: 3)
        let best = master.solve()
        let column = master.addColumn(to: 0, value: -1e6, entries: [0])
        let another = master.addColumn(to: 0, value: -2e6, entries: [0])
        master.focus(on: [best.prices])
        #expect(!master.columns(of: 0).contains(column) && !master.columns(of: 0).contains(another))
        #expect(master.solve().objective == best.objective)
        master.focus(on: [[1e9]])
        // At such a price whatever takes nothing is best.
        #expect(master.columns(of: 0).contains(column))
        #expect(master.solve().objective == best.objective)
    }

    @Test("Columns unused for long are removed, and their places taken again")
    func removal() {
        // The second set takes its small plan; the third unit buys a third of the first set's.
        var master = twoSets(budget: 3)
        #expect(master.solve().objective == 11)
        _ = master.solve()
        #expect(master.removeColumns(unusedFor: 3).isEmpty)
        let removed = master.removeColumns(unusedFor: 2)
        #expect(removed == [2, 3, 5])
        #expect(master.solve().objective == 11)
        #expect(removed.contains(master.addColumn(to: 0, value: 30, entries: [6])))
        #expect(master.solve().objective == 13)
    }

    @Test("Without rows every set takes its best column, and without sets nothing is worth anything")
    func empty() {
        var master = RestrictedMaster(rightHandSide: [], lower: [], upper: [])
        #expect(master.solve().objective == 0)
        for set in 0..<3 {
            _ = master.addSet(value: 1, entries: [])
            _ = master.addColumn(to: set, value: Double(set), entries: [])
        }
        #expect(master.solve().objective == 1 + 1 + 2)
        var rows = RestrictedMaster(rightHandSide: [2, -1], lower: [1, 0], upper: [3, 4])
        #expect(rows.solve().objective == 2 * 1 - 1 * 4)
    }

    @Test("A limit on steps ends the search at a feasible point with an honest bound")
    func stepLimit() {
        var master = twoSets(budget: 6)
        #expect(master.solve().objective == 18)
        _ = master.addColumn(to: 1, value: 20, entries: [3])
        let solution = master.solve(settings: MasterSettings(stepLimit: 0))
        #expect(!solution.isOptimal)
        #expect(solution.objective == 18)
        #expect(solution.bound >= 29)
        #expect(solution.check.rowViolation == 0)
        #expect(master.solve().objective == 29)
    }

    @Test("Columns that all equal each other hold no solve up")
    func ties() {
        var master = RestrictedMaster(
            rightHandSide: [10, 10, 10], lower: [0, 0, 0], upper: [50, 50, 50])
        for _ in 0..<40 {
            let (set, _) = master.addSet(value: 0, entries: [0, 0, 0])
            for _ in 0..<5 { _ = master.addColumn(to: set, value: 1, entries: [1, 1, 1]) }
        }
        let solution = master.solve()
        #expect(solution.isOptimal)
        #expect(abs(solution.objective - 10) < 1e-12)
        #expect(solution.check.worst < 1e-12)
    }
}
