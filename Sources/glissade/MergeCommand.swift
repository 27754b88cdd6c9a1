import ArgumentParser

/// `glissade merge`: the tiles of a map put together.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the tiles of a map together: the same bytes as the map made in one go.",
    discussion:
      "Tiles that are missing, damaged or of another map are told, and nothing is written (exit 1)."
  )

  @Argument(help: "The folder of `glissade map --tiles`.")
  var tiles: String

  @Option(
    name: [.customShort("o"), .long],
    help:
      "The file to write, by its ending: .json, .csv or .png (default: JSON on standard output).")
  var output: String?

  func validate() throws {
    if let output, MapTable.format(of: output) == nil {
      throw ValidationError("-o takes a name that ends in .json, .csv or .png")
    }
  }

  func run() throws {
    do {
      let folder = try TileFolder(reading: tiles)
      guard let table = folder.merged(tell: { StandardError.write(lines: $0) }) else {
        throw ExitStatus.failure
      }
      try table.write(to: output)
    } catch let error as TileFolder.Failure {
      StandardError.write(lines: ["glissade: \(error)"])
      throw ExitStatus.badData
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
