import HeadroomTestSupport
import Testing

@testable import HeadroomCharts

struct ScaleTests {
    @Test("Ticks are round, evenly apart and no more than asked for, and all values lie between them")
    func roundTicks() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            let size = random.logNormal(median: 1e6, spread: 6)
            let values = (0..<3).map { _ in random.number(in: -size...size) }
            let intervals = Int(random.number(in: 2...12))
            let scale = Scale(
                values, includesZero: random.chance(0.5), intervals: intervals, from: 10, to: 510)
            let mantissa = scale.step / Scale.roundStep(atLeast: scale.step)
            #expect(abs(mantissa - 1) < 1e-9)
            #expect(scale.ticks.count <= intervals + 1 && scale.ticks.count >= 2)
            for (left, right) in zip(scale.ticks, scale.ticks.dropFirst()) {
                #expect(abs(right - left - scale.step) <= 1e-9 * max(scale.step, abs(right)))
            }
            let margin = 1e-8 * scale.step
            for value in values {
                #expect(
                    scale.domain.lowerBound - margin <= value && value <= scale.domain.upperBound + margin)
                #expect((9.99...510.01).contains(scale.place(of: value)))
            }
        }
    }

    @Test("Steps are 1, 2 or 5 times a power of ten")
    func steps() {
        let sizes = [0.011, 0.02, 0.3, 0.9, 1, 3, 7, 4.1e9, 9.9e11]
        #expect(sizes.map(Scale.roundStep) == [0.02, 0.02, 0.5, 1, 1, 5, 10, 5e9, 1e12])
    }

    @Test(
        "Numbers that say nothing still have a scale",
        arguments: [[], [0], [5, 5], [-3], [.nan, .infinity], [1e9, 1e9 + 1e-7]])
    func degenerate(values: [Double]) {
        for includesZero in [false, true] {
            let scale = Scale(values, includesZero: includesZero, intervals: 5, from: 0, to: 100)
            #expect(scale.ticks.count > 1 && scale.step > 0)
            for value in values where value.isFinite { #expect(scale.place(of: value).isFinite) }
        }
    }

    @Test("An axis is in one unit, with thousands, and as many places as its steps have")
    func units() {
        let money = ScaledMeasure(Measure("Investment", .money("CNY")), largest: 28e9)
        #expect(money.title == "Investment, CNY bn")
        #expect(money.tick(7.5e9, step: 5e8) == "7.5")
        let large = ScaledMeasure(Measure("Investment", .money("CNY")), largest: 3.081e9)
        #expect(large.title == "Investment, CNY m")
        #expect(large.tick(2e9, step: 5e8) == "2,000")
        #expect(large.label(3_080_800_000) == "3,081")
        let share = ScaledMeasure(Measure("Capacity in use", .share), largest: 0.8)
        #expect(share.title == "Capacity in use, %")
        #expect(share.tick(0.7, step: 0.1) == "70")
        #expect(share.measure.text(0.7139) == "71.4 %")
    }
}
