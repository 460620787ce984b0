import Headroom

/// The tables beside the region table: technologies, overrides, links.
struct PlanTables {
    private(set) var technologies: [Technology] = [.capacity]
    private(set) var overrides: [[RegionIndex: CostOverride]] = [[:]]
    private(set) var links: [Link] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether a technology table stands for the regions' build cost.
    private(set) var hasTechnologyTable = false

    /// Where each region stands; found when the first override or link asks.
    private lazy var positions = Dictionary(
        ids.enumerated().map { ($1, RegionIndex($0)) }, uniquingKeysWith: { first, _ in first })
    private let ids: [String]
    private let years: Int?

    /// - Parameter years: Planning years; nil where the plan does not say how many.
    init(_ table: RegionTable, years: Int?) {
        self.years = years
        ids = table.ids
    }

    // MARK: Technologies

    mutating func readTechnologies(_ file: InputFile) {
        let read = DeclaredTable<TechnologyColumn>(file)
        diagnostics += read.diagnostics
        hasTechnologyTable = true
        technologies = []
        for row in read.rows {
            let name = row.text(.technology)
            if technologies.contains(where: { $0.name == name }) {
                diagnostics.append(
                    Diagnostic(.error, row.location(.technology), "technology \(name) stands twice"))
                continue
            }
            technologies.append(technology(name, row))
        }
        overrides = technologies.map { _ in [:] }
        if technologies.isEmpty, read.diagnostics.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .error, SourceLocation(file.path), "the table has no technologies, expected at least one")
            )
        }
    }

    private mutating func technology(_ name: String, _ row: DeclaredTable<TechnologyColumn>.Row) -> Technology
    {
        var technology = Technology(
            name: name, buildCost: row.number(.buildCost) ?? 1, operatingCost: row.number(.operatingCost) ?? 0
        )
        technology.lifetime = row.number(.lifetime).map { Int($0) } ?? technology.lifetime
        technology.leadTime = row.number(.leadTime).map { Int($0) } ?? technology.leadTime
        technology.yearlyLimit = row.number(.yearlyLimit) ?? technology.yearlyLimit
        if let module = row.number(.module), module > 0 { technology.module = module }
        if let module = technology.module, technology.yearlyLimit < module {
            diagnostics.append(
                Diagnostic(
                    .note, row.location(.yearlyLimit),
                    "technology \(name) cannot be built: its yearly_limit \(technology.yearlyLimit) is below one module "
                        + "of \(module)"))
        }
        if let years, technology.leadTime >= years {
            diagnostics.append(
                Diagnostic(
                    .note, row.location(.leadTime),
                    "technology \(name) cannot be built: paid in the first planning year it is in service "
                        + "\(technology.leadTime) years later, after the horizon of \(years)"))
        }
        return technology
    }

    // MARK: Overrides

    mutating func readCosts(_ file: InputFile) {
        let read = DeclaredTable<CostColumn>(file)
        diagnostics += read.diagnostics
        for row in read.rows {
            let region = region(row.text(.region), at: row.location(.region))
            let name = row.text(.technology)
            let technology = technologies.firstIndex { $0.name == name }
            if technology == nil, !name.isEmpty {
                diagnostics.append(
                    unknown("technology", name, row.location(.technology), among: technologies.map(\.name)))
            }
            guard let region, let technology else { continue }
            if overrides[technology][region] != nil {
                diagnostics.append(
                    Diagnostic(
                        .error, row.location, "region \(row.text(.region)) and technology \(name) stand twice"
                    ))
            }
            overrides[technology][region] = CostOverride(
                buildCost: row.number(.buildCost), operatingCost: row.number(.operatingCost),
                yearlyLimit: row.number(.yearlyLimit), totalLimit: row.number(.totalLimit))
        }
    }

    /// Multiplies the build costs of the overrides of some regions, which no cost factor touches.
    mutating func scaleBuildCosts(by factor: Double, in regions: Set<RegionIndex>) {
        for technology in overrides.indices {
            for region in regions {
                guard let cost = overrides[technology][region]?.buildCost else { continue }
                overrides[technology][region]?.buildCost = cost * factor
            }
        }
    }

    /// Multiplies what the technologies cost to run.
    ///
    /// - Parameter regions: Nil: everywhere, else there by an override.
    mutating func scaleOperatingCosts(by factor: Double, in regions: Set<RegionIndex>?) {
        for technology in technologies.indices {
            let cost = technologies[technology].operatingCost ?? 0
            if regions == nil { technologies[technology].operatingCost = cost * factor }
            for region in regions ?? Set(overrides[technology].keys) {
                let own = overrides[technology][region]?.operatingCost
                guard let present = own ?? (regions == nil ? nil : cost) else { continue }
                overrides[technology][region, default: CostOverride()].operatingCost = present * factor
            }
        }
    }

    // MARK: Links

    mutating func readLinks(_ file: InputFile) {
        let read = DeclaredTable<LinkColumn>(file)
        diagnostics += read.diagnostics
        var fixed = 0
        var lines: [String: Int] = [:]
        for row in read.rows {
            let from = region(row.text(.from), at: row.location(.from))
            let to = region(row.text(.to), at: row.location(.to))
            guard let from, let to, let capacity = row.number(.capacity), let cost = row.number(.cost) else {
                continue
            }
            if from == to {
                diagnostics.append(
                    Diagnostic(.error, row.location(.to), "a link from \(row.text(.from)) to itself"))
                continue
            }
            let pair = "\(row.text(.from))>\(row.text(.to))"
            if let first = lines[pair] {
                diagnostics.append(
                    Diagnostic(
                        .warning, row.location,
                        "link \(pair) stands on line \(first) already; the two are added up"))
            }
            lines[pair] = lines[pair] ?? row.location.line
            let buildCost = row.number(.buildCost)
            if buildCost == nil { fixed += 1 }
            links.append(
                Link(
                    from: from, to: to, capacity: capacity, cost: cost, buildCost: buildCost ?? .infinity,
                    yearlyLimit: row.number(.yearlyLimit) ?? .infinity))
        }
        if fixed > 0, fixed < links.count || read.rows.contains(where: { $0.number(.yearlyLimit) != nil }) {
            diagnostics.append(
                Diagnostic(
                    .note, SourceLocation(file.path),
                    "\(fixed) of \(links.count) links cannot be widened: they have no build_cost"))
        }
    }

    private mutating func region(_ id: String, at place: SourceLocation) -> RegionIndex? {
        guard !id.isEmpty else { return nil }
        if let region = positions[id] { return region }
        diagnostics.append(unknown("region", id, place, among: ids))
        return nil
    }

    private func unknown(_ what: String, _ name: String, _ place: SourceLocation, among known: [String])
        -> Diagnostic
    {
        let hint = closestName(to: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
        return Diagnostic(.error, place, "unknown \(what) \(name)\(hint)")
    }
}
