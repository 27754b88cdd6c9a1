import ArgumentParser
import Foundation
import Presets

/// `glissade slurm`: an array script for many runs.
struct SlurmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slurm",
    abstract: "Write a Slurm array script that makes a map, a sweep or a race.",
    discussion: """
      Takes the command as it would be typed, with --tiles and without --shard:

        glissade slurm --tasks 16 map xsin --over learning_rate=1e-3..1/log500 \\
          --over start.x=-5..5/500 --tiles tiles > job.sh
        sbatch job.sh && glissade merge tiles -o rates.png    # when the array has ended

      Tasks that are stopped before their end (exit 75) are put back in the queue and go on. Other \
      launchers work \
      by the same contract: `parallel glissade map … --shard {}/16 ::: {1..16}`, `mpirun glissade \
      map … --shard slurm`.
      """)

  @Option(help: "Tasks in the array.", transform: WholeNumber.read)
  var tasks = 8

  @Option(help: ArgumentHelp("Time limit of a task, as Slurm writes it.", valueName: "time"))
  var time = "01:00:00"

  @Argument(
    parsing: .captureForPassthrough,
    help: "The command: map, sweep or race PRESET --over … --tiles DIR.")
  var command: [String]

  func validate() throws {
    guard (1...100_000).contains(tasks) else {
      throw ValidationError("--tasks must be 1 to 100000")
    }
    guard !time.isEmpty, time.allSatisfy({ $0.isNumber || $0 == ":" || $0 == "-" }) else {
      throw ValidationError("--time is like 30, 01:00:00 or 2-00")
    }
    guard let name = command.first, let shared = TiledCommand(rawValue: name) else {
      throw ValidationError(
        "give the command that is to be shared out: glissade slurm map …, sweep … or race …")
    }
    let sharing = try shared.sharing(Array(command.dropFirst()))
    guard sharing.tiles != nil, sharing.shard == nil else {
      throw ValidationError("the command needs --tiles DIR, and --shard is added by the script")
    }
  }

  func run() throws {
    let program = Self.quoted(CommandLine.arguments.first ?? "glissade")
    let words = command.map(Self.quoted).joined(separator: " ")
    do {
      let arguments = Array(command.dropFirst())
      try command.first.flatMap { TiledCommand(rawValue: $0) }?.tryFirst(arguments)
      try OutputFile.standardOutput.write(
        lines: """
          #!/bin/bash
          #SBATCH --job-name=glissade
          #SBATCH --array=0-\(tasks - 1)
          #SBATCH --time=\(time)
          #SBATCH --requeue
          #SBATCH --open-mode=append
          #SBATCH --signal=B:USR1@60
          # A task that is stopped ends with 75 and is put back in the queue; whole tiles are not \
          made again.
          # When all have ended: glissade merge DIR -o FILE
          \(program) \(words) --shard slurm &
          child=$!
          trap 'kill -USR1 "$child" 2>/dev/null' USR1 TERM
          wait "$child"; code=$?
          while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
          if [ "$code" -eq 75 ]; then
            scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
          fi
          exit "$code"
          """.lines)
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// A word as a shell reads it.
  private static func quoted(_ word: String) -> String {
    let plain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_-./=:,+%@".contains($0))
    }
    return !word.isEmpty && plain
      ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

extension TiledCommand {
  /// How the command with these arguments is shared out.
  fileprivate func sharing(_ arguments: [String]) throws -> TileOptions {
    func read<Options: ParsableArguments>(
      _ type: Options.Type, _ sharing: (Options) -> TileOptions
    ) throws -> TileOptions {
      do { return sharing(try type.parse(arguments)) } catch {
        throw ValidationError(type.message(for: error))
      }
    }
    return switch self {
    case .map: try read(MapOptions.self, \.sharing)
    case .sweep: try read(SweepOptions.self, \.sharing)
    case .race: try read(RaceOptions.self, \.sharing)
    }
  }

  /// Begins runs of the command with these arguments, so that what is wrong with it shows here and
  /// not in a cluster's log: each value of short lists once, of long ones the ends.
  fileprivate func tryFirst(_ arguments: [String]) throws {
    let (options, over): (PresetOptions, [String]) =
      switch self {
      case .map:
        try { ($0.preset, $0.over) }(MapOptions.parse(arguments))
      case .sweep:
        try { ($0.preset, $0.over) }(SweepOptions.parse(arguments))
      case .race:
        try { ($0.preset, $0.over) }(RaceOptions.parse(arguments))
      }
    let shelf = Wiring.shelf
    let preset = try options.load(from: shelf)
    let axes = try SweepAxis.all(over)
    let study = Study(
      preset, over: axes.map { Study.Axis(key: $0.key, values: $0.values) }, views: shelf.views)
    var stride = study.count
    for axis in axes {
      stride /= axis.values.count
      let last = axis.values.count - 1
      for value in last < 64 ? Array(0...last) : [0, last] { _ = try study.begin(value * stride) }
    }
  }
}
