import Models
import Testing
import Training

@testable import Presets

@Suite("What could be a quantity is no class until somebody says so")
struct QuantityTests {
  static let quantities: [(String, String)] = [
    ("1/2", "1/4"), ("½", "¼"), ("12:30", "12:45:10"), ("5 kg", "6 kg"), ("5kg", "6kg"),
    ("2026-01-01", "2026-01-02"), ("1.2.2026", "3.2.2026"),
    ("2026-01-01T10:00", "2026-01-02T10:00"),
    ("inf", "-inf"), ("20 °C", "30 °C"),
  ]

  @Test("names that could all be quantities of one kind are asked about", arguments: quantities)
  func asked(_ first: String, _ second: String) throws {
    let csv = "x,y\n1,\(first)\n2,\(second)\n3,\(first)\n"
    let message = CSVTests.message(csv)
    #expect(message.contains("d.csv:2:3: column 2 (y): is \"\(first)\" the name of a class"))
    let said = try CSVTests.table(csv, ", labels: true")
    #expect(said.samples.classLabels.map(\.name).sorted() == [first, second].sorted())
    #expect(!CSVTests.message(csv, ", labels: false").isEmpty)
  }

  @Test(
    "names that are not all quantities of one kind are classes",
    arguments: [
      ("1st", "2nd"), ("18-25", "26-35"), ("<=50K", ">50K"), ("1/2", "a"), ("5 kg", "6 m"),
      ("v1.2", "v1.3"), ("10.0.0.1", "10.0.0.2"), ("true", "false"), ("+", "-"),
    ])
  func words(_ first: String, _ second: String) throws {
    let table = try CSVTests.table("x,y\n1,\(first)\n2,\(second)\n")
    #expect(table.samples.classLabels.map(\.name).sorted() == [first, second].sorted())
  }

  @Test(
    "said to be classes, numbers of every writing and words among them are names",
    arguments: [("1.0", "1"), ("1 000", "2 000"), ("50%", "60%"), ("7", "a"), ("1e3", "1000")])
  func said(_ first: String, _ second: String) throws {
    let table = try CSVTests.table("x,y\n1,\(first)\n2,\(second)\n", ", labels: true")
    #expect(table.samples.classLabels.map(\.name).sorted() == [first, second].sorted())
  }

  @Test("a quantity among inputs is answered with how to write it", arguments: quantities)
  func inputs(_ first: String, _ second: String) {
    let message = CSVTests.message("x,y\n\(first),0\n\(second),1\n", ", header: true")
    #expect(
      message.contains("write it as") || message.contains("write the number")
        || message.contains("finite"), "\(message)")
  }

  @Test(
    "numbers with blanks between thousands are not taken for cells",
    arguments: [" 1 000", "12 050"])
  func grouped(cell: String) {
    let message = CSVTests.message("\(cell)\n\(cell)\n")
    #expect(message.contains("thousands") && message.contains("delimiter: space"), "\(message)")
    #expect(!CSVTests.message("\(cell)\n\(cell)\n", ", delimiter: space").contains("thousands"))
  }
}
