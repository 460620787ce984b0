/// Where the money of a curve's pieces goes, each to one region: to one lever mostly, to several where one calls for
/// another, as winning users may for building.
///
/// Five bytes a piece, and twenty more for those with several levers.
struct RegionUses: Sendable {
    private var regions: [Int32] = []
    /// By piece: the lever's place among all, or `several`.
    private var levers: [UInt8] = []
    /// Pieces with several levers, rising, and what each gets of a unit of money.
    private var severalPieces: [Int32] = []
    private var severalShares: [SIMD4<Float>] = []
    /// What is spent by lever on all pieces before every `stride`-th, so that no sum goes through more than so many.
    private var sums: [SIMD4<Double>] = []
    /// On all pieces.
    private var sum = SIMD4<Double>.zero

    private static let several: UInt8 = 255
    private static let stride = 64

    mutating func reserveCapacity(_ count: Int, withSeveralLevers several: Int) {
        regions.reserveCapacity(count)
        levers.reserveCapacity(count)
        severalPieces.reserveCapacity(several)
        severalShares.reserveCapacity(several)
    }

    /// The next piece's money goes to one lever of a region.
    mutating func append(_ region: Int32, _ lever: Lever, _ money: Double) {
        begin(region, UInt8(lever.position))
        sum[lever.position] += money
    }

    /// The next piece's money goes to several, each unit in these shares by the lever's place.
    mutating func append(_ region: Int32, _ shares: SIMD4<Float>, _ money: Double) {
        severalPieces.append(Int32(regions.count))
        severalShares.append(shares)
        begin(region, Self.several)
        sum += money * SIMD4<Double>(shares)
    }

    private mutating func begin(_ region: Int32, _ lever: UInt8) {
        if regions.count % Self.stride == 0 { sums.append(sum) }
        regions.append(region)
        levers.append(lever)
    }

    func region(ofPiece piece: Int) -> RegionIndex { RegionIndex(Int(regions[piece])) }

    /// What a piece's money changes by lever, the lever that gets most first. O(log pieces).
    ///
    /// - Parameter money: The piece's.
    func byLever(ofPiece piece: Int, money: Double) -> [(lever: Lever, money: Double)] {
        if levers[piece] != Self.several { return [(Lever.allCases[Int(levers[piece])], money)] }
        let shares = severalShares[place(ofPiece: piece)]
        return Lever.allCases.map { ($0, money * Double(shares[$0.position])) }
            .filter { $0.1 != 0 }.sorted { $0.1 > $1.1 }
    }

    /// What is spent by lever on the first pieces. O(log pieces).
    ///
    /// - Parameter budgets: Ends of the pieces.
    func sum(ofFirst count: Int, _ budgets: [Double]) -> LeverAmounts {
        guard count < regions.count else { return LeverAmounts(sum) }
        let start = count / Self.stride
        var amounts = LeverAmounts(sums[start])
        for piece in start * Self.stride..<count {
            for (lever, money) in byLever(ofPiece: piece, money: budgets[piece + 1] - budgets[piece]) {
                amounts[lever] += money
            }
        }
        return amounts
    }

    /// Regions renamed.
    func mapRegions(_ renamed: (RegionIndex) -> RegionIndex) -> RegionUses {
        var other = self
        other.regions = regions.map { Int32(renamed(RegionIndex(Int($0))).position) }
        return other
    }

    private func place(ofPiece piece: Int) -> Int {
        var (low, high) = (0, severalPieces.count)
        while low < high {
            let middle = (low + high) / 2
            if severalPieces[middle] < piece { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
