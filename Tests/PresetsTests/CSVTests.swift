import Foundation
import Presets
import Testing
import Training

@Suite("Data from CSV files")
struct CSVTests {
  /// The samples of a file, by a preset beside it.
  static func samples(
    _ csv: String, _ more: String = "", model: String = "logistic"
  ) throws -> (inputs: [[Double]], targets: [[Double]]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(csv.utf8).write(to: folder.appendingPathComponent("d.csv"))
    let experiment = try PresetFile.parse(
      "glissade: 1\nmodel: \(model)\ndata: {csv: d.csv\(more)}\n", file: "p", name: "p",
      directory: folder.path)
    guard case .model(let problem) = experiment.problem,
      case .csv(let path, _, _, let inputs, let targets) = problem.data.origin
    else { throw CocoaError(.fileReadUnknown) }
    #expect(path == folder.appendingPathComponent("d.csv").path)
    return (inputs, targets)
  }

  static func message(_ csv: String, _ more: String = "", model: String = "logistic") -> String {
    do {
      _ = try samples(csv, more, model: model)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("Header, delimiter, quotes, line ends and byte order mark are found out")
  func forms() throws {
    let expected = [[1.0, 2], [3, 4]]
    for text in [
      "a,b,t\n1,2,0\n3,4,1\n", "1,2,0\n3,4,1", "a;b;t\r\n1;2;0\r\n3;4;1\r\n",
      "a\tb\tt\n1\t2\t0\n3\t4\t1\n", "\u{FEFF}a,b,t\n\"1\",\" 2 \",0\n3,4,1\n\n",
    ] {
      let table = try Self.samples(text)
      #expect(table.inputs == expected, "\(text)")
      #expect(table.targets == [[0], [1]], "\(text)")
    }
  }

  @Test("Columns are chosen by name or number")
  func columns() throws {
    let text = "t,a,b,c\n0,1,2,3\n1,4,5,6\n"
    let named = try Self.samples(text, ", columns: [c, a], target: t")
    #expect(named.inputs == [[3, 1], [6, 4]] && named.targets == [[0], [1]])
    let numbered = try Self.samples(text, ", columns: [2], target: [1]")
    #expect(numbered.inputs == [[1], [4]])
    #expect(Self.message(text, ", target: tt").contains("did you mean t?"))
    #expect(Self.message(text, ", columns: [9]").contains("has no column \"9\""))
  }

  @Test("Mistakes are told with the file's line and column")
  func mistakes() {
    let bad = Self.message("a,b\n1,0\n2,x\n3,1\n")
    #expect(bad.contains("d.csv:3:3: column 2 (b): \"x\" is not a number"))
    #expect(Self.message("a,b\n1,0\nnan,1\n").contains(":3:1: column 1 (a): \"nan\""))
    #expect(Self.message("a,b\n1,0\n,1\n").contains("the cell is empty"))
    #expect(Self.message("a,b\n1,0\n2\n").contains(":3:1: this row has 1 cells, the first has 2"))
    #expect(Self.message("").contains("the CSV file is empty"))
    #expect(Self.message("a,b\n").contains("no rows"))
    #expect(Self.message("a,b\n1,1\n2,1\n").contains("all targets are 1"))
    #expect(Self.message("a,b\n1,1\n2,1\n", model: "linear").isEmpty)
    #expect(Self.message("a,b\n\"1,0\n2,1\n").contains("d.csv:"))
    #expect(Self.message("a,b\n1\u{0},0\n").contains("zero byte"))
  }
}
