import Foundation
import Models
import Testing
import Training

@testable import Presets

@Suite("NumPy's arrays")
struct NumPyTests {
  /// A `.npy` file.
  static func npy(_ kind: String, _ shape: String, _ data: [UInt8], fortran: Bool = false)
    -> [UInt8]
  {
    var header =
      "{'descr': '\(kind)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + data
  }

  static func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  static func doubles(_ values: [Double], _ shape: String) -> [UInt8] {
    npy("<f8", shape, bytes(values))
  }

  static func numbers(_ file: [UInt8]) throws -> [Double] {
    guard case .numbers(let values) = try NumPyArray(file, limit: 1000).content else { return [] }
    return values
  }

  @Test("numbers of every type, in both orders of bytes")
  func types() throws {
    #expect(try Self.numbers(Self.npy("<f8", "(2,)", Self.bytes([1.5, -0.1]))) == [1.5, -0.1])
    #expect(
      try Self.numbers(Self.npy("<f4", "(1,)", Self.bytes([Float(0.1)]))) == [Double(Float(0.1))])
    #expect(
      try Self.numbers(Self.npy("<f2", "(3,)", [0, 0x3C, 0, 0xC0, 1, 0])) == [1, -2, 0x1p-24])
    #expect(try Self.numbers(Self.npy("<i8", "(2,)", Self.bytes([-3, 7]))) == [-3, 7])
    #expect(try Self.numbers(Self.npy(">i4", "(1,)", [0xFF, 0xFF, 0xFF, 0xFE])) == [-2])
    #expect(try Self.numbers(Self.npy("|u1", "(2,)", [0, 255])) == [0, 255])
    #expect(try Self.numbers(Self.npy("|b1", "(2,)", [0, 1])) == [0, 1])
  }

  @Test("arrays written column by column are turned; words are read")
  func orders() throws {
    let turned = Self.npy("<f8", "(2, 3)", Self.bytes([1.0, 4, 2, 5, 3, 6]), fortran: true)
    #expect(try Self.numbers(turned) == [1, 2, 3, 4, 5, 6])
    let words = try NumPyArray(
      Self.npy("<U2", "(2,)", Self.bytes([UInt32(97), 98, 99, 0])), limit: 10)
    #expect(words.content == .words(["ab", "c"]))
  }

  @Test("damaged, large and strange files are told")
  func damaged() {
    func message(_ file: [UInt8]) -> String {
      do { return "\(try NumPyArray(file, limit: 100))" } catch { return "\(error)" }
    }
    let good = Self.doubles([1, 2], "(2,)")
    #expect(message([1, 2, 3]).contains("no .npy file"))
    #expect(message(Array(good.dropLast())).contains("cut off"))
    #expect(message(Self.doubles([], "(1000, 1000)")).contains("at most 100"))
    #expect(message(Self.npy("<c16", "(1,)", [])).contains("c16"))
    let most = Int.max
    #expect(message(Self.npy("<f8", "(0, \(most), \(most))", [])).contains("has the shape"))
    #expect(message(good + good).contains("goes on after its array"))
    #expect(message(Self.npy("|V8", "(1,)", [])).contains("V8"))
    for length in 0..<good.count { #expect(!message(Array(good.prefix(length))).isEmpty) }
  }

  /// Samples of a file with these bytes.
  static func table(_ name: String, _ file: [UInt8], _ settings: [Setting] = []) throws -> Preset {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-numpy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name)
    try Data(file).write(to: path)
    return try PresetShelf(folder: "/nonexistent").load(path.path, settings: settings)
  }

  @Test("an array is a table whose last column is the target")
  func oneArray() throws {
    let values = (0..<12).flatMap { [Double($0), Double($0 * $0), Double($0 % 2)] }
    let preset = try Self.table("a.npy", Self.doubles(values, "(12, 3)"))
    let table = try #require(preset.experiment.table)
    #expect(table.samples.inputCount == 2 && table.samples.count == 12)
    #expect(table.samples.targets == (0..<12).map { Double($0 % 2) })
  }

  @Test(
    "An array of more than two dimensions is taken as rows, and that is said",
    arguments: [
      ("(2, 3, 3)", "3 × 3 numbers of each sample are taken as one row of 9"),
      ("(3, 3, 2, 1)", "3 × 2 × 1 numbers of each sample are taken as one row of 6"),
      ("(9, 2)", nil),
    ] as [(String, String?)])
  func rows(shape: String, words: String?) throws {
    let values = (0..<18).map { Double($0 % 7) }
    let preset = try Self.table("a.npy", Self.doubles(values, shape))
    let table = try #require(preset.experiment.table)
    #expect(table.rearranged.isEmpty == (words == nil))
    if let words { #expect(table.summary.contains { $0.hasSuffix(words) }, "\(table.summary)") }
  }

  @Test(
    "Targets that are compared as values are no classes, but for 0 and 1",
    arguments: [(0.37, false), (3, false), (1, true)])
  func quantities(factor: Double, areClasses: Bool) throws {
    let values = (0..<24).flatMap { row -> [Double] in
      [Double(row), factor == 1 ? Double(row % 2) : factor * Double(row)]
    }
    let preset = try Self.table("a.npy", Self.doubles(values, "(24, 2)"))
    let summary = try #require(preset.experiment.table).summary.joined(separator: "\n")
    #expect(summary.contains("classes") == areClasses, "\(summary)")
    #expect(preset.notes == summary)
  }

  /// A file among the fixtures, as numpy wrote it.
  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
  }

  @Test(
    "several arrays, packed or not, are inputs and targets",
    arguments: ["points.npz", "points-compressed.npz"])
  func archives(name: String) throws {
    let shelf = PresetShelf(folder: "/nonexistent")
    let preset = try shelf.load(Self.fixture(name))
    let table = try #require(preset.experiment.table)
    #expect(table.samples.inputCount == 2 && table.samples.count == 24)
    #expect(Set(table.samples.targets) == [0, 1])
    var run = try Run(preset.experiment)
    #expect(run.advance(200) == 200)
    #expect(run.loss < 0.7)
  }

  @Test("arrays of different lengths, and archives cut short anywhere, are told")
  func badArchives() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.fixture("points-compressed.npz")))
    for length in stride(from: 0, to: whole.count, by: 37) {
      #expect(throws: PresetError.self, "cut at \(length)") {
        try Self.table("a.npz", Array(whole.prefix(length)))
      }
    }
    for place in stride(from: 30, to: whole.count - 160, by: 11) {
      var bytes = Array(whole)
      bytes[place] ^= 0x55
      // What is damaged is told, by a checksum if by nothing else; never a crash.
      _ = try? Self.table("a.npz", bytes)
    }
  }

  @Test(
    "what is in doubt is asked, not guessed",
    arguments: [
      ("two-targets.npz", "could each be the target"), ("twin-arrays.npz", "holds two arrays"),
      ("great-classes.npz", "classes as words"),
    ])
  func doubts(name: String, words: String) {
    #expect {
      try PresetShelf(folder: "/nonexistent").load(Self.fixture(name))
    } throws: { "\($0)".contains(words) }
  }

  @Test("gaps are told by their place")
  func gaps() {
    var values = (0..<24).map(Double.init)
    values[5] = .nan
    #expect {
      try Self.table("a.npy", Self.doubles(values, "(8, 3)"))
    } throws: { "\($0)".contains("row 2, column 3") }
  }
}
