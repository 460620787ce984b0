import Testing

@testable import HeadroomCharts

struct ScaleTests {
    @Test func `Ticks are round and hold all values between them`() {
        let scale = Scale([3.2, 28.1], includesZero: true, intervals: 6, from: 0, to: 300)
        #expect(scale.ticks == [0, 5, 10, 15, 20, 25, 30])
        #expect(scale.place(of: 15) == 150)
    }
}
