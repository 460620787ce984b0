import Testing

@testable import Headroom

/// Which rows of changes are shown.
struct ShownChangesTests {
    private typealias Size = ShownChanges.Size

    @Test("Changes that would be shown as 0 are counted instead, but for those that are kept")
    func hidden() {
        // Shown in millions without places: half a million is the least that is not 0.
        let shown = ShownChanges([
            Size(amount: 2e9, change: 3e8), Size(amount: 1e9, change: 4.9e5),
            Size(amount: 1e9, change: 5.1e5),
            Size(amount: 1, change: 1, isKept: true), Size(amount: 0, change: 0),
        ])
        #expect(shown.places == [0, 2, 3] && shown.hidden == 2 && shown.least == 5e5)
        #expect(
            shown.sentences("CNY", one: "shifts", several: "shift", by: " between levers") == [
                "2 regions shift less than CNY 500 k between levers."
            ])
    }

    @Test(
        "What is shown as 0 is what the table shows as 0",
        arguments: [0.7, 42, 999, 1e5, 123_456, 9.99e8, 5e13])
    func least(largest: Double) {
        let column = FigureText.Column(forLargest: largest)
        func text(_ value: Double) -> String {
            FigureText.number(value, in: column.unit, decimals: column.decimals)
        }
        #expect(text(1.001 * column.least).contains { ("1"..."9").contains($0) })
        #expect(text(0.999 * column.least).allSatisfy { "0.".contains($0) })
    }

    @Test("Many rows begin with the largest changes, few stay in their order")
    func ranked() {
        let sizes = (0..<60).map { Size(amount: 100, change: Double($0 * 7 % 60) + 1) }
        let many = ShownChanges(sizes)
        #expect(many.isRanked && many.places.map { sizes[$0].change } == (1...60).reversed().map(Double.init))
        let few = ShownChanges(Array(sizes.prefix(40)))
        #expect(!few.isRanked && few.places == Array(0..<40))
    }
}
