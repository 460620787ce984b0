import ArgumentParser
import Foundation

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a made-up plan folder of any size.")

    @OptionGroup var recipe: RecipeOptions

    @Option(name: .shortAndLong, help: "The folder to write; made where it is missing.")
    var output: String

    @Option(
        help:
            "Groups of two or three regions that links join, no more than a third of the regions; 0: no links."
    )
    var links = 0

    @Flag(help: "Write the data section of the MathProg model beside it, plan.dat.")
    var mathprog = false

    @Flag(help: "Write the plan as MPS beside it, plan.mps.")
    var mps = false

    func validate() throws {
        let most = recipe.regions / MadeUpLinks.regionsPerGroup
        guard 0...most ~= links else { throw ValidationError("--links is \(links), expected 0 to \(most)") }
        guard links == 0 || !mathprog else {
            throw ValidationError("the MathProg model knows no links: --mathprog does not go with --links")
        }
    }

    func run() throws {
        let place = Workplace(plan: URL(fileURLWithPath: output, isDirectory: true))
        var recipe = recipe.recipe
        recipe.linkedGroups = links
        let totals = try recipe.write(to: place.plan)
        if mathprog { try MathProgData(recipe: recipe, totals: totals, place: place).write() }
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
