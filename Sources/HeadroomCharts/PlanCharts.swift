public import Headroom

extension Lever {
    /// The colour of what is spent on it, the same in every chart.
    package var paint: Paint {
        switch self {
        case .build: .series1
        case .adoption: .series2
        case .share: .series3
        case .credit: .series4
        }
    }
}

extension Assumptions {
    var firstYear: Int { baseYear + 1 }
    var lastYear: Int { baseYear + years }
    /// `2024–2028`, or `2024`.
    var yearsText: String { years == 1 ? "\(firstYear)" : "\(firstYear)–\(lastYear)" }
}

extension Chart {
    /// Most regions that are shown one by one; of more only the largest are.
    public static let mostRegions = 40

    /// Where the money goes: investment by region and lever, the largest first.
    ///
    /// - Parameters:
    ///   - tag: Sums up by the values of a column of the region table, such as `zone`.
    ///   - largest: How many are shown by name; the others are one bar, or, where that would dwarf all others, told
    ///     below.
    /// - Returns: Nil where there is no such column.
    public static func allocation(_ plan: Plan, by tag: String? = nil, largest: Int = mostRegions) -> Chart? {
        guard let groups = RegionGroups(plan, by: tag) else { return nil }
        let assumptions = plan.planningCase.assumptions
        let measure = Measure("Investment", .money(assumptions.currency))
        let ranked = groups.all.filter { $0.figures.investment > 0 }.rankedByInvestment
        let without = groups.all.count - ranked.count
        let shown = ranked.prefix(largest)
        var rows = shown.map { ($0.name, $0.figures.spending) }
        var notes: [String] = []
        let rest = ranked.dropFirst(largest).map(\.figures.spending)
        if !rest.isEmpty {
            let sums = rest.reduce(into: LeverAmounts()) { sums, one in
                for lever in Lever.allCases { sums[lever] += one[lever] }
            }
            let name = "\(FigureText.count(rest.count)) other \(groups.plural)"
            if sums.total <= 3 * (shown.first?.figures.investment ?? 0) {
                rows.append((name, sums))
            } else {
                notes.append(
                    "Not shown: \(name) with \(measure.text(sums.total)), \(FigureText.percent(sums.total / plan.figures.investment)) of all."
                )
            }
        }
        if without > 0 {
            notes.append(
                "Without investment: \(FigureText.count(without)) \(groups.plural).")
        }
        let levers = Lever.allCases.filter { plan.figures.spending[$0] > 0 }
        let most = shown.prefix(3).map { "\($0.name) (\(FigureText.amount($0.figures.investment)))" }
        return Chart(
            "allocation", title: "Investment by \(groups.singular) and lever, \(assumptions.yearsText)",
            subtitle: assumptions.title,
            description: "Stacked bars: \(measure.text(plan.figures.investment)) in all"
                + (most.isEmpty ? "." : ", most in \(most.joined(separator: ", "))."),
            notes: notes,
            Bars(
                measure: measure, namesTitle: groups.title, names: rows.map(\.0),
                series: levers.map { Series(title: $0.title, paint: $0.paint) },
                values: rows.map { row in levers.map { row.1[$0] } }))
    }

    /// Spending by year and lever.
    public static func years(_ plan: Plan) -> Chart {
        let assumptions = plan.planningCase.assumptions
        let measure = Measure("Investment", .money(assumptions.currency))
        let spending = plan.ledger.totals.spending
        let levers = Lever.allCases.filter { lever in spending.contains { $0[lever] > 0 } }
        let years = assumptions.planningYears.map { String(assumptions.calendarYear($0)) }
        let said = zip(years, spending).map { "\($0) \(FigureText.amount($1.total))" }
        return Chart(
            "years", title: "Investment by year and lever", subtitle: assumptions.title,
            description: "Stacked columns, \(assumptions.currency): \(said.joined(separator: ", ")).",
            Bars(
                measure: measure, namesTitle: "Year", names: years,
                series: levers.map { Series(title: $0.title, paint: $0.paint) },
                values: spending.map { year in levers.map { year[$0] } }, isUpright: true))
    }

    /// How much of the capacity is used: in the base year, in the last year without a plan, and with it.
    ///
    /// - Parameters:
    ///   - tag: As of `allocation`.
    ///   - largest: How many are shown, those with the largest investment.
    /// - Returns: Nil where there is no such column.
    public static func utilization(_ plan: Plan, by tag: String? = nil, largest: Int = mostRegions) -> Chart?
    {
        guard let groups = RegionGroups(plan, by: tag) else { return nil }
        let assumptions = plan.planningCase.assumptions
        let (base, last) = (assumptions.baseYear, assumptions.lastYear)
        let series = [
            Series(title: "\(base)", paint: .muted, shape: .ring),
            Series(title: "\(last), do nothing", paint: .series2, shape: .diamond),
            Series(title: "\(last), plan", paint: .series1, shape: .circle),
        ]
        let shown = groups.all.rankedByInvestment.prefix(largest)
        let rows = shown.map { group in
            (
                name: group.name,
                shares: [
                    group.figures.utilizationBase, plan.doNothing.utilization(of: group.regions),
                    group.figures.utilization,
                ]
            )
        }.sorted { ($0.shares[0] ?? -1, $1.name) > ($1.shares[0] ?? -1, $0.name) }
        let left = groups.all.count - shown.count
        let whole = FigureText.percent(plan.figures.utilization)
        let nothing = FigureText.percent(plan.doNothing.utilization(in: [assumptions.horizon]))
        return Chart(
            "utilization", title: "Capacity in use, \(base) and \(last)", subtitle: assumptions.title,
            description:
                "Dots by \(groups.singular). All together: \(FigureText.percent(plan.figures.utilizationBase)) in "
                + "\(base), \(nothing) in \(last) where nothing is done, \(whole) with the plan.",
            notes: left == 0
                ? []
                : [
                    "Shown are the \(shown.count) \(groups.plural) with the largest investment; "
                        + "\(FigureText.count(left)) are not."
                ],
            Dumbbells(
                measure: Measure("Capacity in use", .share), namesTitle: groups.title,
                names: rows.map(\.name),
                series: series, values: rows.map(\.shares)))
    }

