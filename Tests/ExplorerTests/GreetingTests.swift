import Terminal
import Testing
import Training

@testable import Explorer

@Suite("The very first start")
struct GreetingTests {
  private static func greeted(width: Int) -> Explorer {
    var explorer = Fixture.explorer(Fixture.function, size: Size(width: width, height: 24))
    explorer.greeting = Greeting(over: explorer.snapshot, firstLesson: "taught")
    return explorer
  }

  @Test("says what is seen and which key opens the first lesson", arguments: [60, 80, 160])
  func line(width: Int) throws {
    let explorer = Self.greeted(width: width)
    let last = try #require(explorer.text.split(separator: "\n").last)
    #expect(last.contains("L opens the first lesson"))
    #expect(last.contains("A ball rolls down a curve") == (width >= 80))
  }

  @Test("L opens it, whatever preset runs")
  func opening() {
    var explorer = Self.greeted(width: 80)
    #expect(explorer.type("L") == [.load(preset: "taught", variant: nil)])
    #expect(explorer.isLessonShown && explorer.greeting == nil)
  }

  @Test("any other key takes the line away and does what it always does")
  func otherKeys() {
    var explorer = Self.greeted(width: 80)
    explorer.type("z")
    #expect(explorer.greeting == nil && explorer.panes.isZoomed)
    #expect(!explorer.text.contains("first lesson"))
  }
}
