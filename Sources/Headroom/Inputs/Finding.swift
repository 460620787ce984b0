/// Something that is wrong, or looks wrong, with the inputs.
public struct Finding: Equatable, Sendable {
    public enum Severity: String, Sendable { case error, warning, note }

    /// Where in the inputs; whoever read the files knows the line.
    public enum Place: Hashable, Sendable {
        case plan(PlanKey)
        /// A column of the region table; the row counts from 0.
        case region(row: Int, column: RegionColumn)
        /// The region table as a whole.
        case regionTable
    }

    public var severity: Severity
    public var place: Place
    /// What was found and what was expected.
    public var message: String

    public init(_ severity: Severity, _ place: Place, _ message: String) {
        self.severity = severity
        self.place = place
        self.message = message
    }
}
