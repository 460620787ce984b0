import Foundation
public import Headroom

/// A plan read from the disk.
public struct LoadedPlan: Sendable {
    public var planningCase: PlanningCase
    /// The region table as it stands in the file, what-if changes applied.
    public var table: RegionTable
    /// Warnings and notes; an error would have been thrown.
    public var diagnostics: [Diagnostic]
    /// The files that the plan was read from.
    public var inputs: [String]
    /// Every input with its unit and where it comes from; see `InputRecord`.
    public var records: [InputRecord]
    /// How far assumptions may be off, where the plan says so.
    public var ranges: [FactorRange]

    /// Whether a path names one of the files that the plan was read from.
    public func isInput(_ path: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return (inputs + [outlinesPath].compactMap(\.self)).contains { resolved($0) == resolved(path) }
    }
}

extension LoadedPlan {
    /// Reads a plan folder, its `plan.yaml`, or a bare region table, and applies what-if changes.
    ///
    /// - Parameters:
    ///   - path: As the user named it; messages begin with it.
    ///   - scenarios: Names of scenarios of the folder, each laid on those before it.
    ///   - changes: Laid on all of them.
    ///   - further: Laid on top.
    /// - Throws: `UnreadableFile` where a file is missing, `InvalidFiles` with all problems of all files.
    public init(
        path: String, scenarios: [String] = [], changes: WhatIf = WhatIf(), further: WhatIf = WhatIf()
    ) throws {
        var folder = try PlanFolder(path)
        let scenarios = try ScenarioLayers(scenarios, ofPlan: path)
        let layers = scenarios.layers + [changes, further]
        var diagnostics = scenarios.diagnostics
        for layer in layers { diagnostics += layer.apply(to: &folder.plan) }
        var reader = PlanReader(folder.plan)
        let assumptions = reader.assumptions(defaultTitle: folder.title)
        diagnostics += folder.diagnostics
        let regionsPath = try folder.regionsPath(&reader)
        if folder.isPlanRead { diagnostics += reader.diagnostics }
        let mappings = reader.columnMappings()
        let regions = try folder.regions(at: regionsPath, mappings, after: diagnostics)
        diagnostics += regions.diagnostics
        let (readTables, tablePaths) = try folder.tables(
            &reader, regions.table, years: assumptions.years)
        var scaled = ScaledColumns(regions.table, readTables, assumptions)
        let scalings = layers.flatMap(\.scalings)
        for scaling in scalings { scaled.apply(scaling) }
        let (table, tables) = (scaled.table, scaled.tables)
        diagnostics += scaled.diagnostics
        let rules = reader.rules()
        ranges = reader.ranges()
        if folder.isPlanRead { diagnostics += reader.diagnostics }
        let inputs = [folder.plan.location.source, regionsPath] + tablePaths + scenarios.paths
        if folder.isPlanRead { diagnostics += folder.passedOver(inputs) }
        diagnostics += tables.diagnostics
        diagnostics += rules.flatMap { rule, item in
            findings(in: rule, table, assumptions, technologies: tables.technologies).compactMap { finding in
                // Without the plan's own horizon there is nothing to hold years against.
                if finding.key == .ruleYears, !reader.hasHorizon { return nil }
                let place = item.value(of: finding.key.name)?.location ?? item.location
                return Diagnostic(finding.severity, place, "\(rule.title): \(finding.message)")
            }
        }
        // A table without a region, of which that is said already, has nothing to check.
        if table.count > 0 || !regions.diagnostics.hasErrors {
            let placed = PlacedFindings(
                plan: folder.plan, reader: reader, regions: regions, regionsPath: regionsPath,
                scalings: scalings)
            diagnostics += placed.diagnostics(in: table, assumptions, tables.hasTechnologyTable)
        }
        diagnostics = diagnostics.inOrder(regionsPath)
        guard !diagnostics.hasErrors else { throw InvalidFiles(diagnostics: diagnostics) }
        planningCase = PlanningCase(assumptions: assumptions, regions: Regions(table, assumptions))
        planningCase.technologies = tables.technologies
        planningCase.overrides = tables.overrides
        planningCase.links = tables.links
        planningCase.rules = rules.map(\.rule)
        self.table = table
        self.diagnostics = diagnostics
        self.inputs = inputs
        records =
            InputRecord.ofPlan(folder.plan, assumptions)
            + InputRecord.ofRegions(
                table, regions.headers, file: regionsPath, scalings: scalings, assumptions)
    }
}

