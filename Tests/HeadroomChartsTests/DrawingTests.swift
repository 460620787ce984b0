import Foundation
import Testing

@testable import HeadroomCharts

struct DrawingTests {
    @Test("No text covers another, and none leaves the paper", arguments: UInt64(0)..<25)
    func collisions(seed: UInt64) {
        for chart in RandomCharts.all(seed: seed) {
            for width in [340.0, 720, 1100] {
                let drawing = chart.drawing(Chart.SVGOptions(width: width))
                let boxes = drawing.textBoxes
                for (place, box) in boxes.enumerated() {
                    #expect(
                        box.left > -0.5 && box.right < width + 0.5 && box.top >= 0 && box.bottom <= drawing.y,
                        "\(type(of: chart.content)), \(width) wide: \(box)")
                    for other in boxes[..<place] where box.overlaps(other) {
                        Issue.record("\(type(of: chart.content)), \(width) wide: \(box) and \(other)")
                    }
                }
            }
        }
    }

    @Test(
        "Every chart is one XML document, without scripts, as other programs read it",
        arguments: UInt64(0)..<5)
    func xml(seed: UInt64) throws {
        for chart in RandomCharts.all(seed: seed) {
            for isAlone in [true, false] {
                let svg = chart.svg(Chart.SVGOptions(width: 500, isAlone: isAlone))
                try Xmllint.check(svg)
                #expect(!svg.contains("<script") && !svg.contains("\"nan") && !svg.contains("\"inf"))
                #expect(svg.contains("<style>") == isAlone)
            }
        }
    }

    @Test("Names are written as they are, and what XML does not take is replaced")
    func escaping() throws {
        let name = "<b>\"Q&A\"</b>\u{0}\u{1B}\u{FFFF} 省"
        let bars = Bars(
            measure: Measure(name, .money(name)), namesTitle: name, names: [name],
            series: [Series(title: name, paint: .series1), Series(title: name, paint: .series2)],
            values: [[1, 2]])
        let chart = Chart("x", title: name, subtitle: name, description: name, notes: [name], bars)
        let svg = chart.svg(Chart.SVGOptions(id: "a\"b"))
        try Xmllint.check(svg)
        #expect(!svg.contains("<b>"))
        #expect(svg.contains("&lt;b&gt;&quot;Q&amp;A&quot;&lt;/b&gt;\u{FFFD}\u{FFFD}\u{FFFD} 省"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(chart.vegaLite.utf8)) as? [String: Any])
        #expect(json["description"] as? String == name)
    }

    @Test("Coordinates have two places at most, and no sign of zero")
    func coordinates() {
        #expect(
            [0, -0.001, 1.005, 12.5, -3.456, 0.07].map(\.xml) == ["0", "0", "1", "12.5", "-3.46", "0.07"])
    }

    @Test("A line is broken between words and never loses a letter")
    func lines() {
        let text = "Donaudampfschifffahrtsgesellschaft in one or two of the provinces"
        let lines = TextWidth.lines(text, size: 12, width: 90)
        #expect(lines.allSatisfy { TextWidth.of($0, size: 12) <= 90 })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
}

/// libxml2's command, a reader of XML that is not ours.
enum Xmllint {
    struct Failure: Error { var description: String }

    static func check(_ text: String) throws {
        let path = NSTemporaryDirectory() + "headroom-\(UUID().uuidString).svg"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xmllint", "--noout", "--nonet", path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "xmllint (Debian package libxml2-utils) refuses \(text.prefix(2000))")
        }
    }
}
