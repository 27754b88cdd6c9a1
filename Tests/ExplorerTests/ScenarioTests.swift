import Lanes
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("The explorer's frames")
struct ScenarioTests {
  @Test("at 80×24: status line, main picture at the right, the others at the left, hints")
  func ordinary() {
    let explorer = Fixture.explorer(Fixture.function)
    #expect(
      explorer.text == """
         ● running  x sin(x² + 1)       gd   η 0.01   60 steps/s   step 120   loss 0.00110
        ╭─ 2 loss ──── step 120  of xsin ─────────╮╭─ 1 function ─ step 120  of xsin ──╮
        │ log own                                 ││ log own                           │
        │ zoom 1.0                                ││ zoom 1.0                          │
        │ scroll 0                                ││ scroll 0                          │
        │ selection 0                             ││ selection 0                       │
        │ cursor none                             ││ cursor none                       │
        """ + "")
  }
}
