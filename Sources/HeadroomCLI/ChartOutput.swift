import ArgumentParser
import Foundation
import Headroom
import HeadroomCharts
import HeadroomFiles

extension ResultForm {
    private static func charts(
        _ format: OutputFormat, _ text: @escaping @Sendable (Chart) -> String
    ) -> ResultForm {
        var form = ResultForm(format) { _, _, _ in
            preconditionFailure("which chart it is `OutputOptions` knows, and writes it by `chartText`")
        }
        form.chartText = text
        return form
    }

    static var svg: ResultForm { charts(.svg) { $0.svg() } }
    static var vegaLite: ResultForm { charts(.vegaLite) { $0.vegaLite } }
}

extension CommandResult {
    static var charts: [String] { [] }
    static var chartWords: String { charts.joined(separator: ", ") }

    func chart(_ name: String) -> Chart? { nil }

    /// A chart in characters, where a terminal shows it.
    func picture(_ name: String, _ style: TextStyle) -> [String] {
        style.isTerminal ? chart(name)?.characters(width: min(style.width, 96)) ?? [] : []
    }

    /// - Throws: `ExitCode` where the result does not have what the chart shows, such as a second plan.
    func madeChart(_ name: String) throws -> Chart {
        guard let chart = chart(name) else {
            throw ExitStatus.impossible.end(
                "headroom: what came of it is nothing to draw the chart \(name) of")
        }
        return chart
    }
}

extension OutputOptions {
    /// The chart that a file shows: the one that it is named after, else that of `--chart`, else the only one there is.
    func chartName(_ path: String) -> String {
        let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
        let stem = String(name.prefix { $0 != "." })
        // A file named after a chart of another command is a mistake.
        if Result.charts.contains(stem) || namesOfAllCharts.contains(stem) && chart == nil { return stem }
        return chart ?? (Result.charts.count == 1 ? Result.charts[0] : stem)
    }

    private var namesOfAllCharts: [String] {
        PlanResult.charts + SweepResult.charts + CompareResult.charts + FrontierResult.charts
            + SensitivityResult.charts
    }

    /// Whether a chart is asked for.
    func namesChart(_ name: String) -> Bool {
        let written = paths.filter { Result.form(ofFile: $0)?.chartText != nil }.map(chartName)
        let printed = format.form.chartText == nil ? nil : chart ?? Result.charts.first
        return (written + [printed]).contains(name)
    }

    func requireChart(_ name: String, _ found: String) throws {
        guard !Result.charts.contains(name) else { return }
        throw ValidationError(
            Result.charts.isEmpty
                ? "\(found), but there are no charts of this"
                : "\(found), expected a chart: \(Result.chartWords); name the file after it, or give --chart NAME"
        )
    }
}

// MARK: Which charts there are

extension PlanResult {
    static let charts = ["allocation", "utilization", "years", "map"]

    func chart(_ name: String) -> Chart? {
        // A chart is by region, or by the first column that is asked for.
        let tag = cut.cuts.lazy.compactMap { if case .tag(let name) = $0 { name } else { nil } }.first
        return switch name {
        case "allocation": Chart.allocation(plan, by: tag)
        case "utilization": Chart.utilization(plan, by: tag)
        case "years": Chart.years(plan)
        case "map": Chart.map(plan, shapes: shapes)
        default: nil
        }
    }

    /// Thrown before the solve where a map is asked for of regions without places.
    static var noPlaces: any Error {
        ExitStatus.input.end(
            "headroom: the plan does not say where its regions lie; put their outlines beside plan.yaml, as "
                + "\(RegionOutlines.fileName), or give the region table the columns latitude and longitude, in degrees"
        )
    }
}

extension FrontierResult {
    static let charts = ["frontier"]

    func chart(_ name: String) -> Chart? { Chart.frontier(frontier) }
}

extension SensitivityResult {
    static let charts = ["tornado"]

    func chart(_ name: String) -> Chart? { Chart.tornado(sensitivity) }
}

extension SweepResult {
    static let charts = ["curve"]

    func chart(_ name: String) -> Chart? { Chart.curve(sweep) }
}

extension CompareResult {
    static let charts = ["spending", "moves"]

    func chart(_ name: String) -> Chart? {
        name == "spending" ? Chart.spending(of: comparison) : Chart.moves(of: comparison)
    }
}
