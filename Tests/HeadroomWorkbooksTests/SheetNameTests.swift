import Testing

@testable import HeadroomWorkbooks

struct SheetNameTests {
    @Test("Names are what Excel allows, the nearest to the wish, and no two alike")
    func names() {
        var names = SheetNames()
        #expect(names.name("By zone").description == "By zone")
        #expect(names.name("by ZONE").description == "by ZONE (2)")
        #expect(names.name("'a/b:c [d]?*\\'").description == "a b c  d")
        #expect(names.name("History").description == "History (2)")
        #expect(names.name("").description == "Sheet")
        let long = String(repeating: "x", count: 40)
        #expect(names.name(long).description == String(repeating: "x", count: 31))
        #expect(names.name(long).description == String(repeating: "x", count: 27) + " (2)")
        // A letter outside the basic plane counts twice.
        #expect(
            names.name(String(repeating: "𠀀", count: 20)).description == String(repeating: "𠀀", count: 15))
    }
}
