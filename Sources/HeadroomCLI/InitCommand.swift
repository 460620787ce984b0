import ArgumentParser
import HeadroomFiles

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a commented plan folder to start from.")

    @Argument(help: "The folder to make; no file in it is overwritten.")
    var folder: String

    func run() throws {
        try ExitStatus.mapping {
            let title = folder.split(separator: "/").last.map(String.init) ?? folder
            let starter = StarterFolder(title: title)
            try starter.write(to: folder)
            let names = starter.files.map { "\(folder)/\($0.name)" }.joined(separator: "\n")
            try StandardOutput.write("\(names)\n\nNext: \(HeadroomCommand.calledAs) plan \(folder)\n")
        }
    }
}
