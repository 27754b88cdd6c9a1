import Lanes
import Training

/// What the person asked of the learner and no snapshot has acknowledged yet, oldest first.
///
/// The learner takes requests between steps, so that a snapshot may be on its way that does not
/// know of them. Until one acknowledges a request, the explorer counts on what was asked, or two
/// quick presses of `+` would be one.
struct PendingRequests: Sendable {
  /// The requests that wait for an answer.
  private(set) var requests: [Request] = []
  /// The newest ticket that was given out.
  private(set) var lastTicket: Request.Ticket = 0

  /// Whether nothing waits for an answer.
  var isEmpty: Bool { requests.isEmpty }

  /// Whether something waits that undo takes back, or that undo or redo has asked for.
  var hasChange: Bool {
    requests.contains { request in
      switch request.control {
      case .change, .restart, .load, .open, .part, .beginAgain, .race, .undo, .redo, .delete: true
      default: false
      }
    }
  }

  /// Whether something waits after which the settings in force are others, which only the answer
  /// tells.
  var goesElsewhere: Bool {
    requests.contains { request in
      switch request.control {
      case .undo, .redo, .branch: true
      default: false
      }
    }
  }

  /// Whether a saved session is being done again.
  var opensSession: Bool {
    requests.contains { if case .open = $0.control { true } else { false } }
  }

  /// Gives a ticket to what is asked for, and keeps it until it is acknowledged.
  mutating func add(_ control: Control) -> Request {
    lastTicket += 1
    let request = Request(ticket: lastTicket, control: control)
    requests.append(request)
    return request
  }

  /// Drops what the learner has taken in, whether it took effect or was refused.
  mutating func acknowledge(_ ticket: Request.Ticket) {
    requests.removeAll { $0.ticket <= ticket }
  }

  /// The experiment as it will be once what was asked for has taken effect.
  func applied(to experiment: Experiment) -> Experiment {
    requests.reduce(into: experiment) { $1.control.apply(to: &$0) }
  }

  /// The base rate that was asked for; nil: none was.
  var learningRate: Double? {
    requests.reduce(nil) { rate, request in
      switch request.control {
      case .change(.learningRate(let asked)): asked
      case .change(.set(let change)): change.experiment.learningRate.number ?? rate
      case .load(let experiment, _), .beginAgain(let experiment, _):
        experiment.learningRate.number
      case .part(_, let commands, _):
        commands.reduce(rate) { rate, command in
          if case .set(let change) = command {
            change.experiment.learningRate.number ?? rate
          } else if case .learningRate(let asked) = command {
            asked
          } else {
            rate
          }
        }
      case .race(let race, let leader, _): race.rate(leader)
      default: rate
      }
    }
  }

  /// Single parameters that were asked for, by their places.
  var entries: [Int: Double] {
    requests.reduce(into: [:]) { entries, request in
      switch request.control {
      case .change(.entries(let values)): entries.merge(values) { $1 }
      case .change(.parameters), .load, .race, .restart, .part, .beginAgain, .undo, .redo, .seek,
        .move, .branch:
        entries = [:]
      default: break
      }
    }
  }

  /// From which step to which the learner is being taken at once, with what was asked for taken
  /// into account; nil: it goes at its pace, or waits.
  func advance(in snapshot: Snapshot) -> (from: Int, to: Int)? {
    let (step, owed) = requests.reduce((snapshot.step, snapshot.owedSteps)) { state, request in
      switch request.control {
      case .load, .restart, .race, .beginAgain: (0, 0)
      case .resume, .pause, .seek, .move, .undo, .redo, .branch, .open, .part: (state.0, 0)
      case .step(let count): (state.0, state.1 + min(max(0, count), Int.max / 4 - state.1))
      default: state
      }
    }
    return owed > 0 ? (step, step + owed) : nil
  }

  /// Whether it was asked to run (true) or to wait (false); nil: neither.
  var running: Bool? {
    requests.reduce(nil) { running, request in
      switch request.control {
      case .resume: true
      case .pause, .step, .seek, .move: false
      default: running
      }
    }
  }
}

extension Control {
  /// What it makes of the settings in force that the explorer shows and turns.
  fileprivate func apply(to experiment: inout Experiment) {
    switch self {
    case .load(let other, _), .beginAgain(let other, _): experiment = other
    case .part(_, let commands, _): for command in commands { experiment.apply(command) }
    case .race(let race, let leader, _): experiment = race.members[leader].experiment
    case .restart(let seed?): experiment.seed = seed
    case .change(let command): experiment.apply(command)
    default: break
    }
  }
}

extension LearningRate {
  /// The rate, where it is given as a number.
  fileprivate var number: Double? {
    if case .value(let rate) = self { return rate }
    return nil
  }
}

extension Experiment {
  /// The activation of the first hidden layer, where there is one.
  var hiddenActivation: Choice? {
    guard case .model(let model) = problem else { return nil }
    return model.hidden.first?.activation
  }
}
