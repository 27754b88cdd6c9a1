import Foundation
import Models
import Presets
import Testing
import Training

@Suite("Data from CSV files")
struct CSVTests {
  /// The table in a file, by a preset beside it.
  static func table(
    _ csv: some Collection<UInt8>, _ more: String = "", model: String = "logistic"
  ) throws -> FileTable {
    try Scratch.folder { folder in
      try Data(csv).write(to: URL(fileURLWithPath: folder + "/d.csv"))
      let experiment = try PresetFile.parse(
        "glissade: 1\nmodel: \(model)\ndata: {csv: d.csv\(more)}\n", file: "p", name: "p",
        directory: folder)
      guard case .model(let problem) = experiment.problem,
        case .csv(let table) = problem.data.origin
      else { throw CocoaError(.fileReadUnknown) }
      #expect(table.path == folder + "/d.csv")
      return table
    }
  }

  static func table(_ csv: String, _ more: String = "", model: String = "logistic") throws
    -> FileTable
  {
    try table(csv.utf8, more, model: model)
  }

  @Test("Excel's line that names the delimiter is understood, and counts as a line")
  func separator() throws {
    let table = try Self.table("sep=;\nx;y\n1,5;1\n3;0\n")
    #expect(table.samples.inputs == [1.5, 3] && table.samples.targets == [1, 0])
    #expect(Self.message("sep=;\r\nx;y\r\n1;2\r\na;4\r\n").contains("d.csv:4:1"))
  }

  @Test("Two delimiters have an empty cell between them, though it were so in every row")
  func emptyColumn() {
    for delimiter in ["\t", ";", "|", ","] {
      let text =
        "1\(delimiter)\(delimiter)2\(delimiter)3\n4\(delimiter)\(delimiter)5\(delimiter)6\n"
      #expect(Self.message(text).contains("column 2: the cell is empty"), "\(Self.message(text))")
    }
  }

  @Test("A typeset minus is a minus")
  func minus() throws {
    let table = try Self.table("x,y\n\u{2212}1.5,0\n2,\u{2212}1\n")
    #expect(table.samples.inputs == [-1.5, 2] && table.samples.targets == [0, -1])
  }

  @Test(
    "What looks like a number and is none is no class and gets advice",
    arguments: [
      ("x,y\n1,\"2,5\"\n3,\"4,5\"\n", "with a point"),
      ("x;y\n1;1.000,5\n3;2.000,5\n", "marks between thousands"),
      ("x,y\n1,\"1,000,000\"\n3,\"2,000,000\"\n", "marks between thousands"),
      ("x,y\n1,0x10\n2,0x20\n", "decimal digits"), ("x,y\n1,1d0\n2,2D-3\n", "with e"),
      ("x,y\n1,1_000\n2,2_000\n", "marks between thousands"),
      ("x,y\n1,50%\n2,60%\n", "without the percent sign"),
      ("x,y\n$1,0\n2,1\n", "without $"), ("x,y\n1,5 €\n2,6 €\n", "without €"),
      ("x,y\n1,9007199254740993\n2,9007199254740992\n", "classes as words"),
    ])
  func looksLikeNumbers(csv: String, advice: String) {
    #expect(Self.message(csv).contains(advice), "\(Self.message(csv))")
  }

  @Test("Words with digits stay classes", arguments: ["1st", "a1", "3x", "v1.000", "10 km", "1/2"])
  func wordsWithDigits(word: String) throws {
    let table = try Self.table("x,y\n1,\(word)\n2,other\n")
    #expect(table.samples.classLabels.map(\.name).sorted() == [word, "other"].sorted())
  }

