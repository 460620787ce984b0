/// How the allocation is laid out: a row a region, or summed another way.
public enum Cut: Equatable, Sendable {
    case region, year, lever, technology
    /// By the values of a column of the region table.
    case tag(String)

    /// The words that are no columns of the region table.
    public static let words = ["region", "year", "lever", "technology"]
    private static let tagMark = "tag:"

    /// Reads a word of `--by`; `tag:year` is a column that is named like a cut.
    public init(_ word: String) {
        switch word {
        case "region": self = .region
        case "year": self = .year
        case "lever": self = .lever
        case "technology": self = .technology
        default:
            self = .tag(word.hasPrefix(Self.tagMark) ? String(word.dropFirst(Self.tagMark.count)) : word)
        }
    }
}

extension Cut {
    /// What a row is: a word of `words`, or the column's name.
    public var title: String {
        switch self {
        case .region: "region"
        case .year: "year"
        case .lever: "lever"
        case .technology: "technology"
        case .tag(let name): name
        }
    }
}

extension Plan {
    /// The allocation table, or another cut of it.
    ///
    /// - Returns: Nil where the cut names a tag that the region table does not have.
    public func table(_ cut: Cut = .region) -> Table? {
        switch cut {
        case .region: regionTable
        case .year: yearTable
        case .lever: leverTable
        case .technology: technologyTable
        case .tag(let name): planningCase.regions.values(ofTag: name).map { tagTable(name, $0) }
        }
    }

    private func table(_ columns: [Table.Column], _ rows: [[Table.Cell]], total: [Table.Cell]?) -> Table {
        table(columns, TableRows(rows), total: total)
    }

    private func table(_ columns: [Table.Column], _ rows: TableRows, total: [Table.Cell]?) -> Table {
        Table(
            columns: columns, rows: rows, total: total, currency: planningCase.assumptions.currency,
            capacityUnit: planningCase.assumptions.capacityUnit)
    }

    // MARK: By region and by tag

    private var regionTable: Table {
        let regions = planningCase.regions
        let tags = regions.tags
        let figures = figureColumns
        var why = Table.Column("why", "Why no more", priority: 0)
        why.role = .reason
        let columns =
            [Table.Column("region", "Id", priority: nil), Table.Column("name", "Region", priority: 0)]
            + tags.map { Table.Column(tagKey($0.name, figures), $0.name, priority: nil) }
            + figures + [why]
        let numbers = RegionFigures(self)
        let reasons = reasons
        let rows = TableRows(count: regions.count) { range, tell in
            var cells: [Table.Cell] = []
            var words: [Reason: String] = [:]
            for position in range {
                let region = RegionIndex(position)
                cells.removeAll(keepingCapacity: true)
                cells.append(.text(regions.ids[region]))
                cells.append(.text(regions.names[region]))
                for tag in tags { cells.append(.text(tag.values[region])) }
                numbers.append(region, to: &cells)
                let reason = reasons[region]
                let word = words[reason] ?? reason.description
                words[reason] = word
                cells.append(.text(word))
                tell(cells)
            }
        }
        let total =
            [.text("total"), .text("Total")] + tags.map { _ in Table.Cell.text("") }
            + cells(self.figures) + [.text("")]
        return table(columns, rows, total: total)
    }

    /// A tag's header, told apart from the figures' where it has the same name.
    private func tagKey(_ name: String, _ figures: [Table.Column]) -> String {
        (figures.map(\.key) + ["why"]).contains(name) ? "tag_\(name)" : name
    }

    private func tagTable(_ name: String, _ values: [String]) -> Table {
        let indices = planningCase.regions.indices
        var groups: [String: [RegionIndex]] = [:]
        var order: [String] = []
        for (region, value) in zip(indices, values) {
            if groups[value] == nil { order.append(value) }
            groups[value, default: []].append(region)
        }
        func row(_ title: String, _ count: Int, _ figures: AllocationFigures) -> [Table.Cell] {
            [.text(title), .number(Double(count))] + cells(figures)
        }
        let rows = order.map { value in
            let regions = groups[value] ?? []
            return row(value, regions.count, figures(of: regions))
        }
        let sums = [Table.Column("regions", "Regions", .count, priority: 9)] + figureColumns
        let columns =
            [Table.Column(tagKey(name, sums), name == "name" ? "Region" : name, priority: 0)] + sums
        return table(columns, rows, total: row("Total", indices.count, self.figures))
    }

