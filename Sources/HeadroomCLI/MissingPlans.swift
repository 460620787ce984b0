import Headroom

/// Of several plans those that were not found, for what is said once the others are written.
struct MissingPlans {
    /// How many there are with those that were found.
    var total: Int
    /// What each is, such as `variation`.
    var thing: String
    /// Those that are missing, each with what ended its search.
    var missing: [(name: String, error: any Error)]

    /// - Throws: Where any is missing: what ended the search, faults before what was asked for.
    func refuse() throws {
        guard let first = missing.first else { return }
        if let fault = missing.first(where: { !Self.isStop($0.error) }) {
            StandardError.write("headroom: no plan was found for \(fault.name)\n")
            throw fault.error
        }
        guard missing.count < total else { throw first.error }
        let isInterrupted = missing.contains { $0.error as? PlanningFailure == .cancelled }
        let names = missing.map(\.name).joined(separator: ", ")
        throw ExitStatus.timeLimit.end(
            "headroom: \(isInterrupted ? "interrupted" : "out of time") before \(missing.count) of \(total) "
                + "\(thing)s were done: \(names); what is written has the others")
    }

    /// Whether the user or the time limit ended the search.
    private static func isStop(_ error: any Error) -> Bool {
        [.cancelled, .stoppedWithoutPlan].contains(error as? PlanningFailure)
    }
}
