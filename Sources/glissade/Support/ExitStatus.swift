import ArgumentParser
import Foundation
import Presets

/// How the program ends, after `sysexits.h` where it has a word.
enum ExitStatus {
  /// Something failed while running.
  static let failure = ExitCode(1)
  /// Wrong usage.
  static let usage = ExitCode(64)
  /// Mistakes in a preset or data file.
  static let badData = ExitCode(65)
  /// A file that cannot be read or written.
  static let inputOutput = ExitCode(74)
  /// Interrupted, with what was done kept: the same command goes on (EX_TEMPFAIL).
  static let resumable = ExitCode(75)
  /// Ended by SIGINT (130) or SIGTERM (143), as shells say it.
  static func interrupted(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }

  /// Reports `error` on the standard error stream, and gives the status to end with.
  static func report(_ error: any Error) -> ExitCode {
    switch error {
    case let error as ExitCode: return error
    case let error as ValidationError:
      StandardError.write(lines: ["glissade: \(error.message)"])
      return usage
    case let error as PresetError:
      StandardError.write(lines: error.diagnostics.map(\.description))
      return error.isUnreadable ? inputOutput : badData
    case let error as PresetShelf.UnaskedFile:
      StandardError.write(lines: ["glissade: \(error)"])
      return badData
    case let error as ExportFailure:
      StandardError.write(lines: ["glissade: \(error.description)"])
      return badData
    case let error as PresetShelf.NotFound:
      StandardError.write(lines: ["glissade: \(error)"])
      return error.isUnreadable ? inputOutput : usage
    case let error as OutputFailure:
      StandardError.write(lines: ["glissade: \(error)"])
      return inputOutput
    default:
      StandardError.write(lines: ["glissade: \(error)"])
      return failure
    }
  }
}

/// The standard error stream.
enum StandardError {
  /// Writes lines of text; failures have nowhere to be told.
  static func write(lines: [String]) { try? OutputFile.standardError.write(lines: lines) }
  /// Writes marks that move the cursor, as they are.
  static func draw(_ marks: String) { try? OutputFile.standardError.write(raw: Array(marks.utf8)) }
  /// Whether a person looks at it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
