import ArgumentParser
import Foundation
import Headroom
import HeadroomFiles
import LinearProgramming

/// What the process ends with, and the one place that maps errors to it.
enum ExitStatus: Int32 {
    case impossible = 2
    case commandLine = 64
    case input = 65
    case noInput = 66
    case defect = 70
    case cannotWrite = 73
    case timeLimit = 75

    /// Runs a command; an error becomes a message on standard error and an exit status.
    ///
    /// - Throws: `ExitCode`, or `ValidationError`, which the argument parser prints with the usage.
    static func mapping(quiet isQuiet: Bool = false, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as InvalidFiles {
            // Where the command line alone is wrong, what there is to say of the files waits for the next try.
            let isTerse = isQuiet || error.isOptionsOnly
            for diagnostic in error.diagnostics where !isTerse || diagnostic.severity == .error {
                StandardError.write(diagnostic)
            }
            throw (error.isOptionsOnly ? commandLine : input).code
        } catch let error as UnreadableFile {
            throw noInput.end(error.description)
        } catch let error as UnwritableFile {
            throw cannotWrite.end(error.description)
        } catch let error as IncomparablePlans {
            throw input.end("headroom: \(error.description)")
        } catch let error as ImpossiblePlan {
            throw impossible.end(error.message)
        } catch PlanningFailure.cancelled {
            throw timeLimit.end("headroom: interrupted before a plan was found")
        } catch PlanningFailure.stoppedWithoutPlan {
            throw timeLimit.end(
                "headroom: stopped before a plan was found; give it more time with --time-limit")
        } catch let error as CertificateFailure {
            throw defect.end("headroom: no plan was proved: \(error.description)")
        } catch let error as SolverFault {
            throw defect.end("headroom: the solver broke down: \(error.description)")
        }
    }

    private var code: ExitCode { ExitCode(rawValue) }

    /// Says why on standard error.
    func end(_ message: String) -> ExitCode {
        StandardError.write(message + "\n")
        return code
    }
}