  static func message(_ csv: String, _ more: String = "", model: String = "logistic") -> String {
    do {
      _ = try table(csv, more, model: model)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "Header, delimiter, quotes, line ends, remarks and byte order mark are found out",
    arguments: [
      "a,b,t\n1,2,0\n3,4,1\n", "1,2,0\n3,4,1", "a;b;t\r\n1;2;0\r\n3;4;1\r\n",
      "a\tb\tt\n1\t2\t0\n3\t4\t1\n", "\u{FEFF}a,b,t\n\"1\",\" 2 \",0\n3,4,1\n\n",
      "a|b|t\r1|2|0\r3|4|1", "  1  2   0\n  3  4   1  \n", "a b t\n1 2 0\n3\t4\t1\n",
      "# made by hand\n\n# in 2024\na,b,t\n1,2,0\n  # half-time\n3,4,1\n# end",
      "a;b;t\n1,0;2,00;0\n3;4;1\n", "a\tb\tt\n1,0\t2,0\t0\n3,0\t4,0\t1\n",
      "1 , 2 , 0\n3 , 4 , 1\n", "1, 2, 0\n3, 4, 1\n", ",,\n1,2,0\n,,\n3,4,1\n,,\n",
      "\"a\nb\",\"say \"\"b\"\"\",t\r\n1,2,0\r\n\"3\",4,\"1\"\r\n", "1;2,0;0e0\n+3;,4e1;1,\n",
      "\"first col\" \"b\" t\n1 2 0\n\"3\" 4 1\n",
    ])
  func forms(text: String) throws {
    let table = try Self.table(text).samples
    #expect(table.inputs == [1, 2, 3, 4])
    #expect(table.targets == [0, 1])
  }

  @Test("Columns are chosen by name or number")
  func columns() throws {
    let text = "t,a,b,c\n0,1,2,3\n1,4,5,6\n"
    let named = try Self.table(text, ", columns: [c, a], target: t")
    #expect(named.samples.inputs == [3, 1, 6, 4] && named.samples.targets == [0, 1])
    #expect(named.samples.inputNames == ["c", "a"] && named.targetNames == ["t"])
    let numbered = try Self.table(text, ", columns: [2], target: [1]")
    #expect(numbered.samples.inputs == [1, 4])
    #expect(Self.message(text, ", target: tt").contains("did you mean t?"))
    #expect(Self.message(text, ", columns: [9]").contains("has no column \"9\""))
    #expect(
      Self.message("a,a,t\n1,2,0\n3,4,1\n", ", columns: [a]").contains("more than one column"))
    #expect(Self.message("5\n6\n").contains("has one column only"))
  }

