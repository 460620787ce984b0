/// A named set of changes to a plan, from the `scenarios.yaml` of its folder.
public struct Scenario: Sendable {
    /// Another scenario that this one is laid on.
    struct Base: Sendable {
        var name: String
        var location: SourceLocation
    }

    public var name: String
    /// What it stands for, in a line; nil where the file does not say.
    public var description: String?
    /// Its own changes, without those of the scenarios it is based on.
    public var changes = WhatIf()
    /// In the order in which they are applied, all before the scenario's own changes.
    var bases: [Base] = []
    var location: SourceLocation
    /// The keys that it is given by, in the order of the file.
    public internal(set) var keys: [String] = []
}

/// The keys of a scenario, each declared once.
enum ScenarioKey: String, CaseIterable {
    case description
    case basedOn = "based_on"
    case budget, years, goal, goals, gap, set, scale

    var meaning: String {
        switch self {
        case .description: "what it stands for, in a line"
        case .basedOn: "a scenario, or a list of them, whose changes come first"
        case .budget: "an amount, or a change such as -20%; all rows of the budget scale together"
        case .years: "planning years"
        case .goal: "what is maximised"
        case .goals: "the same in order of rank"
        case .gap: "relative gap at which a plan with whole modules is good enough"
        case .set: "keys of plan.yaml and their values, such as {discount_rate: 6%, budget.carry_over: false}"
        case .scale:
            "columns of the region table and what multiplies them, in all regions or in those with a tag"
        }
    }
}
