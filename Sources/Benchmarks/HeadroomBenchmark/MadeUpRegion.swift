import Foundation
import HeadroomTestSupport

/// One row of a made-up region table, rounded as the file has it.
struct MadeUpRegion {
    var zone: Zone
    var users, capacity, idleCapacity, potentialUsers: Int
    var demandGrowth, useGrowth, retirement: Double
    var revenuePerUser, costFactor, operatingCost, adoptionCost: Double
    /// Nil for seven regions in ten.
    var yearlyBuildLimit: Int?
    var commerceRevenuePerUser: Double
    var creditUsers: Int
    var creditCost, creditReliability, creditSolvency: Double

    /// Two regions in five are close to full, the others mostly idle; sizes are log-normal, as those of places are.
    init(number: Int, random: inout SplitMix64) {
        zone = Zone(ofRegion: number)
        let size = random.logNormal(median: zone.medianUsers, spread: 1.1)
        users = max(20, Int(min(size, 1e8)))
        let use = random.chance(0.4) ? random.number(in: 0.74...0.85) : random.number(in: 0.3...0.65)
        let demand = Double(users) * random.number(in: 1...1.5)
        capacity = Int((demand / use).rounded(.up))
        idleCapacity = capacity - Int(demand)
        potentialUsers = Int(Double(users) * random.number(in: 1.15...2.5)) + 1
        demandGrowth = random.number(in: -0.01...0.12).rounded(digits: 4)
        useGrowth = random.number(in: 0...0.03).rounded(digits: 4)
        retirement = random.chance(0.2) ? random.number(in: 0.01...0.05).rounded(digits: 4) : 0
        revenuePerUser = random.logNormal(median: zone.medianRevenue, spread: 0.25).rounded(digits: 2)
        costFactor = random.number(in: zone.costFactors).rounded(digits: 4)
        operatingCost = random.number(in: 15...45).rounded(digits: 2)
        adoptionCost = random.logNormal(median: 320, spread: 0.4).rounded(digits: 2)
        yearlyBuildLimit =
            random.chance(0.3) ? Int(Double(capacity) * random.number(in: 0.03...0.1)) + 1 : nil
        commerceRevenuePerUser = random.number(in: 20...60).rounded(digits: 2)
        creditUsers = Int(Double(users) * random.number(in: 0.05...0.5))
        creditCost = random.number(in: 60...200).rounded(digits: 2)
        creditReliability = random.number(in: 0.6...1).rounded(digits: 4)
        creditSolvency = random.number(in: 0.6...1).rounded(digits: 4)
    }
}

// MARK: What becomes of the region without a plan (model, 3.3)

extension MadeUpRegion {
    /// Demand of one user in a year, capacity units.
    func demandPerUser(_ year: Int) -> Double {
        Double(capacity - idleCapacity) / Double(users) * pow(1 + useGrowth, Double(year))
    }

    /// Users who can be served in a year by what is left of the base capacity.
    func servableUsers(_ year: Int) -> Double {
        let left = Double(capacity) * pow(1 - retirement, Double(year))
        return PlanRecipe.maxUtilization * left / demandPerUser(year)
    }

    /// Users who want service by themselves, along the S-curve to `potentialUsers`.
    func organicUsers(_ year: Int) -> Double {
        let (start, end) = (Double(users), Double(potentialUsers))
        guard demandGrowth > 0, start * (1 + demandGrowth) < end else {
            return min(end, start * pow(1 + demandGrowth, Double(year)))
        }
        let ratio = (end / (start * (1 + demandGrowth)) - 1) / (end / start - 1)
        return end / (1 + (end / start - 1) * pow(ratio, Double(year)))
    }
}

extension Double {
    /// Rounded to so many digits after the point, so that the file holds the number itself.
    func rounded(digits: Int) -> Double {
        let unit = pow(10, Double(digits))
        return (self * unit).rounded() / unit
    }
}
