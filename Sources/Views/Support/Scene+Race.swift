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

  /// What a run of a race is called: the value that it was asked for with, and what has been
  /// changed of it since.
  func name(_ number: Int, of race: RaceStanding) -> String {
    let member = race.race.members[number]
    let name = race.isOverSeeds ? "seed \(member.name)" : member.name
    return member.change.map { "\(name), now \($0)" } ?? name
  }

  /// The same at the end of its curve, where a star says that it has been changed.
  func label(_ number: Int, of race: RaceStanding) -> String {
    let member = race.race.members[number]
    return (race.isOverSeeds ? "seed \(member.name)" : member.name)
      + (member.change == nil ? "" : "*")
  }
}
