import Foundation
import Testing

@testable import Headroom
@testable import HeadroomFiles

/// Delimited text in other dialects, LaTeX, and what is said of rounding.
struct DialectTests {
    static let roundingNote = "Rows are rounded; totals are of exact figures."

    private func table(_ texts: [String], _ numbers: [Double?], total: Double?) -> Table {
        Table(
            columns: [
                Table.Column("zone", "Zone", priority: 0),
                Table.Column("spent", "Spent", .money, priority: 0),
            ], rows: TableRows(zip(texts, numbers).map { [.text($0), .number($1)] }),
            total: total.map { [.text("Total"), .number($0)] }, currency: "CNY", capacityUnit: "port")
    }

    @Test("A dialect has its delimiter and decimal comma, and quotes what holds the delimiter alone")
    func dialect() throws {
        let table = table(["a;b", "c,d", "e\tf"], [1.5, -2e-9, nil], total: nil)
        let european = try #require(CSVDialect(delimiter: nil, decimalComma: true))
        #expect(table.csv(european) == "zone;spent\n\"a;b\";1,5\nc,d;-2e-09\ne\tf;\n")
        #expect(table.csv(.tabs) == "zone\tspent\na;b\t1.5\nc,d\t-2e-09\n\"e\tf\"\t\n")
        #expect(CSVDialect(delimiter: ",", decimalComma: true) == nil)
        #expect(CSVDialect(delimiter: "x", decimalComma: false) == nil)
        #expect(CSVDialect(delimiter: "semicolon", decimalComma: false)?.delimiter == UInt8(ascii: ";"))
    }

    @Test("LaTeX takes every character of a name as itself, in rows that end where they should")
    func latex() {
        var text = ""
        table(["R&D_50% #1 {x} $ ~ ^ \\ [a]", "−1 → 2"], [1e9, -2e6], total: 998e6).writeLaTeX(to: &text)
        #expect(
            text.contains(
                "R\\&D\\_50\\% \\#1 \\{x\\} \\$ \\textasciitilde{} \\textasciicircum{} \\textbackslash{} {[}a{]} & 1,000 \\\\\n"
            ))
        #expect(text.contains("$-$1 $\\to$ 2 & $-$2 \\\\\n"))
        #expect(text.contains("\\begin{tabular}{@{}lr@{}}\n\\toprule\n"))
        #expect(text.contains("\\midrule\nTotal & 998 \\\\\n\\bottomrule\n\\end{tabular}}\n"))
    }

    @Test("That rows are rounded is said where what is shown does not add up, and nowhere else")
    func rounding() {
        let note = Self.roundingNote
        let off = table(["a", "b"], [10_400_000_000, 10_400_000_000], total: 20_800_000_000)
        #expect(!off.terminalText(TextStyle(width: 80)).contains(note))
        let shown = table(["a", "b"], [1234.4, 1234.4], total: 2468.8)
        #expect(shown.terminalText(TextStyle(width: 80)).contains(note))
        #expect(shown.markdown.contains(note))
        #expect(!shown.csv.contains(note))
        let even = table(["a", "b"], [1234.4, 1233.6], total: 2468)
        #expect(!even.terminalText(TextStyle(width: 80)).contains(note))
    }
}
