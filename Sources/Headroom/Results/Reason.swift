/// Why a region gets what it gets, and no more.
public enum Reason: Hashable, Sendable, CustomStringConvertible {
    /// All who want service get it, and nobody is left to win.
    case allDemandMet
    /// More money would come here.
    case budget
    case buildLimit
    case adoptionExhausted
    /// A rule holds money back here, or sends it here.
    case rule(String)
    /// At today's cost no lever pays for the next user.
    case unprofitable
    /// The first goal is another than the return, and more money here would not serve it.
    case noGain

    public var description: String {
        switch self {
        case .allDemandMet: "all demand met"
        case .budget: "budget"
        case .buildLimit: "build limit"
        case .adoptionExhausted: "adoption exhausted"
        case .rule(let name): Rule.isUnnamed(name) ? name : "rule \(name)"
        case .unprofitable: "unprofitable"
        case .noGain: "no gain for the goal"
        }
    }

    /// Whether a description is that of a limit or rule of the plan, as apart from what money and profit allow.
    package static func namesLimit(_ description: String) -> Bool {
        let others: [Reason] = [.allDemandMet, .budget, .unprofitable, .noGain]
        return !description.isEmpty && !others.contains { $0.description == description }
    }
}
