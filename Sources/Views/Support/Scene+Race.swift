import Terminal
import Training

extension Scene {
  /// The colour of a run of a race: eight are told apart, in the order in which they were asked
  /// for; of more the first seven by place, and the rest is grey.
  func racer(_ number: Int, of race: RaceStanding) -> Color {
    if race.count <= theme.racers.count { return theme.racers[number % theme.racers.count] }
    let place = race.order.firstIndex(of: number) ?? race.count
    return place < theme.racers.count - 1 ? theme.racers[place] : faint(theme.muted, 0.3)
  }

  /// The letter of a run, where colours are few.
  func letter(_ number: Int) -> String {
    String(Character(UnicodeScalar(UInt8(97 + number % 26))))
  }

  /// What a run of a race is called at the end of its curve.
  func name(_ number: Int, of race: RaceStanding) -> String {
    let name = race.race.members[number].name
    return race.isOverSeeds ? "seed \(name)" : name
  }
}
