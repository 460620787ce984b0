import Foundation
internal import Headroom

/// The scenarios of a plan folder: named sets of changes, laid on each other.
public struct Scenarios: Sendable {
    /// What the file is called, beside `plan.yaml`.
    public static let fileName = "scenarios.yaml"

    /// As the user would name it.
    public let path: String
    /// In the order of the file; of those with a problem what could be read, so that the rest can be checked.
    public let all: [Scenario]
    /// What is wrong with the file.
    public let diagnostics: [Diagnostic]
    private let names: [String]

    /// Reads the scenarios of a plan.
    ///
    /// - Parameter plan: A plan folder or its `plan.yaml`; a bare region table has no scenarios.
    /// - Returns: Nil where the plan has none.
    /// - Throws: `UnreadableFile`.
    public init?(ofPlan plan: String) throws(UnreadableFile) {
        guard let path = Self.path(besidePlan: plan), FileManager.default.fileExists(atPath: path) else {
            return nil
        }
        self.init(try InputFile(path: path))
    }

    init(_ file: InputFile) {
        path = file.path
        let start = SourceLocation(file.path)
        guard let text = file.text else {
            (all, names) = ([], [])
            diagnostics = [Diagnostic(.error, start, file.faultOfText)]
            return
        }
        do throws(InvalidFiles) {
            let yaml = try YAMLReader(text, at: start)
            let reader = ScenarioReader(yaml.root)
            (all, names) = (reader.scenarios, reader.names)
            diagnostics = (yaml.diagnostics + reader.diagnostics).sorted {
                ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
            }
        } catch {
            (all, names) = ([], [])
            diagnostics = error.diagnostics
        }
    }

    /// What keeps the file from being used.
    public var problems: InvalidFiles? {
        diagnostics.hasErrors ? InvalidFiles(diagnostics: diagnostics) : nil
    }

    /// What keeps scenarios from being used that an option names; nil where nothing does.
    public static func problems(
        with names: [String], namedBy option: String, ofPlan plan: String
    ) throws(UnreadableFile) -> InvalidFiles? {
        let layers = try ScenarioLayers(names, namedBy: option, ofPlan: plan)
        return layers.diagnostics.hasErrors ? InvalidFiles(diagnostics: layers.diagnostics) : nil
    }

    /// Where the scenarios of a plan would stand; nil for a bare region table.
    private static func path(besidePlan plan: String) -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: plan, isDirectory: &isFolder) else { return nil }
        if isFolder.boolValue { return joined(plan, fileName) }
        let isPlan = ["yaml", "yml"].contains(URL(fileURLWithPath: plan).pathExtension)
        return isPlan ? joined(parent(of: plan), fileName) : nil
    }

    /// The changes of some scenarios, in the order in which they are made: what a scenario is based on before the
    /// scenario itself, and each scenario once, however many are based on it.
    ///
    /// - Returns: The changes, and an error for every name that is none; of a scenario that could not be read, and of
    ///   a file without any, `diagnostics` says enough.
    func layers(
        of chosenNames: [String], namedBy option: String = "--scenario"
    ) -> (layers: [WhatIf], diagnostics: [Diagnostic]) {
        let places = Dictionary(
            all.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var diagnostics: [Diagnostic] = []
        var chosen: [Int] = []
        for name in chosenNames {
            if let place = places[name] {
                chosen.append(place)
            } else if !names.contains(name), !self.diagnostics.hasErrors || !names.isEmpty {
                let option = SourceLocation.option("\(option) \(name)")
                diagnostics.append(Diagnostic(.error, option, Self.unknown(name, among: names, in: path)))
            }
        }
        let bases = all.map { $0.bases.compactMap { places[$0.name] } }
        return (LayerOrder(bases: bases).order(of: chosen).map { all[$0].changes }, diagnostics)
    }

    static func unknown(_ name: String, among known: [String], in path: String) -> String {
        let hint =
            closestName(to: name, among: known).map { "did you mean `\($0)`?" }
            ?? (known.isEmpty
                ? "\(path) has none" : "expected one of \(known.map { "`\($0)`" }.joined(separator: ", "))")
        return "no scenario is called `\(name)`; \(hint)"
    }
}

/// The order in which scenarios are laid on each other, each known by its place.
///
/// Without recursion: a chain may be as long as the file.
struct LayerOrder {
    /// By scenario: what it is based on.
    let bases: [[Int]]

    /// What each of some scenarios is based on before the scenario, each once; O(scenarios and bases).
    ///
    /// - Parameter onCycle: Told the scenarios that lead back to themselves, and which base of the last one does.
    func order(of chosen: [Int], onCycle: ([Int], Int) -> Void = { _, _ in }) -> [Int] {
        var order: [Int] = []
        var isEntered = [Bool](repeating: false, count: bases.count)
        var isOpen = isEntered
        var open: [(place: Int, next: Int)] = []
        func enter(_ place: Int) {
            isEntered[place] = true
            isOpen[place] = true
            open.append((place, 0))
        }
        for first in chosen where !isEntered[first] {
            enter(first)
            while let (place, next) = open.last {
                guard next < bases[place].count else {
                    order.append(place)
                    isOpen[place] = false
                    open.removeLast()
                    continue
                }
                open[open.count - 1].next += 1
                let base = bases[place][next]
                if isOpen[base] {
                    onCycle(open.map(\.place).drop { $0 != base }.map(\.self), next)
                } else if !isEntered[base] {
                    enter(base)
                }
            }
        }
        return order
    }
}

/// What the scenarios that were asked for change.
struct ScenarioLayers {
    private(set) var layers: [WhatIf] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The file, where it was read.
    private(set) var paths: [String] = []

    /// - Throws: `UnreadableFile`.
    init(
        _ names: [String], namedBy option: String = "--scenario", ofPlan path: String
    ) throws(UnreadableFile) {
        guard !names.isEmpty else { return }
        guard let scenarios = try Scenarios(ofPlan: path) else {
            diagnostics = names.map {
                Diagnostic(
                    .error, .option("\(option) \($0)"),
                    "\(path) has no scenarios, expected a plan folder with a \(Scenarios.fileName)")
            }
            return
        }
        paths = [scenarios.path]
        let chosen = scenarios.layers(of: names, namedBy: option)
        layers = chosen.layers
        diagnostics = scenarios.diagnostics + chosen.diagnostics
    }
}
