import Lanes
import Terminal
package import Training
import Views

extension Explorer {
  /// Does what is asked for about races.
  mutating func race(_ wish: RaceWish) -> [Effect] {
    if let refused = refuseCovered() { return refused }
    switch wish {
    case .begin(let line):
      say("preparing the race …")
      return [.race(RaceRequest(preset: presetNow, line: line))]
    case .fair:
      guard var request = raceRequest, snapshot.race != nil else { return sayNoRace() }
      request.isFair.toggle()
      say(request.isFair ? "looking for each run's best rate …" : "preparing the race …")
      return [.race(request)]
    case .axis(let axis):
      guard snapshot.race != nil else { return sayNoRace() }
      many.race.axis = axis
      say("over \(axis.rawValue)" + (axis == .seconds ? ", measured on this machine" : ""))
    case .band:
      guard let race = snapshot.race else { return sayNoRace() }
      let isBand = many.race.isBand ?? (race.isOverSeeds && race.count > 8)
      many.race.isBand = !isBand
      say(isBand ? "a curve for each run" : "median, quartiles and extremes")
    case .off:
      guard let race = snapshot.race else { return sayNoRace() }
      say("\(race.race.members[race.leader].name) goes on alone")
      panes.focused = nil
      return [ask(.endRace)]
    }
    return []
  }

  private mutating func sayNoRace() -> [Effect] {
    say("there is no race: `race optimizer adam, momentum, gd` in the palette begins one", .warning)
    return []
  }

  /// Begins a race that has been prepared.
  package mutating func begin(_ race: Race, of request: RaceRequest) -> [Effect] {
    let isAgain = snapshot.race?.race.key == race.key
    raceRequest = request
    if !isAgain { many.race = RaceLook() }
    panes.order = nil
    let leader = isAgain ? min(snapshot.race?.leader ?? 0, race.members.count - 1) : 0
    say("race of \(race.members.count) over \(race.key)")
    return [ask(.race(race, leader: leader, pace: pace)), setRunning(true)]
  }

  /// Takes in that a race could not be prepared.
  package mutating func failed(toRace failure: PresetFailure) {
    say("no race: \(failure.message)", .bad)
  }

  /// Whether keys choose among the runs of a race: its ranking has the focus.
  var isRankingFocused: Bool {
    snapshot.race != nil && focusedView?.name == View.ranking.name
  }

  /// Another run leads: so many places down the ranking.
  mutating func changeLeader(by places: Int) -> [Effect] {
    guard let race = snapshot.race else { return [] }
    let order = race.order
    guard let place = order.firstIndex(of: race.leader) else { return [] }
    return lead(order[max(0, min(order.count - 1, place + places))])
  }

  /// Another run leads.
  mutating func lead(_ number: Int) -> [Effect] {
    guard let race = snapshot.race, race.runs.indices.contains(number), number != race.leader
    else { return [] }
    if let step = race.runs[number].divergedAt {
      say("\(race.race.members[number].name) diverged at step \(step)", .warning)
      return []
    }
    return [ask(.lead(number))]
  }

  /// The leader's curve is hidden, or shown again.
  mutating func toggleRacer() -> [Effect] {
    guard let race = snapshot.race else { return [] }
    if many.race.hidden.remove(race.leader) == nil { many.race.hidden.insert(race.leader) }
    return []
  }

  /// The panes of a race: what all runs share, their losses, the ranking.
  var racePanes: [String] {
    let suits = { (name: String) in self.vocabulary.views[name]?.suits(self.snapshot) == true }
    let first = [View.nets.name] + preset.views + [View.contour.name, View.function.name]
    let main = first.first { $0 != View.loss.name && suits($0) }
    return [main].compactMap { $0 } + [View.loss.name, View.ranking.name]
  }
}
