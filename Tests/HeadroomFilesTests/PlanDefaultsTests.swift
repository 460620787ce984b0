import Foundation
import Headroom
import HeadroomFiles
import Testing

/// What sound plans are read as.
struct PlanDefaultsTests {
    @Test("A plan of the required keys alone has every default of the model")
    func defaults() throws {
        let files = try PlanFiles()
        let assumptions = try files.load().planningCase.assumptions
        #expect(assumptions.title == URL(fileURLWithPath: files.folder).lastPathComponent)
        #expect(assumptions.baseYear == 2024)
        #expect(assumptions.years == 3)
        #expect(assumptions.discountRate == 0.08)
        #expect(assumptions.currency == "money")
        #expect(assumptions.capacityUnit == "unit")
        #expect(assumptions.maxUtilization == 1)
        #expect(assumptions.growth == .exponential)
        #expect(assumptions.residualValue == .linear)
        #expect(assumptions.valuationYears == 0)
        #expect(assumptions.budget == Budget())
        #expect(assumptions.budget.isFree)
        #expect(assumptions.adoption == Adoption(steps: [.init(share: 1, costFactor: 1)], retention: 1))
        #expect(assumptions.creditWeights == [1, 1, 1, 1, 1])
        #expect(assumptions.objective.goals == [.return, .utilization])
        #expect(assumptions.objective.tolerance == 0.001)
        #expect(assumptions.objective.years == nil)
        #expect(assumptions.goalYears == [Year(3)])
    }

    @Test("Every key is read")
    func everyKey() throws {
        let plan = """
            title: "Ports: all"
            base_year: 2_020
            years: 4
            currency: CNY
            capacity_unit: port
            discount_rate: 0.05
            max_utilization: 85%
            growth: logistic
            residual_value: none
            valuation_years: 3
            regions: regions.csv
            budget:
              total: 6e9
              yearly: [1e9, 2_000_000_000, 3e9, 4e9]
              carry_over: yes
            adoption:
              retention: 90%
              steps:
                - {share: 30%, cost_factor: 1.5}
                - share: 0.4
                  cost_factor: 2
            credit:
              weights: {reputation: 5, reliability: 2, solvency: 0}
            objective:
              maximize: [served_users, return]
              tolerance: 2%
              years: [2022, 2023]
              minimum_spend: 40%
              gap: 1e-4

            """
        var expected = Assumptions(baseYear: 2020, years: 4, discountRate: 0.05)
        expected.title = "Ports: all"
        expected.currency = "CNY"
        expected.capacityUnit = "port"
        expected.maxUtilization = 0.85
        expected.growth = .logistic
        expected.residualValue = .none
        expected.valuationYears = 3
        expected.budget = Budget(total: 6e9, yearly: [1e9, 2e9, 3e9, 4e9], carryOver: true)
        expected.adoption = Adoption(
            steps: [.init(share: 0.3, costFactor: 1.5), .init(share: 0.4, costFactor: 2)], retention: 0.9)
        expected.creditWeights = [2, 1, 0, 1, 5]
        expected.objective = Objective(
            goals: [.servedUsers, .return], tolerance: 0.02, years: 2022...2023)
        expected.objective.minimumSpend = .share(0.4)
        expected.objective.gap = 1e-4
        let loaded = try PlanFiles(plan: plan).load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.assumptions == expected)
    }

    @Test(
        "One value may stand where a list may",
        arguments: [
            ("budget: {yearly: 5}", "budget: {yearly: [5, 5, 5]}"),
            ("objective: {maximize: utilization}", "objective: {maximize: [utilization]}"),
            ("objective: {years: 2026}", "objective: {years: [2026, 2026]}"),
            ("objective: {years: 2027}", "objective: {years: [2027]}"),
        ])
    func single(one: String, list: String) throws {
        var single = try PlanFiles(plan: PlanFiles.plan + "\(one)\n").load().planningCase
        let listed = try PlanFiles(plan: PlanFiles.plan + "\(list)\n").load().planningCase
        single.assumptions.title = listed.assumptions.title
        #expect(single == listed)
    }

    @Test(
        "Truth has the words of YAML",
        arguments: [
            ("true", true), ("True", true), ("yes", true), ("false", false), ("False", false), ("no", false),
        ])
    func flags(word: String, value: Bool) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "budget: {yearly: 1, carry_over: \(word)}\n")
        #expect(try files.load().planningCase.assumptions.budget.carryOver == value)
    }

    @Test("A quoted text stays what it is, digits or not")
    func quotedText() throws {
        let files = try PlanFiles(
            plan: PlanFiles.plan + "title: \"null\"\ncurrency: 2024\ncapacity_unit: 'a: b'\n")
        let assumptions = try files.load().planningCase.assumptions
        #expect(assumptions.title == "null")
        #expect(assumptions.currency == "2024")
        #expect(assumptions.capacityUnit == "a: b")
    }

    @Test("An empty region table column is the default of the model in every region")
    func regionDefaults() throws {
        let loaded = try PlanFiles(plan: PlanFiles.plan + "max_utilization: 70%\n").load()
        let regions = loaded.planningCase.regions
        #expect(regions.ids == ["a", "b", "c"])
        #expect(regions.names == regions.ids)
        #expect(regions.tags == [.init(name: "zone", values: ["west", "west", "east"])])
        #expect(regions.demandPerUser == [1, 1, 1])
        #expect(regions.demandGrowth == [0.05, 0.1, -0.02])
        #expect(regions.maxUtilization == [0.7, 0.7, 0.7])
        #expect(regions.buildCost == [700, 650, 900])
        for zeros in [
            regions.operatingCost, regions.useGrowth, regions.retirement, regions.commerceRevenuePerUser,
            regions.creditUsers,
        ] { #expect(zeros == [0, 0, 0]) }
        for free in [
            regions.potentialUsers, regions.adoptionCost, regions.yearlyBuildLimit, regions.creditCost,
        ] { #expect(free == [.infinity, .infinity, .infinity]) }
        #expect(regions.creditScore == [1, 1, 1])
    }

    @Test(
        "Empty cells are the column's default, given ones are read, and the cost factor stands beside the build cost"
    )
    func cells() throws {
        let table = """
            region,name,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,cost_factor,max_utilization,credit_rating,potential_users
            a,,100,200,100,0,1,700,, 50% ,,
             b , Bee ,100,200,150,0,1,700,2,,50%,1e3

            """
        let loaded = try PlanFiles(regions: table).load()
        let regions = loaded.planningCase.regions
        #expect(regions.ids == ["a", "b"])
        #expect(regions.names == ["a", "Bee"])
        #expect(regions.buildCost == [700, 700])
        #expect(regions.costFactor == [1, 2])
        let costs = regions.indices.map { loaded.planningCase.buildCost($0, 0) }
        #expect(costs == [700, 1400])
        #expect(regions.maxUtilization == [0.5, 1])
        #expect(regions.creditScore == [1, 0.9])
        #expect(regions.potentialUsers == [.infinity, 1000])
        #expect(regions.demandPerUser == [1, 0.5])
        #expect(loaded.table.number(.costFactor, 0) == nil)
        #expect(loaded.table.number(.costFactor, 1) == 2)
    }
}
