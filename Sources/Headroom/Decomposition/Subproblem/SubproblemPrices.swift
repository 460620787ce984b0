/// What a block maximises: `netPresentValue · NPV + Σ_m,t amounts[m,t] · measure[m,t]`.
///
/// A budget row's price enters with its minus sign: a unit of money that costs π is an amount of −π on spending.
/// One value serves all regions that take part in the same coupling rows.
struct SubproblemPrices: Sendable {
    /// The weight of NPV: 1 where the return is maximised, the price of the return's floor where another goal is.
    let netPresentValue: Double
    /// By measure and year, at `measure · T + t − 1`.
    let amounts: [Double]
    let table: SubproblemPriceTable

    init(_ shape: SubproblemShape, netPresentValue: Double = 1, amounts: [Double]) {
        precondition(amounts.count == shape.measures.count * shape.years, "an amount a measure and year")
        self.netPresentValue = netPresentValue
        self.amounts = amounts
        table = SubproblemPriceTable(shape, netPresentValue: netPresentValue, amounts)
    }
}

/// Prices by what they are charged on, summed over measures: what a block's objective is made from.
struct SubproblemPriceTable: Sendable {
    /// Rows of `T` numbers: users, use, revenue, adoption, credit, then by technology: money for building, capacity
    /// units built, operating cost.
    let numbers: [Double]
    private let years: Int

    /// A row's number for a year.
    subscript(row: Int, year: Int) -> Double { numbers[row &* years &+ year] }

    /// The rows that no technology multiplies.
    static let users = 0
    static let use = 1
    static let flow = 2
    static let adoption = 3
    static let credit = 4
    static func build(_ technology: Int) -> Int { 5 &+ 3 &* technology }
    static func built(_ technology: Int) -> Int { 6 &+ 3 &* technology }
    static func running(_ technology: Int) -> Int { 7 &+ 3 &* technology }

    init(_ shape: SubproblemShape, netPresentValue: Double, _ amounts: [Double]) {
        let years = shape.years
        var numbers = [Double](repeating: 0, count: (5 + 3 * shape.technologyCount) * years)
        for year in 0..<years {
            func add(_ row: Int, _ number: Double) { numbers[row * years + year] += number }
            add(Self.flow, netPresentValue * shape.flowWeight[year])
            add(Self.adoption, -netPresentValue * shape.discount[year])
            add(Self.credit, -netPresentValue * shape.discount[year])
            for (index, technology) in shape.technologies.enumerated() {
                add(Self.build(index), -netPresentValue * shape.payWeight[index * years + year])
                add(Self.running(index), -netPresentValue * shape.runWeight[index * years + year])
                let inService = technology.inService(paidIn: Year(year + 1), of: years)
                for (measure, counted) in shape.measures.enumerated() where counted.capacity != 0 {
                    let sum = inService.reduce(0) { $0 + amounts[measure * years + $1] }
                    add(Self.built(index), counted.capacity * sum)
                }
            }
            for (measure, counted) in shape.measures.enumerated() {
                let amount = amounts[measure * years + year]
                add(Self.users, counted.servedUsers * amount)
                add(Self.use, counted.usedCapacity * amount)
                add(Self.adoption, counted.adoptionSpending * amount)
                add(Self.credit, counted.creditSpending * amount)
                for technology in shape.technologies.indices {
                    add(Self.build(technology), counted.buildSpending[technology] * amount)
                    add(Self.built(technology), counted.newCapacity[technology] * amount)
                }
            }
        }
        self.numbers = numbers
        self.years = years
    }
}
