/// One way to spend money in a region.
public enum LeverOption: Hashable, Sendable {
    /// By the technology's place in the plan.
    case build(technology: Int)
    /// Counted from 0.
    case adoption(step: Int)
    /// Adding capacity to a link that ends in the region.
    case widening(link: Int)
    case credit

    public var lever: Lever {
        switch self {
        case .build: .build
        case .adoption: .adoption
        case .widening: .share
        case .credit: .credit
        }
    }
}

extension PlanningCase {
    /// What people call a way to spend.
    public func title(of option: LeverOption) -> String {
        switch option {
        case .build(let technology):
            technologies.count == 1 && technologies[0].name == Technology.capacity.name
                ? "build" : "build \(technologies[technology].name)"
        case .adoption(let step):
            assumptions.adoption.steps.count == 1 ? "adoption" : "adoption step \(step + 1)"
        case .widening(let link): "widen \(title(ofLink: link))"
        case .credit: "credit"
        }
    }
}
