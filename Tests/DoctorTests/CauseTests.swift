import Lanes
import Testing

@testable import Doctor

@Suite("The doctor's catalogue")
struct CauseTests {
  @Test("every cause says what it is, when it holds, and what to do", arguments: Cause.all)
  func isComplete(name: String) throws {
    let cause = try #require(Cause.catalogue[name])
    for text in [cause.title, cause.summary, cause.criterion, cause.words, cause.remedy] {
      #expect(!text.isEmpty && !text.contains("  "), "\(name): \(text)")
    }
    #expect(!cause.summary.hasSuffix("."))
  }

  @Test("causes stand in the order of the questions")
  func isInOrder() {
    let questions = Cause.catalogue.entries.map(\.question)
    #expect(questions == questions.sorted())
    #expect(Set(questions) == Set(Cause.Question.allCases))
  }
}

extension Cause {
  /// The names of all causes, for parametrised tests.
  static var all: [String] { catalogue.names }
}
