import ArgumentParser
import Foundation
import HeadroomFiles

/// The plans that a command line asks to compare: several folders, or one under several sets of changes.
struct ComparedPlans {
    /// A plan, what it is called, and its changes.
    struct Request {
        var name: String
        var path: String
        var scenarios: [String] = []
        var changes = WhatIf()
    }

    struct Loaded {
        var name: String
        var loaded: LoadedPlan
    }

    private static let asItStands = "as it stands"

    private var requests: [Request] = []
    /// The folder whose scenarios are compared, all of them.
    private var folder: String?
    /// Changes made to every plan.
    private let common: WhatIf
    /// The same as they stand on the command line.
    let commonWords: [String]

    /// - Parameters:
    ///   - sets: Words behind the first `--`; each further one begins another set.
    /// - Throws: `ValidationError` where there is nothing to compare, or too much.
    init(paths: [String], allScenarios: Bool, changes: PlanChanges, sets: [String]) throws {
        common = changes.whatIf
        let hasSets = !sets.isEmpty
        // Scenarios beside each other are compared; below sets of changes, or of several folders, all have them.
        commonWords = (hasSets || paths.count > 1 ? changes : changes.withoutScenarios).words
        let unchanged = commonWords.isEmpty ? Self.asItStands : commonWords.joined(separator: " ")
        let ways = [paths.count > 1, allScenarios, hasSets].count { $0 }
        guard ways <= 1 else {
            throw ValidationError(
                "expected one of: several plans, --scenarios, or sets of changes behind -- of a single plan")
        }
        if paths.count > 1 {
            requests = Self.names(of: paths).map { Request(name: $0, path: $1, scenarios: changes.scenario) }
        } else if allScenarios {
            guard changes.scenario.isEmpty else {
                throw ValidationError(
                    "--scenarios compares all of them; leave it out to compare those of --scenario")
            }
            requests = [Request(name: unchanged, path: paths[0])]
            folder = paths[0]
        } else if hasSets {
            requests = try Self.split(sets).map {
                try Self.request($0, paths[0], on: changes.scenario, unchanged: unchanged)
            }
        } else {
            requests = changes.scenario.map { Request(name: $0, path: paths[0], scenarios: [$0]) }
            guard !requests.isEmpty else {
                throw ValidationError(
                    "expected something to compare the plan with: another plan, --scenarios, --scenario NAME, or "
                        + "changes behind a -- of their own, such as -- --budget -10%")
            }
        }
        if requests.count == 1, folder == nil {
            // Where scenarios lie below a set of changes, they lie below what it is held against too.
            let below = hasSets ? changes.scenario : []
            requests.insert(Request(name: unchanged, path: paths[0], scenarios: below), at: 0)
        }
    }

    /// The words between `--` and `--`.
    private static func split(_ words: [String]) -> [[String]] {
        words.split(separator: "--", omittingEmptySubsequences: false).map(Array.init)
    }

    private static func request(
        _ words: [String], _ path: String, on scenarios: [String], unchanged: String
    ) throws -> Request {
        do {
            let changes = try PlanChanges.parse(words)
            let quoted = words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
            let name = words.isEmpty ? unchanged : quoted.joined(separator: " ")
            return Request(
                name: name, path: path, scenarios: scenarios + changes.scenario, changes: changes.whatIf)
        } catch {
            let message = PlanChanges.message(for: error)
            let hint =
                message.hasPrefix("Unknown option")
                ? ". Behind -- stand changes to the plan alone; all other options, such as -o, stand before the first --"
                : ""
            throw ValidationError("behind --: \(message)\(hint)")
        }
    }

    /// Folders under as few of the last parts of their paths as tell them apart.
    private static func names(of paths: [String]) -> [(String, String)] {
        let last = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
        return Set(last).count == paths.count ? Array(zip(last, paths)) : Array(zip(paths, paths))
    }

    /// - Throws: As `LoadedPlan.init`, with all problems of all plans.
    func load() throws -> [Loaded] {
        var requests = requests
        if let folder {
            guard let scenarios = try Scenarios(ofPlan: folder) else {
                throw ExitStatus.commandLine.end(
                    "--scenarios: error: \(folder) has no scenarios, expected a plan folder with a "
                        + Scenarios.fileName)
            }
            requests += scenarios.all.map {
                Request(name: $0.name, path: folder, scenarios: [$0.name])
            }
            if scenarios.all.isEmpty, let problems = scenarios.problems { throw problems }
            guard !scenarios.all.isEmpty else {
                throw ExitStatus.commandLine.end(
                    "--scenarios: error: \(scenarios.path) has no scenarios to compare the plan with")
            }
        }
        requests.nameApart()
        var loaded: [Loaded] = []
        var problems: [Diagnostic] = []
        for request in requests {
            do {
                let plan = try LoadedPlan(
                    path: request.path, scenarios: request.scenarios, changes: common,
                    further: request.changes)
                loaded.append(Loaded(name: request.name, loaded: plan))
            } catch let invalid as InvalidFiles {
                problems += invalid.diagnostics.filter { !problems.contains($0) }
            }
        }
        guard problems.isEmpty else { throw InvalidFiles(diagnostics: problems.byPlace) }
        return loaded
    }
}

extension [ComparedPlans.Request] {
    /// Numbers those of a name that others before them have.
    fileprivate mutating func nameApart() {
        var taken: Set<String> = []
        for place in indices {
            let name = self[place].name
            var number = 2
            while !taken.insert(self[place].name).inserted {
                self[place].name = "\(name) (\(number))"
                number += 1
            }
        }
    }
}

extension PlanChanges {
    fileprivate var withoutScenarios: PlanChanges {
        var rest = self
        rest.scenario = []
        return rest
    }
}
