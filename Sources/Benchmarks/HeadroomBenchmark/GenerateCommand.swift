import ArgumentParser
import Foundation

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a made-up plan folder of any size.")

    @OptionGroup var recipe: RecipeOptions

    @Option(name: .shortAndLong, help: "The folder to write; made where it is missing.")
    var output: String

    @Flag(help: "Write the data section of the MathProg model beside it, plan.dat.")
    var mathprog = false

    @Flag(help: "Write the plan as MPS beside it, plan.mps.")
    var mps = false

    func run() throws {
        let place = Workplace(plan: URL(fileURLWithPath: output, isDirectory: true))
        let totals = try recipe.recipe.write(to: place.plan)
        if mathprog { try MathProgData(recipe: recipe.recipe, totals: totals, place: place).write() }
        if mps { try place.writeProgram() }
    }
}

/// The size and seed of a made-up plan, the same for every command that makes one.
struct RecipeOptions: ParsableArguments {
    @Option(help: "Regions, at least \(PlanRecipe.fewestRegions).")
    var regions = 1000

    @Option(help: "Planning years, 1 to 50.")
    var years = 10

    @Option(help: "Seed of the random numbers.")
    var seed: UInt64 = 1

    var recipe: PlanRecipe { PlanRecipe(regions: regions, years: years, seed: seed) }

    func validate() throws {
        guard regions >= PlanRecipe.fewestRegions else {
            throw ValidationError("--regions is \(regions), expected at least \(PlanRecipe.fewestRegions)")
        }
        guard 1...50 ~= years else { throw ValidationError("--years is \(years), expected 1 to 50") }
    }
}
