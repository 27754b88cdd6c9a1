import Foundation
import Testing

@testable import glissade

@Suite("The manual as a page for man")
struct ManualPageTests {
  private func page(_ markdown: String) -> [String] {
    Array(ManualPage(markdown, version: "1").lines.dropFirst())
  }

  @Test("Headings, paragraphs, lists and code have requests of their own")
  func blocks() {
    #expect(page("# One\n\nText that\ngoes on.\n") == [".SH", "One", ".PP", "Text that goes on."])
    #expect(page("## Two") == [".SS", "Two"])
    #expect(page("- a\n  b\n- c\n") == [".IP \\(bu 2", "a b", ".IP \\(bu 2", "c"])
    #expect(page("1. a\n2. b") == [".IP 1. 4", "a", ".IP 2. 4", "b"])
    let code = [".PP", ".RS 4", ".nf", "run \\-x", "", "\\&.y", ".fi", ".RE"]
    #expect(page("    run -x\n\n    .y\n\nText") == code + [".PP", "Text"])
    #expect(page("```\nrun -x\n\n.y\n```\nText") == code + [".PP", "Text"])
    #expect(page("```\n# no heading\n```").contains("# no heading"))
  }

  @Test("Rows of a table are their first cell and what belongs to it")
  func tables() {
    let table = "| key | value |\n|---|:--|\n| `a\\|b` | one | two |\n"
    #expect(
      page(table) == [
        ".TP", "\\fBkey\\fR", "value", ".TP", "\\fB\\fBa|b\\fB\\fR", "one \\(em two",
      ])
  }

  @Test(
    "Words have their fonts, and nothing is a command",
    arguments: [
      ("a `b-c` d", "a \\fBb\\-c\\fR d"), ("**a** *b*", "\\fBa\\fR \\fIb\\fR"),
      ("2 * 3 * 4", "2 * 3 * 4"), ("[a](b.md) c", "a c"), ("a\\b", "a\\eb"), ("**", "**"),
      ("`*a*`", "\\fB*a*\\fR"), ("[x] (y)", "[x] (y)"), ("`", "`"),
    ])
  func words(text: String, roff: String) { #expect(ManualPage.words(text[...]) == roff) }

  @Test("No line of the manual begins a request that is not one of ours")
  func whole() throws {
    let known = ["TH", "SH", "SS", "PP", "IP", "TP", "RS", "RE", "nf", "fi"]
    for line in try #require(Manual.page(nil)).lines where line.hasPrefix(".") {
      #expect(known.contains { line == ".\($0)" || line.hasPrefix(".\($0) ") }, "\(line)")
    }
    #expect(ManualPage(".so /etc/passwd\n'x", version: "1").lines.last == "\\&.so /etc/passwd 'x")
  }
}
