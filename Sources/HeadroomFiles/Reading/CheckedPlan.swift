public import Headroom

/// A plan that was read, and every scenario of its folder and every range of an assumption tried on it.
public struct CheckedPlan: Sendable {
    public var loaded: LoadedPlan
    public var scenarios: [Scenario]
    /// The ranges of assumptions that the plan gives.
    public var ranges: [FactorSettings]
    /// What there is to say of the plan and of its scenarios; an error would have been thrown.
    public var diagnostics: [Diagnostic]

    /// - Parameters: As those of `LoadedPlan`; `changes` lie on every scenario too.
    /// - Throws: `UnreadableFile` where a file of the plan is missing, `InvalidFiles` with all problems of the plan, of
    ///   the scenarios' file and of every scenario.
    public init(path: String, scenarios names: [String] = [], changes: WhatIf = WhatIf()) throws {
        let plan = Result { try LoadedPlan(path: path, scenarios: names, changes: changes) }
        var said = try plan.diagnostics()
        let file = try Scenarios(ofPlan: path)
        said.append(new: file?.diagnostics ?? [])
        for scenario in file?.all ?? [] {
            said.append(new: try scenario.diagnostics(of: path, changes, after: said))
        }
        ranges = []
        if !said.hasErrors {
            let loaded = try plan.get()
            ranges = try loaded.checkRanges(path, names, changes, &said)
            said.append(new: try Result { try loaded.outlineDiagnostics() }.orInvalid())
        }
        said = said.byPlace
        guard !said.hasErrors else { throw InvalidFiles(diagnostics: said) }
        loaded = try plan.get()
        scenarios = file?.all ?? []
        diagnostics = said
    }
}

extension LoadedPlan {
    /// The ranges that the plan gives, tried on it.
    fileprivate func checkRanges(
        _ path: String, _ scenarios: [String], _ changes: WhatIf, _ said: inout [Diagnostic]
    ) throws -> [FactorSettings] {
        guard !ranges.isEmpty else { return [] }
        do {
            let varied = try VariedPlan(
                path: path, scenarios: scenarios, changes: changes, self, .init(factors: ranges.map(\.factor))
            )
            said.append(new: varied.limits.map { Diagnostic(.note, $0.location, $0.text) })
            return varied.factors
        } catch let invalid as InvalidFiles {
            said.append(new: invalid.diagnostics)
            return []
        }
    }
}

extension Result<[Diagnostic], any Error> {
    /// - Throws: What is no problem of a file that was read.
    fileprivate func orInvalid() throws -> [Diagnostic] {
        do {
            return try get()
        } catch let invalid as InvalidFiles {
            return invalid.diagnostics
        }
    }
}

extension Result<LoadedPlan, any Error> {
    /// What there is to say of the plan.
    ///
    /// - Throws: What keeps the plan from being read at all.
    fileprivate func diagnostics() throws -> [Diagnostic] {
        do {
            return try get().diagnostics
        } catch let invalid as InvalidFiles {
            return invalid.diagnostics
        }
    }
}

extension Scenario {
    /// What there is to say of a plan under the scenario, beyond what is said of it already.
    fileprivate func diagnostics(
        of path: String, _ changes: WhatIf, after said: [Diagnostic]
    ) throws -> [Diagnostic] {
        let found: [Diagnostic]
        do {
            found = try Result { try LoadedPlan(path: path, scenarios: [name], changes: changes) }
                .diagnostics()
        } catch let missing as UnreadableFile {
            found = [Diagnostic(.error, location, "\(missing.path): \(missing.reason)")]
        }
        let known = Set(said)
        return found.filter { !known.contains($0) }.map { diagnostic in
            guard diagnostic.location.source != location.source else { return diagnostic }
            var diagnostic = diagnostic
            diagnostic.message += " (scenario `\(name)`)"
            return diagnostic
        }
    }
}

extension [Diagnostic] {
    /// Each problem once.
    fileprivate mutating func append(new diagnostics: [Diagnostic]) {
        let known = Set(self)
        self += diagnostics.filter { !known.contains($0) }
    }
}
