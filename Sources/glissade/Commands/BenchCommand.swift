import ArgumentParser
import Benchmarks
import Lanes
import Presets
import Training

/// `glissade bench`: how fast the core is on this machine, now.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the speed of the core on this machine.",
    discussion: """
      Prints a row a benchmark: units per second (the median of many timings) and, for arithmetic, \
      the share of the peak rate \
      of fused multiply-adds that this core reaches in the same process. Machines are noisy: \
      compare figures of one run only. \
      Tests/Peers compares them with numpy, JAX, PyTorch, scikit-learn and autograd in one \
      interleaved run.

      The first line names the processor and what the build was made for. A row that stays more \
      than a tenth under what was \
      measured on this kind of processor says so.

      --json prints {"processor", "vector_bits", "build", "rows": [{"name", "value", "unit", \
      "peak_share", "goal"}]}; value is \
      units per second, of the rows doctor.* and stability.* a share; goal is what was measured on \
      this kind of processor, or null.
      """)

  @Option(
    help: ArgumentHelp(
      "Only benchmarks whose name begins so; may be given several times.", valueName: "name"))
  var only: [String] = []

  @Option(help: "Seconds spent on each benchmark.", transform: DecimalNumber.read)
  var seconds: Double = 0.5

  @Option(help: "Threads of the rows that are called threaded.", transform: WholeNumber.read)
  var threads: Int = 2

  @Option(
    help: ArgumentHelp(
      "Time training steps of this preset instead, and going back to any step of its run.",
      valueName: "preset"),
    completion: Completions.presets)
  var preset: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must be above 0 and at most 3600")
    }
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads must be a whole number from 1 to 256")
    }
  }

  func run() throws {
    let options = Benchmark.Options(seconds: seconds, threads: threads)
    let processor = Processor.here
    let build = "\(Processor.builtFor), \(Processor.builtVectorBits)-bit vectors"
    if !json {
      try OutputFile.standardOutput.write(
        lines: ["\(processor.name), \(processor.vectorBits)-bit vectors; built for \(build)"])
    }
    var rows: [JSONText] = []
    let peak = try benchmarks["peak"]?.measure(Benchmark.Options(seconds: min(seconds, 0.3))) ?? 0
    for benchmark in try selection() {
      let value: Double
      do {
        value = try benchmark.measure(options)
      } catch {
        throw ExitStatus.report(error)
      }
      let share = benchmark.flopsPerUnit.map { $0 * value / peak }
      let goal = Goals.goal(of: benchmark.name, on: processor)
      rows.append(
        .object([
          ("name", .text(benchmark.name)), ("value", .number(value)),
          ("unit", .text(benchmark.isShare ? benchmark.unit : "\(benchmark.unit)/s")),
          ("peak_share", .optional(share)),
          ("goal", .optional(goal)),
        ]))
      if !json { try print(benchmark, value, share: share, goal: goal) }
    }
    if json {
      try OutputFile.standardOutput.write(
        JSONText.object([
          ("processor", .text(processor.name)), ("vector_bits", .integer(processor.vectorBits)),
          ("build", .text(build)), ("rows", .list(rows)),
        ]))
    }
  }

  private func selection() throws -> [Benchmark] {
    if let preset {
      do {
        let preset = try Wiring.shelf.load(preset)
        return [
          trainingBenchmark(
            name: preset.name, summary: preset.title, experiment: preset.experiment),
          rewindBenchmark(
            name: "rewind.\(preset.name)", summary: "going back to any of its steps (p95)",
            experiment: preset.experiment, steps: preset.steps),
        ]
      } catch {
        throw ExitStatus.report(error)
      }
    }
    let benchmarks = Catalogue(kind: "benchmark", benchmarks.entries + besideBenchmarks)
    guard !only.isEmpty else { return benchmarks.entries }
    for name in only where !benchmarks.names.contains(where: { $0.hasPrefix(name) }) {
      let hint = benchmarks.suggestion(for: name).map { "; did you mean \($0)?" } ?? "."
      throw ValidationError(
        "no benchmark begins with \(EscapedText.quoted(name))\(hint) There are: "
          + benchmarks.names.joined(separator: ", "))
    }
    return benchmarks.entries.filter { entry in only.contains { entry.name.hasPrefix($0) } }
  }

  private func print(_ benchmark: Benchmark, _ value: Double, share: Double?, goal: Double?) throws
  {
    let name = benchmark.name.padding(28)
    let figure =
      benchmark.isShare
      ? "\((value * 1000).rounded() / 10) % \(benchmark.unit)"
      : ExactDecimal.grouped(value) + " " + benchmark.unit + "/s"
    let rate = figure.leftPadding(28)
    let note = share.map { "  \(Int(($0 * 100).rounded())) % of peak" } ?? ""
    let missed =
      Goals.isMissed(value, goal: goal)
      ? "  \(Int((100 * value / (goal ?? 1)).rounded())) % of \(ExactDecimal.grouped(goal ?? 0))"
      : ""
    try OutputFile.standardOutput.write(lines: ["\(name)\(rate)\(note)\(missed)"])
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate func leftPadding(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

extension ExactDecimal {
  /// A rate with its thousands apart: `1,234,567`.
  fileprivate static func grouped(_ value: Double) -> String {
    guard value.isFinite, value < 1e18 else { return "\(value)" }
    var digits = Array(String(Int(value.rounded())))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
