import ArgumentParser
struct PhasesCommand: ParsableCommand { func run() throws {} }
