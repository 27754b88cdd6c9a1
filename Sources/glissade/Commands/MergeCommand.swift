import ArgumentParser

/// `glissade merge`: the tiles of a map, a sweep or a race put together.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the tiles of a map, a sweep or a race together: the same bytes as in one go.",
    discussion:
      """
      Tiles that are missing, damaged or of other runs are told, and nothing is written (exit 1). \
      A map is written as JSON, \
      table or picture, by the ending of the file; of sweeps and races what the command prints, \
      with --json as JSON.
      """
  )

  @Argument(help: "The folder of --tiles.")
  var tiles: String

  @OptionGroup var report: ReportOptions

  func validate() throws {
    if let output = report.output, TileOptions.lies(output, in: tiles) {
      throw ValidationError("the result cannot lie in the folder of the tiles: name another place")
    }
    // What a folder that cannot be read holds is told when it is read.
    guard let command = TiledCommand(folder: tiles) else { return }
    if command == .map {
      if let output = report.output, MapTable.format(of: output) == nil {
        throw ValidationError("-o takes a name that ends in .json, .csv or .png")
      }
    }
    if report.table, command != .sweep {
      throw ValidationError(
        "--table belongs to the tiles of a sweep, and these are of a \(command.rawValue)")
    }
  }

  func run() throws {
    try TileOptions.report {
      switch TiledCommand(folder: tiles) {
      case .map, nil:
        let (plan, values) = try merged(MapPlan.self)
        try MapTable(plan: plan, values: values).write(
          to: OutputFile.begin(report.output), named: report.output)
      case .sweep:
        let (plan, items) = try merged(SweepPlan.self)
        let result = SweepReport(SweepResult(plan: plan, endings: items.map(\.ending)))
        try report.write(
          text: result.lines(table: report.table), json: result.json,
          to: OutputFile.begin(report.output))
      case .race:
        let (plan, items) = try merged(RacePlan.self)
        let result = RaceReport(plan, items)
        try report.write(
          text: result.lines, json: result.json, to: OutputFile.begin(report.output))
      }
    }
  }

  private func merged<Plan: TilePlan>(_ plan: Plan.Type) throws -> (Plan, [Plan.Item]) {
    let folder = try TileFolder<Plan>(reading: tiles)
    guard let items = folder.merged(tell: { StandardError.write(lines: $0) }) else {
      throw ExitStatus.failure
    }
    return (folder.plan, items)
  }
}