  @Test(
    "The first row is data unless words stand above numbers in a chosen column",
    arguments: [
      ("A,1,10\nB,2,20\nC,3,40\n", ", columns: [2], target: 3", false),
      ("x,1,10\nB,2,20\n", ", columns: [2], target: 3", false),
      ("x,y,z\nA,2,20\nB,3,4\n", ", columns: [2], target: 3", true),
      ("1,5,no\n2,6,yes\n", "", false), ("u,v,w\n2,6,yes\n1,2,no\n", "", true),
      (",x,t\n1,2,3\n2,3,4\n", "", true), ("?,2,3\n1,2,3\n4,5,6\n", ", missing: drop", false),
      ("1,2\n3,4\n", "", false), ("u,v\n?,1\n?,2\n3,4\n5,6\n", ", missing: drop", true),
    ])
  func header(text: String, more: String, hasNames: Bool) throws {
    let table = try Self.table(text, more, model: "softmax")
    #expect(table.samples.inputNames.isEmpty != hasNames)
    #expect(
      table.findings.contains { $0.hasPrefix(hasNames ? "row 1 holds names" : "row 1 is data") })
  }

  @Test(
    "Where it cannot be told, it is asked",
    arguments: ["x,2020\n1,3\n4,5\n", "red,big,yes\nblue,small,no\n", "?,?\n1,2\n"])
  func doubtfulHeader(text: String) {
    let message = Self.message(text, model: "softmax")
    #expect(
      message.contains("d.csv:1:1: ") && message.contains("`header: true` or `header: false`"))
    #expect(!Self.message(text, ", header: false", model: "softmax").contains("header: true"))
  }

  @Test("What is no number in the first row is a mistake, never a header")
  func firstRow() {
    #expect(
      Self.message("1e999,2\n1,2\n", model: "linear").contains(":1:1: column 1: \"1e999\" is too"))
    #expect(Self.message("nan,2\n1,2\n", model: "linear").contains(":1:1: column 1: \"nan\" is no"))
  }

  @Test("Mistakes are told with the file's line and column, each kind once")
  func mistakes() {
    let bad = Self.message("a,b\n1,0\n2,1\n3,x\n4,y\n", model: "linear")
    #expect(bad.contains("d.csv:4:3: column 2 (b): \"x\" is not a number"))
    #expect(bad.hasSuffix("(and 1 more such cell)") && !bad.contains("\n"))
    let gaps = Self.message("a,b\n1,0\n?,1\nNA,1\n,1\n")
    #expect(
      gaps.contains(":3:1: column 1 (a): \"?\" is no number; fill it in, or add `missing: drop`"))
    #expect(gaps.hasSuffix("(and 2 more such cells)") && !gaps.contains("\n"))
    #expect(Self.message("a,b\n1,0\n,1\n").contains("the cell is empty"))
    let narrow = Self.message("a,b\n1,0\n2\n3\n4,1\n")
    #expect(narrow.contains(":3:1: this row has 1 cell, the first has 2: add what is missing"))
    #expect(narrow.hasSuffix("(and 1 more such row)"))
    #expect(Self.message("").contains("the CSV file is empty"))
    #expect(Self.message("\n  \n,,,\n").contains("the CSV file is empty"))
    #expect(Self.message("a,b\n").contains("no rows"))
    #expect(Self.message("a,b\n1,1\n2,1\n").contains("all targets are 1"))
    #expect(Self.message("a,b\n1,1\n2,1\n", model: "linear").isEmpty)
    #expect(Self.message("a,b\n1\u{0},0\n").contains(":2:2: a zero byte"))
    let mixed = Self.message("a;b\n1,5;0\n2.5;1\n")
    #expect(mixed.contains(":3:1: fractions are set off by points (first at 3:1) and by commas"))
  }

  @Test(
    "An open quote is named where it opened, and text after a closing one where it stands",
    arguments: [
      ("x,y,class\n1,\"2,0\n2,1,1\n3,4,1\n", "d.csv:2:3: this quote (\") is never closed"),
      ("x,y\n1,2\n3,4\n\"5\"x,6\n", "d.csv:4:4: text after a closing quote"),
      ("x,y\r\n\"1\r\n2\"é,3\r\n", "d.csv:3:3: text after a closing quote"),
      ("x,y\u{B}\u{2028}\n1,2\n3,4\n5\u{85},6\n7,\"\n", "d.csv:5:3: this quote"),
    ])
  func quotes(text: String, message: String) {
    #expect(Self.message(text, model: "linear").contains(message))
  }

  @Test("Classes in words get numbers in their order, and keep their names")
  func words() throws {
    let text =
      "5.1,3.5,Iris-setosa\n7.0,3.2,Iris-versicolor\n6.3,3.3,Iris virginica\n4,3,Iris-setosa\n"
    let table = try Self.table(text, model: "softmax").samples
    #expect(table.targets == [1, 2, 0, 1] && table.classCount == 3)
    #expect(table.classLabels.map(\.name) == ["Iris virginica", "Iris-setosa", "Iris-versicolor"])
    let mixed = Self.message("x,t\n1,a\n2,7\n3,b\n", model: "softmax")
    #expect(mixed.contains("d.csv:3:3: column 2 (t): \"7\" is a number among words"))
    #expect(
      Self.message("x,t\n1,0\n2,a\n3,1\n").contains(
        "d.csv:3:3: column 2 (t): \"a\" is a word among"))
    #expect(Self.message("x,t\n1,a\n2,b\n", model: "linear").contains("kind: softmax"))
    #expect(Self.message("x,t\n1,a\n2,a\n").contains("all targets are \"a\""))
    let many = (0...ModelLimits.classes).map { "\($0),w\($0)\n" }.joined()
    #expect(Self.message("x,t\n" + many, model: "softmax").contains("are no classes"))
  }

  @Test("Gaps are dropped or filled, and it is told how many")
  func gaps() throws {
    let text = "a,b,t\n1,2,0\n?,4,1\n5,NA,1\n3,3,\n9,8,1\n"
    let dropped = try Self.table(text, ", missing: drop")
    #expect(dropped.samples.inputs == [1, 2, 9, 8] && dropped.samples.targets == [0, 1])
    #expect(dropped.findings.contains("3 rows with gaps are left out"))
    let filled = try Self.table(text, ", missing: mean")
    #expect(filled.samples.inputs == [1, 2, 5, 4, 5, 14.0 / 3, 9, 8])
    #expect(filled.samples.targets == [0, 1, 1, 1])
    #expect(filled.findings.contains("2 gaps are filled with their columns' means"))
    #expect(filled.findings.contains("1 row with a gap is left out"))
    #expect(Self.message("a,t\n?,0\n?,1\n", ", missing: mean, header: true").contains("no mean"))
    #expect(Self.message("a,t\n?,0\n?,1\n", ", missing: drop, header: true").contains("all 2 have"))
  }

  @Test("A table in UTF-16 or Latin-1 is told by name, numbers in it or not")
  func encodings() throws {
    let text = "x,y,t\n1,2,0\n3,4,1\n"
    let wide = text.data(using: .utf16) ?? Data()
    #expect { try Self.table(wide) } throws: { "\($0)".contains("UTF-16; save it as UTF-8") }
    let latin = "grün,y,t\n1,2,ä\n3,4,ö\n".data(using: .isoLatin1) ?? Data()
    #expect { try Self.table(latin, model: "softmax") } throws: {
      "\($0)".contains("d.csv:2:5: column 3 (t): the cell is not UTF-8")
    }
  }

  @Test("A saved preset with a table reads back as the same experiment")
  func roundTrip() throws {
    try Scratch.folder { folder in
      try Scratch.write("a;b;t\n1,5;2;no\n?;3;yes\n3;4;no\n3;5;yes\n", to: folder + "/d.csv")
      let experiment = try PresetFile.parse(
        "glissade: 1\nmodel: softmax\ndata: {csv: d.csv, missing: mean, delimiter: ;}\n", file: "p",
        name: "p", directory: folder)
      let again = try PresetFile.parse(
        PresetFile.text(of: experiment), file: "p", name: "p", directory: "/")
      #expect(again == experiment)
    }
  }
}
