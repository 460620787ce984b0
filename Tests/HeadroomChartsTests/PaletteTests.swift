import Foundation
import Testing

@testable import HeadroomCharts

/// Colours as people with any colour vision see them.
struct PaletteTests {
    /// What of linear red, green and blue is seen: all of it, and without one kind of cones (G. Machado, M. Oliveira,
    /// L. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1).
    private static let visions: [[[Double]]] = [
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [
            [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ]

    private static func linear(_ colour: String) throws -> [Double] {
        let number = try #require(Int(colour.dropFirst(), radix: 16))
        return [16, 8, 0].map { shift in
            let value = Double(number >> shift & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    private static func luminance(_ c: [Double]) -> Double { 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] }

    private static func contrast(_ one: String, _ other: String) throws -> Double {
        let both = try [luminance(linear(one)), luminance(linear(other))].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }

    /// CIE L*a*b* of a colour in one vision.
    private static func lab(_ colour: String, _ vision: [[Double]]) throws -> [Double] {
        let all = try linear(colour)
        let seen = vision.map { row in min(1, max(0, zip(row, all).reduce(0) { $0 + $1.0 * $1.1 })) }
        let x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505
        let z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089
        let f = [x, luminance(seen), z].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16 / 116 }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    @Test("Series are told apart from each other in every colour vision, and from the paper, light and dark")
    func series() throws {
        for colour in [\Paint.light, \Paint.dark] {
            let paints = Paint.series.map { $0[keyPath: colour] }
            for (place, one) in paints.enumerated() {
                #expect(try Self.contrast(one, Paint.paper[keyPath: colour]) >= 3, "\(one)")
                for other in paints[..<place] {
                    for vision in Self.visions {
                        let (a, b) = try (Self.lab(one, vision), Self.lab(other, vision))
                        let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
                        #expect(distance > 15, "\(one) and \(other)")
                    }
                }
            }
        }
    }

    @Test("Text stands out from the paper, and levels go from it step by step in every colour vision")
    func textAndLevels() throws {
        for colour in [\Paint.light, \Paint.dark] {
            let paper = Paint.paper[keyPath: colour]
            #expect(try Self.contrast(Paint.ink[keyPath: colour], paper) >= 7)
            #expect(try Self.contrast(Paint.muted[keyPath: colour], paper) >= 4.5)
            for vision in Self.visions {
                let lightness = try ([.land] + Paint.levels).map {
                    try Self.lab($0[keyPath: colour], vision)[0]
                }
                let steps = zip(lightness, lightness.dropFirst()).map {
                    colour == \.light ? $0 - $1 : $1 - $0
                }
                #expect(steps.allSatisfy { $0 > 6 }, "\(steps)")
            }
        }
    }
}