/// The files of a plan, found but for the region table.
private struct PlanFolder {
    var plan: PlanNode
    var title: String
    var diagnostics: [Diagnostic] = []
    /// Whether `plan` is what the file says: of a file that is no YAML there is no more to say, not even what it
    /// lacks.
    private(set) var isPlanRead = true
    /// Where names in the plan are looked up; nil for a bare region table.
    private var folder: String?
    private let path: String

    init(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw UnreadableFile(path: path, reason: "no such file or folder")
        }
        self.path = path
        let name = URL(fileURLWithPath: path).lastPathComponent
        if !isFolder.boolValue, !["yaml", "yml"].contains(URL(fileURLWithPath: path).pathExtension) {
            title = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            plan = PlanNode(content: .nothing, location: SourceLocation(path))
            assumeDefaults()
            return
        }
        folder = isFolder.boolValue ? path : parent(of: path)
        title =
            isFolder.boolValue
            ? name : URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
        let file = try InputFile(path: isFolder.boolValue ? joined(path, "plan.yaml") : path)
        plan = PlanNode(content: .nothing, location: SourceLocation(file.path))
        read(file)
    }

    private mutating func read(_ file: InputFile) {
        do throws(InvalidFiles) {
            guard let text = file.text else {
                throw InvalidFiles(diagnostics: [
                    Diagnostic(.error, plan.location, file.faultOfText)
                ])
            }
            let yaml = try YAMLReader(text, at: plan.location)
            plan = yaml.root
            diagnostics += yaml.diagnostics
        } catch {
            isPlanRead = false
            diagnostics += error.diagnostics
        }
    }

    /// A bare table says nothing of horizon and money: these stand until an option says otherwise.
    private mutating func assumeDefaults() {
        let assumed: [(PlanKey, String)] = [(.baseYear, "0"), (.years, "5"), (.discountRate, "8%")]
        for (key, value) in assumed {
            let node = PlanNode(content: .scalar(value), location: .option("\(path)"))
            plan.set([key.path], to: node, from: node.location)
        }
        diagnostics.append(
            Diagnostic(
                .note, SourceLocation(path),
                "a table without plan.yaml: base year 0, 5 years, discount rate 8 % and the other assumptions' defaults "
                    + "hold where no option (--years, --set discount_rate=6%) says otherwise; headroom check shows them"
            ))
    }

    /// Reads the tables beside the region table, where the plan names them or they stand under their own names.
    ///
    /// - Throws: `UnreadableFile` where a named one is missing.
    func tables(
        _ reader: inout PlanReader, _ regions: RegionTable, years: Int
    ) throws -> (PlanTables, paths: [String]) {
        var tables = PlanTables(regions, years: reader.hasHorizon ? years : nil)
        var paths: [String] = []
        guard let folder else { return (tables, []) }
        for key in [PlanKey.technologies, .costs, .links] {
            let named = reader.text(key)
            let path = joined(folder, named ?? "\(key.path).csv")
            guard named != nil || FileManager.default.fileExists(atPath: path) else { continue }
            let file = try InputFile(path: path)
            paths.append(path)
            switch key {
            case .technologies: tables.readTechnologies(file)
            case .costs: tables.readCosts(file)
            default: tables.readLinks(file)
            }
        }
        return (tables, paths)
    }

    /// Files beside the plan that look like one of its tables and are not read.
    ///
    /// - Parameter inputs: The files that are read.
    func passedOver(_ inputs: [String]) -> [Diagnostic] {
        guard let folder,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        else { return [] }
        let read = Set(inputs.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path })
        return names.sorted().compactMap { name in
            let path = joined(folder, name)
            guard !read.contains(URL(fileURLWithPath: path).resolvingSymlinksInPath().path) else {
                return nil
            }
            if isLikelyScenarios(name) {
                return Diagnostic(
                    .warning, SourceLocation(path),
                    "the file is not read; name it `\(Scenarios.fileName)`, if it is meant to be")
            }
            guard let table = table(likelyIn: name) else { return nil }
            return Diagnostic(
                .warning, SourceLocation(path),
                "the file is not read; name it `\(table).csv`, or write `\(table): \(name)` in plan.yaml, "
                    + "if it is meant to be")
        }
    }

    /// The table that a file's name seems to stand for, misspelt or in the singular.
    private func table(likelyIn name: String) -> String? {
        let url = URL(fileURLWithPath: name)
        guard ["csv", "tsv", "txt", "xlsx", "xls"].contains(url.pathExtension.lowercased()) else {
            return nil
        }
        let tables = [PlanKey.regions, .technologies, .costs, .links].map(\.path)
        let singulars = ["region", "technology", "cost", "link"]
        let stem = url.deletingPathExtension().lastPathComponent
        guard let close = closestName(to: stem, among: tables + singulars) else { return nil }
        return singulars.firstIndex(of: close).map { tables[$0] } ?? close
    }

    /// Whether a file seems to be meant for the scenarios, which have one name only.
    private func isLikelyScenarios(_ name: String) -> Bool {
        let url = URL(fileURLWithPath: name)
        guard name != Scenarios.fileName, ["yaml", "yml"].contains(url.pathExtension.lowercased()) else {
            return false
        }
        return closestName(to: url.deletingPathExtension().lastPathComponent, among: ["scenarios"]) != nil
    }

    func regionsPath(_ reader: inout PlanReader) throws -> String {
        guard let folder else { return path }
        return joined(folder, reader.text(.regions) ?? "regions.csv")
    }

    /// Reads the region table.
    ///
    /// - Throws: `UnreadableFile`, or `InvalidFiles` where errors were found before, so that they are not lost.
    func regions(
        at path: String, _ mappings: ColumnMappings, after diagnostics: [Diagnostic]
    ) throws -> RegionTableReader {
        do throws(UnreadableFile) {
            return RegionTableReader(try InputFile(path: path), mappings: mappings)
        } catch {
            guard diagnostics.hasErrors else { throw error }
            // A plan that could not be read may name another table.
            let missing = isPlanRead ? [Diagnostic(.error, SourceLocation(path), error.reason)] : []
            throw InvalidFiles(diagnostics: (diagnostics + missing).inOrder(path))
        }
    }
}

