import Differentiation
import Models

/// A condition by its text, read for whatever parameters a run has at the time it is asked.
package struct ConditionReader: Sendable {
  /// The text.
  package let text: String
  /// The condition, ready to be asked; nil before the first snapshot, and where it cannot be read.
  package private(set) var condition: Condition?
  /// Why it cannot be asked of the run that was seen last.
  package private(set) var problem: String?

  /// A condition that has met no run yet.
  package init(_ text: String) { self.text = text }

  /// Whether it holds; what cannot be asked does not.
  package mutating func holds(in snapshot: Snapshot) -> Bool {
    let layout = snapshot.objective.layout
    if condition?.fits(layout) != true {
      do {
        condition = try Condition(text, layout: layout)
        problem = nil
      } catch {
        condition = nil
        problem = error.explanation
      }
    }
    return condition?.holds(in: snapshot) ?? false
  }
}

/// The first step after which a condition that somebody watches for held.
package struct Sighting: Equatable, Sendable {
  /// The request to watch.
  package var ticket: Request.Ticket
  /// The run's step.
  package var step: Int

  /// A sighting.
  package init(ticket: Request.Ticket, step: Int) {
    self.ticket = ticket
    self.step = step
  }
}
