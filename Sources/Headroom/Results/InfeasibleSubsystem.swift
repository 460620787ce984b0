import Foundation

/// Why no plan is possible: the smallest set of rules, limits and budget that clash.
public struct InfeasibleSubsystem: Equatable, Sendable {
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

        /// The bound's key in the rule.
        public var key: String { (isLower ? PlanKey.ruleAtLeast : .ruleAtMost).name }

        /// `to` in six digits, rounded to the side where a plan exists, so that it can be typed in.
        public var safe: Rule.Bound {
            switch to {
            case .amount(let amount): .amount(max(0, InfeasibleSubsystem.rounded(amount, up: !isLower)))
            case .share(let share): .share(max(0, InfeasibleSubsystem.rounded(share, up: !isLower)))
            }
        }
    }

    /// To six digits, upwards or downwards but for a rounding error.
    static func rounded(_ value: Double, up: Bool) -> Double {
        guard value != 0 else { return value }
        let unit = pow(10, (log10(abs(value))).rounded(.down) - 5)
        let units = (value / unit + (up ? -1e-6 : 1e-6)).rounded(up ? .up : .down)
        // A power of ten below 1 is no number of the machine; its inverse is.
        return unit < 1 ? units / (1 / unit).rounded() : units * unit
    }

    /// Irreducible: without any one of them a plan exists.
    public var members: [Member]
    /// The smallest budget that would do, all its rows scaled together; nil where no budget would, or it takes no
    /// part.
    public var minimumBudget: Double?
    /// The least change of a bound of each clashing rule that alone would do.
    public var changes: [Change]
    /// What is wrong with a clashing rule by itself, a sentence each.
    public var causes: [String] = []
}