/// A path below a folder, as a person would write it.
func joined(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}

/// The folder that a path lies in; empty for the present one.
func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
}

/// Finds the places of findings in the files, or the options that brought them.
private struct PlacedFindings {
    let plan: PlanNode
    let reader: PlanReader
    let regions: RegionTableReader
    let regionsPath: String
    let scalings: [WhatIf.Scaling]

    func diagnostics(
        in table: RegionTable, _ assumptions: Assumptions, _ hasTechnologies: Bool
    ) -> [Diagnostic] {
        let found = findings(in: table, assumptions, hasTechnologies: hasTechnologies)
        guard !scalings.isEmpty else { return found.compactMap(diagnostic) }
        // What the numbers of the file do not bring, the scaled ones do.
        let inFile = Set(
            findings(in: regions.table, assumptions, hasTechnologies: hasTechnologies).map(\.place))
        return found.compactMap {
            inFile.contains($0.place)
                ? diagnostic($0) : Diagnostic($0.severity, scalingLocation($0.place), $0.message)
        }
    }

    /// What made a number wrong that the file has right: all options together, or a place in a file of scenarios.
    private func scalingLocation(_ place: Finding.Place) -> SourceLocation {
        let inFiles = scalings.filter { !$0.location.isOption }
        guard let last = inFiles.last else {
            return .option(scalings.map(\.location.source).joined(separator: " "))
        }
        guard case .region(_, let column) = place else { return last.location }
        return inFiles.last { $0.column == column.header }?.location ?? last.location
    }

    /// - Returns: Nil where the finding only follows from what is reported already.
    private func diagnostic(_ finding: Finding) -> Diagnostic? {
        switch finding.place {
        case .plan(let key):
            if !reader.hasHorizon, [.budgetYearly, .objectiveYears].contains(key) { return nil }
            return Diagnostic(finding.severity, (reader.node(of: key) ?? plan).location, finding.message)
        case .region(let row, let column):
            let place = regions.location(row: row, column: column)
            return regions.malformed.contains(place)
                ? nil : Diagnostic(finding.severity, place, finding.message)
        case .regionTable:
            return regions.message(of: finding).map {
                Diagnostic(finding.severity, SourceLocation(regionsPath), $0)
            }
        }
    }
}

extension Diagnostic {
    /// Options first, then the files one after the other from top to bottom, the region table last.
    fileprivate func order(_ regionsPath: String) -> (Int, String, Int, Int) {
        if location.isOption { return (0, "", 0, 0) }
        return (location.source == regionsPath ? 2 : 1, location.source, location.line, location.column)
    }
}

extension [Diagnostic] {
    var hasErrors: Bool { contains { $0.severity == .error } }

    /// Each problem once, as `Diagnostic.order`.
    fileprivate func inOrder(_ regionsPath: String) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return filter { seen.insert($0).inserted }.sorted { $0.order(regionsPath) < $1.order(regionsPath) }
    }
}
