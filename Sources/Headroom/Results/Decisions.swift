import Foundation
public import LinearProgramming

/// What a plan decides, in numbers by region and year (model, 4).
///
/// Every array holds a number for each region and planning year, regions outermost: the entry for region `r` and year
/// `t` stands at `r · T + t − 1`.
public struct Decisions: Equatable, Sendable {
    public let years: Int
    /// `x[r,t]`, users.
    public var servedUsers: [Double]
    /// `b[r,k,t]` by technology, capacity units.
    public var newCapacity: [[Double]]
    /// `a[r,s,t]` by adoption step, users.
    public var wonUsers: [[Double]]
    /// `h[r,t]`, users.
    public var enrolledUsers: [Double]
    /// `v[r,t]`, users.
    public var tradingUsers: [Double]

    /// `f[l,t]` by link, capacity units, a number a planning year.
    public var linkFlow: [[Double]]
    /// `e[l,t]` by link, capacity units, a number a planning year.
    public var linkWidening: [[Double]]

    /// All zero, for every region, year, technology and step of a case.
    init(of planningCase: PlanningCase) {
        years = planningCase.assumptions.years
        let zeros = [Double](repeating: 0, count: planningCase.regions.count * years)
        servedUsers = zeros
        newCapacity = planningCase.technologies.map { _ in zeros }
        wonUsers = planningCase.assumptions.adoption.steps.map { _ in zeros }
        enrolledUsers = zeros
        tradingUsers = zeros
        let linkZeros = planningCase.links.map { _ in
            [Double](repeating: 0, count: planningCase.assumptions.years)
        }
        linkFlow = linkZeros
        linkWidening = linkZeros
    }

    func position(_ region: RegionIndex, _ year: Year) -> Int { region.position * years + year.ordinal - 1 }
}

// MARK: Doing nothing

extension Decisions {
    /// The plan of highest net present value with zero spending, where there are no links: serve whoever finds
    /// capacity, let trade whoever is enrolled already (model, 7).
    public static func doNothing(_ planningCase: PlanningCase) -> Decisions {
        var decisions = Decisions(of: planningCase)
        let regions = planningCase.regions
        for region in regions.indices {
            for year in planningCase.assumptions.planningYears {
                let served = planningCase.ownUsers(region, year)
                decisions.servedUsers[decisions.position(region, year)] = served
                decisions.tradingUsers[decisions.position(region, year)] =
                    planningCase.commerceRevenue(region) > 0 ? min(served, regions.creditUsers[region]) : 0
            }
        }
        return decisions
    }
}

// MARK: Reading a solution

extension Decisions {
    /// What of a column's size is rounding of the solver, not a decision.
    private static let noise = 1e-12

    /// Reads the decisions from a point of the program.
    public init(_ solution: Solution, of formulation: Formulation) {
        self.init(of: formulation.planningCase)
        func value(_ column: LinearProgram.Column) -> Double {
            let value = solution.columnValues[column.index]
            guard value > Self.noise * formulation.program.columnMagnitude[column.index] else { return 0 }
            let bounded = min(value, formulation.program.columnUpper[column.index])
            return formulation.program.columnIsInteger[column.index] ? bounded.rounded() : bounded
        }
        for region in formulation.planningCase.regions.indices {
            let block = formulation.blocks[region]
            for year in formulation.planningCase.assumptions.planningYears {
                let position = position(region, year)
                servedUsers[position] = value(block.servedUsers[year])
                for (technology, columns) in block.newCapacity.enumerated() {
                    let module = formulation.planningCase.technologies[technology].module ?? 1
                    newCapacity[technology][position] = module * (columns[year].map(value) ?? 0)
                }
                for (step, columns) in block.wonUsers.enumerated() {
                    wonUsers[step][position] = value(columns[year])
                }
                if !block.enrolledUsers.isEmpty { enrolledUsers[position] = value(block.enrolledUsers[year]) }
                if !block.tradingUsers.isEmpty { tradingUsers[position] = value(block.tradingUsers[year]) }
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
