import ArgumentParser
import Foundation
import Presets

/// The command `glissade`: opens the explorer, or does one headless thing.
@main
struct Glissade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glissade",
    abstract: "Watch gradient descent and small neural networks at work in the terminal.",
    discussion: """
      Without a command it opens the explorer: `glissade`, `glissade xor`, `glissade my.yaml`.
      `glissade list` shows the presets; `glissade help run` describes headless runs; `glissade \
      --man` is the manual, \
      `glissade --man keys` one of its articles. `glissade --generate-completion-script bash` (or \
      zsh, fish) prints what \
      lets the shell complete commands, presets, keys and values.

      Exit status: 0 done (a run that diverged, too: it says so), 1 failed, 64 wrong usage, \
      65 mistakes in a preset, a setting or a data file, 74 a file that cannot be read or written, \
      75 interrupted and ready to go on (--tiles), 130 interrupted, 143 terminated.
      """,
    version: "0.1.0",
    subcommands: Self.commands,
    defaultSubcommand: ExploreCommand.self)

  /// Every command, one file each.
  static let commands: [any ParsableCommand.Type] = [
    ExploreCommand.self, LessonCommand.self, RunCommand.self, PredictCommand.self,
    ShotCommand.self, SweepCommand.self, RaceCommand.self, MapCommand.self, MergeCommand.self,
    SlurmCommand.self,
    DiagnoseCommand.self, ListCommand.self,
    CheckCommand.self, GradCommand.self, ShareCommand.self, ExportCommand.self,
    DescribeCommand.self, FollowCommand.self, BenchCommand.self,
  ]

  /// The names of the commands, the library's own among them.
  static let commandNames = commands.map { $0._commandName } + ["help"]

  /// Reads the command line; a formula may begin with a minus, which would otherwise be taken for
  /// an option.
  static func main() {
    // Ctrl-\ ends the program at once; the runtime would tell of a crash and go on.
    signal(SIGQUIT, SIG_DFL)
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == GradCommand.configuration.commandName {
      // What follows --order is its value.
      for index in arguments.indices
      where GradCommand.isNegated(arguments[index]) && arguments[index - 1] != "--order" {
        // The minus sign proper: the same place in the text, and the same formula.
        arguments[index] = "\u{2212}" + arguments[index].dropFirst()
      }
    }
    do {
      if arguments.first == Manual.option {
        try showManual(arguments.dropFirst().first)
        return
      }
      if let advice = CommandSlips.advice(
        arguments, commands: commandNames, shelf: Wiring.shelf)
      {
        throw ValidationError(advice)
      }
      if let advice = RepeatedOptions.advice(arguments, commands: commands) {
        throw ValidationError(advice)
      }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      leave(error)
    }
  }

  private static func showManual(_ article: String?) throws {
    let isThere: Bool
    do {
      isThere = try Manual.show(article)
    } catch {
      throw ExitStatus.report(error)
    }
    guard isThere else {
      throw ValidationError(
        "the manual has no article \(EscapedText.quoted(article ?? "")); there are "
          + Manual.articles.map { $0.name.lowercased() }.joined(separator: ", "))
    }
  }

  /// Says what is to be said of an error, of help or of the version, and ends.
  ///
  /// The library's own way out prints arguments as they are, and does not notice a full disk.
  private static func leave(_ error: any Error) -> Never {
    // Output that could not be written has one status, whichever command wrote it.
    if error is OutputFailure { Foundation.exit(ExitStatus.report(error).rawValue) }
    let code = exitCode(for: error)
    var message = fullMessage(for: error)
    let arguments = CommandLine.arguments
    if code.isSuccess, let shell = CompletionScript.shell(arguments) {
      message = CompletionScript.text(message, shell: shell, commands: commandNames)
    }
    let lines = message.lines
    if lines != [""] {
      if code.isSuccess {
        do {
          try OutputFile.standardOutput.write(lines: lines)
        } catch {
          Foundation.exit(ExitStatus.report(error).rawValue)
        }
      } else {
        StandardError.write(lines: lines)
      }
    }
    Foundation.exit(code.rawValue)
  }
}