    private var figureColumns: [Table.Column] {
        let base = planningCase.assumptions.baseYear
        let last = base + planningCase.assumptions.years
        return [
            Table.Column("investment", "Invest", .money, priority: 0),
            Table.Column("build", "Build", .money, priority: 4),
            Table.Column("adoption", "Adoption", .money, priority: 4),
            Table.Column("share", "Share", .money, priority: 4),
            Table.Column("credit", "Credit", .money, priority: 4),
            Table.Column("new_capacity", "New capacity", .capacity, priority: 6),
            Table.Column("users_base", "Users \(base)", .users, priority: 10),
            Table.Column("users_served", "Users \(last)", .users, priority: 5),
            Table.Column("users_organic", "Users wanting", .users, priority: nil),
            Table.Column("users_won", "Users won", .users, priority: 8),
            Table.Column("capacity_base", "Capacity \(base)", .capacity, priority: nil),
            Table.Column("capacity", "Capacity \(last)", .capacity, priority: nil),
            Table.Column("utilization_base", "Use \(base)", .share, priority: 1),
            Table.Column("utilization", "Use \(last)", .share, priority: 1),
            Table.Column("service_level", "Service", .share, priority: 7),
            Table.Column("return", "Return", .money, priority: 0),
        ]
    }

    private func cells(_ figures: AllocationFigures) -> [Table.Cell] {
        figures.numbers.map { .number($0) }
    }

    // MARK: By year, lever, technology

    private var yearTable: Table {
        let columns =
            [
                Table.Column("year", "Year", priority: 0),
                Table.Column("investment", "Invest", .money, priority: 0),
            ]
            + Lever.allCases.map { Table.Column($0.rawValue, $0.title, .money, priority: 4) }
            + [
                Table.Column("new_capacity", "New capacity", .capacity, priority: 5),
                Table.Column("users_won", "Users won", .users, priority: 6),
                Table.Column("users_served", "Users", .users, priority: 1),
                Table.Column("capacity", "Capacity", .capacity, priority: 7),
                Table.Column("utilization", "Use", .share, priority: 0),
                Table.Column("service_level", "Service", .share, priority: 2),
            ]
        let years = planningCase.assumptions.planningYears
        let totals = ledger.totals
        func spending(_ year: Year?) -> [Table.Cell] {
            [.number(ledger.spending(year: year))]
                + Lever.allCases.map { .number(ledger.spending(year: year, lever: $0)) }
        }
        func bought(_ years: [Year]) -> [Table.Cell] {
            [totals.newCapacity, totals.wonUsers].map { series in
                .number(series.reduce(0) { $0 + ledger.sum($1, in: years) })
            }
        }
        let rows = years.map { year -> [Table.Cell] in
            [.text(String(planningCase.assumptions.calendarYear(year)))] + spending(year) + bought([year])
                + [
                    .number(ledger.sum(totals.servedUsers, in: [year])),
                    .number(ledger.sum(totals.capacity, in: [year])),
                    .number(ledger.utilization(in: [year])), .number(ledger.serviceLevel(in: [year])),
                ]
        }
        let total =
            [.text("Total")] + spending(nil) + bought(years) + [Table.Cell](repeating: .text(""), count: 4)
        return table(columns, rows, total: total)
    }

    private var leverTable: Table {
        let all = ledger.spending()
        let columns = [
            Table.Column("lever", "Lever", priority: 0),
            Table.Column("investment", "Invest", .money, priority: 0),
            Table.Column("share_of_investment", "Of all", .share, priority: 0),
        ]
        let rows = Lever.allCases.map { lever -> [Table.Cell] in
            let spent = ledger.spending(lever: lever)
            return [.text(lever.rawValue), .number(spent), .number(ratio(spent, all))]
        }
        return table(columns, rows, total: [.text("Total"), .number(all), .number(ratio(all, all))])
    }

    private var technologyTable: Table {
        let columns = [
            Table.Column("technology", "Technology", priority: 0),
            Table.Column("investment", "Invest", .money, priority: 0),
            Table.Column("new_capacity", "New capacity", .capacity, priority: 0),
        ]
        func row(_ title: String, _ technologies: Range<Int>) -> [Table.Cell] {
            [ledger.totals.buildSpending, ledger.totals.newCapacity].reduce(into: [.text(title)]) {
                cells, yearly in
                cells.append(.number(technologies.reduce(0) { $0 + yearly[$1].reduce(0, +) }))
            }
        }
        let technologies = planningCase.technologies
        let rows = technologies.indices.map { row(technologies[$0].name, $0..<$0 + 1) }
        return table(columns, rows, total: row("Total", technologies.indices))
    }
}

extension Lever {
    /// In words, for people.
    public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
