import Foundation
public import LinearProgramming

/// What a plan decides, in numbers by region and year (model, 4).
///
/// A lever that the plan does not have, or that a region does not use, takes no memory.
public struct Decisions: Equatable, Sendable {
    public let years: Int
    /// `x[r,t]`, users.
    public var servedUsers: YearlyAmounts
    /// `b[r,k,t]` by technology, capacity units.
    public var newCapacity: [YearlyAmounts]
    /// `a[r,s,t]` by adoption step, users.
    public var wonUsers: [YearlyAmounts]
    /// `h[r,t]`, users.
    public var enrolledUsers: YearlyAmounts
    /// `v[r,t]`, users.
    public var tradingUsers: YearlyAmounts

    /// `f[l,t]` by link, capacity units, a number a planning year.
    public var linkFlow: [[Double]]
    /// `e[l,t]` by link, capacity units, a number a planning year.
    public var linkWidening: [[Double]]

    /// All zero, for every region, year, technology and step of a case.
    init(of planningCase: PlanningCase) {
        years = planningCase.assumptions.years
        let none = YearlyAmounts(regionCount: planningCase.regions.count, years: years)
        servedUsers = none
        newCapacity = planningCase.technologies.map { _ in none }
        wonUsers = planningCase.assumptions.adoption.steps.map { _ in none }
        enrolledUsers = none
        tradingUsers = none
        let linkZeros = planningCase.links.map { _ in
            [Double](repeating: 0, count: planningCase.assumptions.years)
        }
        linkFlow = linkZeros
        linkWidening = linkZeros
    }
}

// MARK: Doing nothing

extension Decisions {
    /// The plan of highest net present value with zero spending, where there are no links: serve whoever finds
    /// capacity, let trade whoever is enrolled already (model, 7).
    public static func doNothing(_ planningCase: PlanningCase) -> Decisions {
        var decisions = Decisions(of: planningCase)
        var reader = AccountReader(AccountSource(doingNothingIn: planningCase))
        for region in planningCase.regions.indices {
            reader.load(region)
            let account = RegionAccount(reader)
            decisions.servedUsers.enter(account.servedUsers, of: region)
            decisions.tradingUsers.enter(account.tradingUsers, of: region)
        }
        return decisions
    }
}

// MARK: Reading a solution

extension Decisions {
    /// What of a column's size is rounding of the solver, not a decision.
    private static let noise = 1e-12

    /// Reads the decisions from a solution of the program.
    public init(_ solution: Solution, of formulation: Formulation) {
        self.init(at: solution.columnValues, of: formulation)
    }

    /// Reads the decisions from a point of the program, a value a column.
    init(at point: [Double], of formulation: Formulation) {
        self.init(of: formulation.planningCase)
        func value(_ column: LinearProgram.Column) -> Double {
            let value = point[column.index]
            guard value > Self.noise * formulation.program.columnMagnitude[column.index] else { return 0 }
            let bounded = min(value, formulation.program.columnUpper[column.index])
            return formulation.program.columnIsInteger[column.index] ? bounded.rounded() : bounded
        }
        for region in formulation.planningCase.regions.indices {
            let block = formulation.blocks[region]
            servedUsers.enter(block.servedUsers.map(value), of: region)
            for (technology, columns) in block.newCapacity.enumerated() {
                let module = formulation.planningCase.technologies[technology].module ?? 1
                newCapacity[technology].enter(
                    columns.map { module * ($0.map(value) ?? 0) }, of: region)
            }
            for (step, columns) in block.wonUsers.enumerated() {
                wonUsers[step].enter(columns.map(value), of: region)
            }
            if !block.enrolledUsers.isEmpty {
                enrolledUsers.enter(block.enrolledUsers.map(value), of: region)
            }
            if !block.tradingUsers.isEmpty {
                tradingUsers.enter(block.tradingUsers.map(value), of: region)
            }
        }
        for (link, columns) in formulation.linkColumns.enumerated() {
            linkFlow[link] = columns.flow.map(value)
            if !columns.widening.isEmpty { linkWidening[link] = columns.widening.map(value) }
        }
        netOppositeFlows(formulation.planningCase.links)
    }

    /// Of flows both ways between two regions only the difference is a decision (model, 5.4).
    private mutating func netOppositeFlows(_ links: [Link]) {
        for first in links.indices {
            for second in links.indices.dropFirst(first + 1)
            where links[first].from == links[second].to && links[first].to == links[second].from {
                for year in 0..<years {
                    let both = min(linkFlow[first][year], linkFlow[second][year])
                    linkFlow[first][year] -= both
                    linkFlow[second][year] -= both
                }
            }
        }
    }
}
