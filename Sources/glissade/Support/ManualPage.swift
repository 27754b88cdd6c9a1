/// The manual as a page for `man`: its Markdown in roff's man macros.
///
/// It knows what the articles are written in: headings, paragraphs, lists, tables, code in lines
/// and in blocks, bold and italic words, links. Nothing is passed on as a request to roff.
struct ManualPage {
  /// The page's lines.
  private(set) var lines: [String]
  private var paragraph: [String] = []

  /// A page of articles in Markdown.
  init(_ markdown: String, version: String) {
    lines = [".TH GLISSADE 1 \"\" \"Glissade \(version)\" \"Manual\""]
    var isCode = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let isFence = line.hasPrefix("```")
      let isIndented = line.hasPrefix("    ") && (isCode || paragraph.isEmpty)
      if isFence || isCode && !isIndented && !isFenced && !line.isEmpty {
        close()
        isCode = setCode(!isCode && isFence, wasCode: isCode)
        isFenced = isCode
        if isFence { continue }
      }
      if !isCode, isIndented {
        close()
        isCode = setCode(true, wasCode: false)
      }
      if isCode {
        lines.append(Self.guarded(Self.escaped(isFenced ? line : line.dropFirst(4))))
      } else {
        add(line)
      }
    }
    close()
    _ = setCode(false, wasCode: isCode)
  }

  /// Whether the block of code that is open ends with a fence.
  private var isFenced = false

  private mutating func setCode(_ isOn: Bool, wasCode: Bool) -> Bool {
    if isOn, !wasCode { lines += [".PP", ".RS 4", ".nf"] }
    if !isOn, wasCode {
      while lines.last?.isEmpty == true { lines.removeLast() }
      lines += [".fi", ".RE"]
    }
    return isOn
  }

  /// A line that is no code.
  private mutating func add(_ line: Substring) {
    let level = line.prefix { $0 == "#" }.count
    if line.isEmpty || line.hasPrefix("![") || line.hasPrefix("@") {
      close()
    } else if level > 0, line.dropFirst(level).first == " " {
      close()
      let request = level == 1 ? ".SH" : ".SS"
      lines += [request, Self.guarded(Self.words(line.dropFirst(level + 1)))]
    } else if line.hasPrefix("|") {
      row(line)
    } else if line.hasPrefix("- ") {
      close()
      lines.append(".IP \\(bu 2")
      paragraph = [String(line.dropFirst(2))]
    } else if let dot = line.firstIndex(of: "."), line[..<dot].allSatisfy(\.isNumber),
      dot > line.startIndex, line[dot...].hasPrefix(". ")
    {
      close()
      lines.append(".IP \(line[...dot]) 4")
      paragraph = [String(line[dot...].dropFirst(2))]
    } else {
      if paragraph.isEmpty { lines.append(".PP") }
      paragraph.append(String(line.drop { $0 == " " }))
    }
  }

  /// Ends the paragraph that is open.
  private mutating func close() {
    guard !paragraph.isEmpty else { return }
    lines.append(Self.guarded(Self.words(paragraph.joined(separator: " ")[...])))
    paragraph = []
  }

  /// A row of a table: its first cell, and under it the others. Rules between rows are left out.
  private mutating func row(_ line: Substring) {
    close()
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(cell)
        cell = ""
      } else if character != "\\" || isEscaped {
        if isEscaped, character != "|" { cell.append("\\") }
        cell.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cell.contains(where: { $0 != " " }) { cells.append(cell) }
    guard cells.contains(where: { $0.contains { !"-: ".contains($0) } }) else { return }
    let texts = cells.map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    lines += [".TP", Self.guarded("\\fB" + Self.words(texts[0][...], base: "B") + "\\fR")]
    let rest = texts.dropFirst().filter { !$0.isEmpty }
    lines.append(Self.guarded(rest.map { Self.words($0[...]) }.joined(separator: " \\(em ")))
  }

  // MARK: - Text

  /// Text in its fonts: `code` and **strong** words bold, *words* italic; links are their text.
  static func words(_ text: Substring, base: String = "R") -> String {
    var result = ""
    var rest = text
    func part(_ mark: String) -> Substring? {
      guard rest.hasPrefix(mark) else { return nil }
      let inner = rest.dropFirst(mark.count)
      guard let end = inner.firstRange(of: mark), end.lowerBound > inner.startIndex,
        inner.first != " ", inner[..<end.lowerBound].last != " "
      else { return nil }
      return inner[..<end.lowerBound]
    }
    func font(_ name: String, _ inner: String) { result += "\\f\(name)\(inner)\\f\(base)" }
    while let first = rest.first {
      if let code = part("`") {
        font("B", escaped(code))
        rest = rest.dropFirst(code.count + 2)
      } else if let strong = part("**") {
        font("B", words(strong, base: "B"))
        rest = rest.dropFirst(strong.count + 4)
      } else if let italic = part("*") {
        font("I", words(italic, base: "I"))
        rest = rest.dropFirst(italic.count + 2)
      } else if first == "[", let close = rest.firstRange(of: "]("),
        let end = rest[close.upperBound...].firstIndex(of: ")")
      {
        result += words(rest[rest.index(after: rest.startIndex)..<close.lowerBound], base: base)
        rest = rest[rest.index(after: end)...]
      } else {
        result += escaped(rest.prefix(1))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Characters as they are, none of them a command.
  static func escaped(_ text: Substring) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
  }

  /// A line that roff takes for text, whatever it begins with.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