    /// Where the money goes, on a map: what is invested for each user of the base year, as colours of outlines; where no
    /// region has one, what is invested, as circles.
    ///
    /// - Parameter shapes: Of the regions that have a place; beside outlines no points are drawn.
    /// - Returns: Nil where none has one.
    public static func map(_ plan: Plan, shapes: [RegionIndex: RegionShape]) -> Chart? {
        guard !shapes.isEmpty else { return nil }
        let planned = plan.planningCase
        let assumptions = planned.assumptions
        let isClassed = shapes.values.contains(where: \.isOutline)
        let money = Measure("Investment, \(assumptions.yearsText)", .money(assumptions.currency))
        let each = Measure(
            "Investment for each user of \(assumptions.baseYear)", .money(assumptions.currency))
        var areas: [RegionMap.Area] = []
        plan.forEachFigures(in: 0..<planned.regions.count) { region, figures in
            guard let shape = shapes[region], shape.isOutline == isClassed else { return }
            let users = figures.usersBase
            let perUser = users > 0 ? figures.investment / users : nil
            let (value, other) =
                isClassed ? (perUser, money.text(figures.investment)) : (figures.investment, "")
            areas.append(
                RegionMap.Area(
                    id: planned.regions.ids[region.position], name: planned.regions.names[region.position],
                    shape: shape, value: value, detail: isClassed ? "\(other) in all" : ""))
        }
        let missing = planned.regions.count - areas.count
        return Chart(
            "map", title: isClassed ? each.title : money.title, subtitle: assumptions.title,
            description:
                "A map of \(FigureText.count(areas.count, "region")); \(money.text(plan.figures.investment)) in all.",
            notes: missing == 0
                ? []
                : [
                    "Without a place on the map: \(FigureText.count(missing, "region"))."
                ],
            RegionMap(measure: isClassed ? each : money, areas: areas, isClassed: isClassed))
    }
}

/// A region, or several under one name, with their figures.
struct RegionGroup: Sendable {
    var name: String
    var regions: [RegionIndex]
    var figures: AllocationFigures
}

/// The regions of a plan, each by itself or summed by a tag, in the order of the table.
struct RegionGroups {
    private(set) var all: [RegionGroup] = []
    let title: String
    let singular: String
    let plural: String

    /// Nil where the region table has no such column. O(regions × years).
    init?(_ plan: Plan, by tag: String?) {
        let regions = plan.planningCase.regions
        title = tag.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? "Region"
        singular = tag ?? "region"
        plural = tag.map { "values of \($0)" } ?? "regions"
        guard let tag else {
            var seen: Set<String> = []
            let repeated = Set(regions.names.filter { !seen.insert($0).inserted })
            all.reserveCapacity(regions.count)
            plan.forEachFigures(in: 0..<regions.count) { region, figures in
                // Regions of one name are told apart by their ids.
                let (id, name) = (regions.ids[region.position], regions.names[region.position])
                all.append(
                    RegionGroup(
                        name: repeated.contains(name) ? "\(name) (\(id))" : name, regions: [region],
                        figures: figures))
            }
            return
        }
        guard let values = regions.values(ofTag: tag) else { return nil }
        var places: [String: Int] = [:]
        var members: [(name: String, regions: [RegionIndex])] = []
        for (region, value) in zip(regions.indices, values) {
            let place = places[value] ?? members.count
            if place == members.count { members.append((value, [])) }
            places[value] = place
            members[place].regions.append(region)
        }
        all = members.map {
            RegionGroup(name: $0.name, regions: $0.regions, figures: plan.figures(of: $0.regions))
        }
    }
}

extension [RegionGroup] {
    /// The largest investment first; in the order of the table where it is the same.
    var rankedByInvestment: [RegionGroup] {
        enumerated().sorted {
            ($1.element.figures.investment, $0.offset) < ($0.element.figures.investment, $1.offset)
        }.map(\.element)
    }
}

extension Ledger {
    /// Used over installed capacity of some regions in the last planning year; nil where there is none.
    fileprivate func utilization(of regions: [RegionIndex]) -> Double? {
        var (used, installed) = (0.0, 0.0)
        for region in regions {
            let account = account(of: region)
            used += account.usedCapacity.last ?? 0
            installed += account.capacity.last ?? 0
        }
        return installed > 0 ? used / installed : nil
    }
}
