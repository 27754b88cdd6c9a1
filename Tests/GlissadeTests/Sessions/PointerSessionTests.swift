import Foundation
import Testing

extension Sessions {
  /// What is done with a mouse, or pasted, in a terminal.
  @Suite("Dragging and pasting in a terminal")
  struct PointerSessionTests {
    /// A cell of the screen, counted from 0.
    private struct Cell {
      var x: Int
      var y: Int
    }

    /// Where a text begins on the screen.
    private static func find(_ text: String, in screen: String) throws -> Cell {
      let rows = screen.split(separator: "\n", omittingEmptySubsequences: false)
      let found = rows.enumerated().compactMap { y, row -> Cell? in
        row.firstRange(of: text).map {
          Cell(x: row.distance(from: row.startIndex, to: $0.lowerBound), y: y)
        }
      }
      return try #require(found.first, "no \(text) in\n\(screen)")
    }

    /// The left button goes down at one place, moves on to others, and is let go at the last.
    private static func drag(_ places: [Cell], _ terminal: TerminalSession) throws {
      func report(_ button: Int, _ place: Cell, _ end: Character) throws {
        try terminal.send("\u{1B}[<\(button);\(place.x + 1);\(place.y + 1)\(end)".utf8)
      }
      try report(0, places[0], "M")
      for place in places.dropFirst() { try report(32, place, "M") }
      try report(0, places[places.count - 1], "m")
    }

    /// Shows a view by the palette.
    private static func show(_ view: String, _ terminal: TerminalSession) throws {
      try terminal.type(":view \(view)")
      try terminal.wait(for: "what was typed") { $0.contains("view \(view)") }
      try terminal.press("Enter")
      try terminal.wait(for: "the palette to close") { !$0.contains("─ find ─") }
    }

    private static func pause(_ terminal: TerminalSession, at least: Double) throws -> ShownRun {
      try terminal.waitRun(for: "some steps") { ($0.step ?? 0) >= least }
      try terminal.press("Space")
      return try terminal.waitRun(for: "a pause") { $0.isPaused && $0.loss != nil }
    }

    @Test("A drag on the loss curve goes to a moment of the past, and End comes back to the bit")
    func lossCurve() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let before = try Self.pause(terminal, at: 40)
        try Self.show("loss", terminal)
        let title = try Self.find(" loss ─", in: terminal.screen())
        let places = [50, 40, 30, 25].map { Cell(x: title.x + $0, y: title.y + 4) }
        try Self.drag(places, terminal)
        let past = try terminal.waitRun(for: "a moment of the past") {
          $0.screen.contains("◀ past") && ($0.step ?? .infinity) < before.step ?? 0
        }
        #expect(past.loss != before.loss)
        try terminal.press("End")
        try terminal.waitRun(for: "the newest moment") {
          $0.step == before.step && $0.loss == before.loss && !$0.screen.contains("◀ past")
        }
      }
    }

    @Test("A weight's bar is dragged in the network, and u takes the drag back at once")
    func weight() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let before = try Self.pause(terminal, at: 5)
        try Self.show("network", terminal)
        try terminal.type("z")
        try terminal.press("Right", "Enter")
        let list = try terminal.wait(for: "the unit's weights") { $0.contains("enter type") }
        // The bar of the weight in hand ends where the picture does.
        let row = try Self.find("x1  ", in: list)
        try Self.drag([150, 153, 156].map { Cell(x: $0, y: row.y) }, terminal)
        try terminal.waitRun(for: "another loss") {
          $0.loss != nil && $0.loss != before.loss && $0.step == before.step
        }
        try terminal.type("u")
        try terminal.waitRun(for: "the loss as it was") {
          $0.loss == before.loss && $0.step == before.step
        }
      }
    }

    @Test("Rows that are pasted are shown as a table and trained; u goes back to what ran")
    func rows() throws {
      try TerminalSession.run(width: 100, height: 30) { terminal in
        try terminal.explore("xor")
        let before = try Self.pause(terminal, at: 5)
        let rows = (0..<12).map { "\(Double($0) / 10),\(Double($0 * $0) / 100)" }
        let text = "a,b\r" + rows.joined(separator: "\r") + "\r"
        try terminal.send("\u{1B}[200~\(text)\u{1B}[201~".utf8)
        try terminal.wait(for: "the table") { $0.contains("12 rows") }
        try terminal.press("Enter")
        try terminal.waitRun(for: "a net on them") {
          !$0.screen.contains("12 rows") && $0.loss != nil && $0.loss != before.loss
        }
        try terminal.type("u")
        try terminal.waitRun(for: "what ran before") {
          $0.step == before.step && $0.loss == before.loss
        }
      }
    }
  }
}
