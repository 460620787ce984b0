/// Why no plan is possible: the smallest set of rules, limits and budget that clash.
public struct Clash: Equatable, Sendable {
    /// Something that can be given up so that the others hold.
    public enum Member: Hashable, Sendable, CustomStringConvertible {
        case budget
        case minimumSpend
        /// By its place in the plan.
        case rule(index: Int, name: String)
        case yearlyBuildLimits
        case technologyLimits
        case linkLimits

        /// As a script knows it: the rule's own name.
        public var name: String {
            if case .rule(_, let name) = self { return name }
            return description
        }

        public var description: String {
            switch self {
            case .budget: "budget"
            case .minimumSpend: "minimum_spend"
            case .rule(_, let name): Rule.title(ofRuleNamed: name)
            case .yearlyBuildLimits: "yearly build limits of the regions"
            case .technologyLimits: "yearly and total limits of the technologies"
            case .linkLimits: "yearly limits of the links"
            }
        }
    }

    /// A rule's bound that would do, the rest being as it is.
    public struct Change: Equatable, Sendable {
        public var rule: String
        public var isLower: Bool
        public var from: Rule.Bound
        public var to: Rule.Bound
    }

    /// Irreducible: without any one of them a plan exists.
    public var members: [Member]
    /// The smallest budget that would do, all its rows scaled together; nil where no budget would, or it takes no
    /// part.
    public var minimumBudget: Double?
    /// The least change of each clashing rule that alone would do.
    public var changes: [Change]
}
