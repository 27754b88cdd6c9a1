/// Something that the person at the keys wants of the learner, under a ticket.
///
/// Snapshots say the newest ticket that the learner has taken in, so that whoever asked knows when
/// to stop waiting.
package struct Request: Equatable, Sendable {
  /// Numbers requests in the order in which they were made, from 1.
  package typealias Ticket = UInt64

  /// The ticket.
  package var ticket: Ticket
  /// What is wanted.
  package var control: Control

  /// A request.
  package init(ticket: Ticket, control: Control) {
    self.ticket = ticket
    self.control = control
  }
}

/// What the person at the keys wants of the learner itself; only the changes among it are part of a
/// run.
package enum Control: Equatable, Sendable {
  /// Start or go on.
  case resume
  /// Wait.
  case pause
  /// Take this many steps, then pause.
  case step(Int)
  /// Steps per second; infinity is full speed.
  case pace(Double)
  /// Begin again: same experiment and settings as now, the same seed or another.
  case restart(seed: UInt64?)
  /// Another experiment, at this many steps per second.
  case load(Experiment, pace: Double)
  /// A race from its start, led by one of its runs, which all pictures show; at this many steps per
  /// second.
  case race(Race, leader: Int, pace: Double)
  /// Another run of the race leads: it is shown at the step that the race has reached.
  case lead(Int)
  /// The race ends; the run that leads goes on alone.
  case endRace
  /// Look after each step whether a condition holds, until it does (`Snapshot.sighting`); nil: no
  /// more. Steps are taken one by one meanwhile.
  case watch(String?)
  /// A change of the run, dated when it takes effect; in the past it begins a branch.
  case change(Command)
  /// Goes back to the moment after so many steps of the present branch, and takes another way from
  /// there on: a branch that begins with these changes. Undo takes all of it back at once.
  case part(step: Int, [Command], label: String)
  /// Begins again as another experiment of the same problem, under this name; what ran before
  /// stays as a ghost.
  case beginAgain(Experiment, label: String)
  /// Opens a session that was written, does its branches again, and waits at the end of the one
  /// that was shown.
  case open(SavedSession, pace: Double)
  /// Shows the moment after so many steps of the present branch, and waits there.
  case seek(step: Int)
  /// Shows a moment so many steps later (earlier, negative), and waits there.
  case move(steps: Int)
  /// Goes back to before the person's last action.
  case undo
  /// Goes on to after the action that was taken back last.
  case redo
  /// Goes to the newest moment of a branch.
  case branch(Branch.ID)
  /// Gives a branch a name.
  case name(Branch.ID, String)
  /// Forgets a branch.
  case delete(Branch.ID)
}

/// Why a request could not take effect.
package struct Refusal: Equatable, Sendable {
  /// The request's ticket.
  package var ticket: Request.Ticket
  /// What was wrong with it.
  package var reason: String

  /// A refusal.
  package init(ticket: Request.Ticket, reason: String) {
    self.ticket = ticket
    self.reason = reason
  }
}
