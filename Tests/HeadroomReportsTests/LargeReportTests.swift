import Foundation
import Testing

@testable import HeadroomReports

/// Reports of more regions than people read.
struct LargeReportTests {
    @Test("The page of 3,113 counties names those at the ends, sums up the rest by zone, and is under 3 MB")
    func counties() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
                "regions/us-counties")
        let report = try Reports.report(folder: folder.path, hasSweep: false)
        let page = try ReportTemplate(builtIn: .html).text(of: report)
        #expect(page.utf8.count < 3_000_000)
        let allocation = try #require(report.sections.first { $0.id == "allocation" }?.tables.first)
        #expect(allocation.groups.map(\.rows.count) == [25, 25, 4])
        #expect(
            allocation.groups.map(\.title) == [
                "The 25 that get the most", "The 25 that get the least, of equals the largest",
                "All others, by zone",
            ])
        #expect(allocation.groups[0].rows[0][0].text == "Los Angeles County, California")
        #expect(page.contains("Los Angeles County, California") && page.contains("All others, by zone"))
        // Money and users add up to the total, whatever is summed up.
        let rows = allocation.groups.flatMap(\.rows)
        for (place, column) in allocation.columns.enumerated()
        where column.isNumber && column.unit != "%" {
            let sum = rows.reduce(0) { $0 + ($1[place].number ?? 0) }
            let total = try #require(allocation.total[place].number)
            #expect(abs(sum - total) <= 1e-6 * max(1, abs(total)), "\(column.title)")
        }
    }
}
