import Testing

@testable import Headroom

/// Pictures drawn of characters.
struct CharacterPictureTests {
    @Test(
        "A bar is as long as its share, to an eighth of a character",
        arguments: [
            (0, ""), (1, "████"), (0.5, "██"), (0.125, "▌"), (1.0 / 32, "▏"), (31.0 / 32, "███▉"),
            (7, "████"),
            (-1, ""), (.nan, ""),
        ] as [(Double, String)])
    func bar(share: Double, bar: String) {
        #expect(CharacterPictures.bar(share, width: 4) == bar)
    }

    @Test(
        "Of two bars the upper and the lower halves of the characters are filled",
        arguments: [
            (0, 0, "    ▏"), (1, 1, "████▏"), (0.5, 1, "██▄▄▏"), (1, 0.5, "██▀▀▏"), (0.125, 0.25, "▙   ▏"),
            (0.375, 0.125, "▛▘  ▏"), (0.25, 0.625, "█▄▖ ▏"),
        ] as [(Double, Double, String)])
    func bars(above: Double, below: Double, bars: String) {
        #expect(CharacterPictures.bars(above: above, below: below, width: 4) == bars)
    }

    @Test(
        "A sparkline has a character a number; nothing is a dot",
        arguments: [
            ([], ""), ([0, 0], "··"), ([0, 1, 2, 4, 8], "·▂▃▅█"), ([1e-12, 1], "·█"), ([3, 3], "██"),
        ] as [([Double], String)])
    func sparkline(numbers: [Double], line: String) {
        #expect(CharacterPictures.sparkline(numbers) == line)
    }
}
