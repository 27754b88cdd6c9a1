import Lanes
import Testing
import Training

@testable import Views

@Suite("Logarithmic axes are said")
struct LogScaleTests {
  @Test("Every view with a logarithmic axis says so once, last in its border; no other does")
  func said() {
    for (kind, snapshot) in Specimens.zoo {
      for view in views.entries where view.suits(snapshot) {
        let scene = ViewLawTests.scene(snapshot)
        let parts = view.readout(scene)
        let isSaid = !parts.isEmpty && view.isLogarithmic(scene)
        #expect(parts.count { $0 == "log scale" } == (isSaid ? 1 : 0), "\(kind): \(view.name)")
        if isSaid { #expect(parts.last == "log scale", "\(kind): \(view.name)") }
      }
    }
  }
}
