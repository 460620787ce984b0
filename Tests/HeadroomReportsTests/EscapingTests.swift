import Testing

@testable import HeadroomReports

/// Text from files must stay text.
struct EscapingTests {
    @Test("Nothing ends an attribute or begins an element of HTML, whatever stands behind it")
    func html() {
        // With a combining accent behind it a quotation mark is no character of its own to Swift, but to a browser.
        #expect(escapedHTML("\"\u{301}><script>'") == "&quot;\u{301}&gt;&lt;script&gt;&#39;")
        #expect(escapedHTML("a\u{0}b\u{8}c\u{85}\u{FFFE}\n") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\n")
        #expect(escapedHTML("\u{5E9}\u{5DC} 🏝️ &amp;") == "\u{5E9}\u{5DC} 🏝️ &amp;amp;")
    }

    @Test("Markdown reads the text as it is: no emphasis, link, cell, heading, list or HTML")
    func markdown() {
        #expect(escapedMarkdown("*a* [b](c) | `d` <e>") == #"\*a\* \[b\](c) \| \`d\` \<e\>"#)
        #expect(escapedMarkdown("- one") == #"\- one"#)
        #expect(escapedMarkdown("12. Bezirk") == #"12\. Bezirk"#)
        #expect(escapedMarkdown("CNY 1.5 bn") == "CNY 1.5 bn")
        #expect(escapedMarkdown("# a\nb") == "\\# a b")
    }

    @Test("Figures and their units stand on one line")
    func unbroken() {
        #expect(
            "The plan spends CNY 28.0 bn (−2.3 %), 4 bn more in all 31 regions; CNY in 2024"
                .withFiguresUnbroken
                == "The plan spends CNY\u{A0}28.0\u{A0}bn (−2.3\u{A0}%), 4\u{A0}bn more in all 31 regions; CNY in 2024"
        )
    }
}
