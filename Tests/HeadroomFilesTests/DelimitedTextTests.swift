import Testing

@testable import HeadroomFiles

struct DelimitedTextTests {
    private func records(_ text: String) throws -> [[String]] {
        var reader = DelimitedText(Array(text.utf8))
        var fields: [DelimitedText.Field] = []
        var records: [[String]] = []
        while try reader.next(into: &fields) { records.append(fields.map(\.text)) }
        return records
    }

    @Test("A record is its fields, and an empty field is a field", arguments: ["\n", "\r\n", "\r"])
    func fields(lineEnd: String) throws {
        let text = ["a,b,c", "1,,3", ",,", "4,5,"].joined(separator: lineEnd)
        let expected = [["a", "b", "c"], ["1", "", "3"], ["", "", ""], ["4", "5", ""]]
        #expect(try records(text) == expected)
        #expect(try records(text + lineEnd) == expected)
    }

    @Test("Lines without a character are passed over, wherever they stand", arguments: ["\n", "\r\n", "\r"])
    func blankLines(lineEnd: String) throws {
        let text = ["", "", "a,b", "", "1,2", "", ""].joined(separator: lineEnd)
        #expect(try records(text) == [["a", "b"], ["1", "2"]])
    }

    @Test("A line of one blank is a record of one field")
    func lineOfBlank() throws {
        #expect(try records("a\n \nb") == [["a"], [" "], ["b"]])
    }

    @Test("Quotes hold delimiters and doubled quotes")
    func quotes() throws {
        #expect(try records("\"a,b\",\"say \"\"yes\"\"\",\"\"\n") == [["a,b", "say \"yes\"", ""]])
        #expect(try records("\"\"\"\",\"\"\"a\"\n") == [["\"", "\"a"]])
        #expect(try records("\"a\"") == [["a"]])
    }

    @Test("Line ends inside quotes belong to the field as they are", arguments: ["\n", "\r\n", "\r"])
    func quotedLineEnds(lineEnd: String) throws {
        let text = "\"a\(lineEnd)\(lineEnd)b\",c\(lineEnd)d,e"
        #expect(try records(text) == [["a\(lineEnd)\(lineEnd)b", "c"], ["d", "e"]])
    }

    @Test("Blanks belong to a field, and a last field may be quoted and empty")
    func blanks() throws {
        #expect(try records(" a , b\t,\"\"\n") == [[" a ", " b\t", ""]])
    }

    @Test("A text of nothing, or of line ends alone, has no record", arguments: ["", "\n", "\r\n\r\n", "\r"])
    func nothing(text: String) throws {
        #expect(try records(text).isEmpty)
    }

    @Test(
        "The delimiter is the comma, semicolon or tab that the first line holds most of, outside quotes",
        arguments: [
            ("a,b;c,d\n1,2;3,4", ["a", "b;c", "d"]), ("a;b;c,d\n1;2;3,4", ["a", "b", "c,d"]),
            ("a\tb,c\td", ["a", "b,c", "d"]), ("\"a;b;c\",d", ["a;b;c", "d"]),
            ("\"a\n;;;\",d", ["a\n;;;", "d"]), ("alone\n1;2;3", ["alone"]), ("a,b;c", ["a", "b;c"]),
            ("a;b\r1,2,3,4", ["a", "b"]),
        ])
    func delimiter(text: String, header: [String]) throws {
        #expect(try records(text).first == header)
    }

    @Test("Every field knows the line and column where it starts, the column counted in characters")
    func positions() throws {
        let text = "\u{E9}\u{E9},b\n\"x\r\ny\",z\r\n\n\u{1F600}\u{4E2D}\u{6587},\"q\"\"\",w\rlast,\n"
        var reader = DelimitedText(Array(text.utf8))
        var fields: [DelimitedText.Field] = []
        var places: [[[Int]]] = []
        while try reader.next(into: &fields) {
            places.append(fields.map { [$0.line, reader.column(of: $0)] })
        }
        #expect(
            places == [
                [[1, 1], [1, 4]], [[2, 1], [3, 4]], [[5, 1], [5, 5], [5, 11]], [[6, 1], [6, 6]],
            ])
    }

    @Test("A record can be read again from its place")
    func places() throws {
        var reader = DelimitedText(Array("a,b\n\n\"x\ny\",2\n3,4\n".utf8))
        var fields: [DelimitedText.Field] = []
        _ = try reader.next(into: &fields)
        let place = reader.place
        _ = try reader.next(into: &fields)
        _ = try reader.next(into: &fields)
        reader.place = place
        #expect(try reader.next(into: &fields))
        #expect(fields.map(\.text) == ["x\ny", "2"])
        #expect(fields.map(\.line) == [3, 4])
    }

    struct Wrong: CustomTestStringConvertible {
        var text: String
        var line: Int
        var column: Int
        var message: String
        var testDescription: String { text.debugDescription }
    }

    @Test(
        "Quotes that do not fit are a fault with its line and column",
        arguments: [
            Wrong(text: "a,b\n1,\"2", line: 2, column: 3, message: "opened and never closed"),
            Wrong(text: "a,b\n1,\"2\n3,4\n5,6\n", line: 2, column: 3, message: "opened and never closed"),
            Wrong(text: "a\n\"\"\"", line: 2, column: 1, message: "opened and never closed"),
            Wrong(text: "a,b\n\"1\"2,3\n", line: 2, column: 4, message: "text after a closing quote"),
            Wrong(text: "a,b\n\"1\" ,3\n", line: 2, column: 4, message: "text after a closing quote"),
            Wrong(text: "a,b\n\"x\ny\"z,3\n", line: 3, column: 3, message: "text after a closing quote"),
            Wrong(text: "a,b\n1,2\"3\n", line: 2, column: 4, message: "a quote inside a field"),
            Wrong(text: "a,b\n1, \"3\"\n", line: 2, column: 4, message: "a quote inside a field"),
            Wrong(text: "\u{E9},\u{4E2D}\"x\n", line: 1, column: 4, message: "a quote inside a field"),
        ])
    func faults(wrong: Wrong) throws {
        let fault = #expect(throws: DelimitedText.Fault.self) { try records(wrong.text) }
        #expect(fault?.line == wrong.line)
        #expect(fault?.column == wrong.column)
        #expect(fault?.message.contains(wrong.message) == true)
        #expect(fault?.message.contains("expected") == true)
    }
}
