import Testing
import Training

@testable import Presets

@Suite("Races and maps in one line")
struct ManyTests {
  @Test("names of optimizers alone are a race of them")
  func bareNames() throws {
    let (key, values) = try Race.parts("gd, adam")
    #expect(key == "optimizer" && values == ["gd", "adam"])
    #expect(try Race.parts("momentum gd").values == ["momentum", "gd"])
  }

  func preset() throws -> Preset {
    try PresetFile.parse(
      """
      glissade: 1
      title: Quadratic
      function: {formula: x^2/2 + 50 y^2}
      start: {x: 10, y: 1}
      optimizer: momentum
      learning_rate: 0.01
      steps: 30
      race: learning_rate 0.001, 0.01, 0.02
      map: learning_rate 1e-4..0.1, momentum 0..0.99
      """, file: "p", name: "quadratic")
  }

  @Test("A preset keeps its race and its map through its text")
  func keys() throws {
    let preset = try preset()
    #expect(preset.race == "learning_rate 0.001, 0.01, 0.02")
    let again = try PresetFile.parse(PresetFile.text(of: preset), file: "p", name: "quadratic")
    #expect(again.race == preset.race && again.map == preset.map)
  }

  @Test(
    "Lines of another form are told where they stand",
    arguments: [
      "race: adam", "race: seed 1..65", "map: learning_rate 1..2", "map: a 1..2, a 1..2",
      "map: a 2..1, b 1..2", "map: a 0..1 log, b 1..2", "map: a 1..2, b 1..2, beauty",
    ])
  func wrong(line: String) {
    #expect(throws: PresetError.self) {
      try PresetFile.parse(
        """
        glissade: 1
        function: {formula: x^2}
        \(line)
        """, file: "p", name: "wrong")
    }
  }

  @Test("A race has a member for each value, and refuses keys that there are not")
  func race() throws {
    let (key, values) = try Race.parts("learning_rate 0.001, 0.01")
    let race = try Race(try preset(), over: key, values: values)
    #expect(race.members.map(\.name) == ["0.001", "0.01"])
    #expect(race.rate(1) == 0.01)
    #expect(throws: PresetError.self) {
      try Race(try preset(), over: "hidden", values: ["1", "2"])
    }
    #expect(try Race.parts("hidden 2; 4; 8,8").values == ["2", "4", "8,8"])
  }

  @Test("Every pixel of a map ends as the run that it opens, bit by bit")
  func pixels() throws {
    let preset = try preset()
    let map = try RunMap(preset, preset.map)
    #expect(map.x.isLogarithmic && !map.y.isLogarithmic && map.steps == 30)
    var picture = MapPicture(columns: 16, rows: 16, x: map.x.places, y: map.y.places)
    for _ in 0..<MapPicture.stages { picture = picture.finer(map) }
    #expect(picture.count == 256)
    for row in 0..<16 {
      for column in 0..<16 {
        let ending = try #require(picture.ending(column: column, row: row))
        let place = picture.place(column: column, row: row)
        let opened = try PresetKeys.apply(
          map.settings(map.x.value(at: place.x), map.y.value(at: place.y)), to: preset)
        var run = try Run(opened)
        run.advance(map.steps)
        #expect(run.parameters == ending.parameters)
      }
    }
  }

  @Test("Coarse pixels are pixels of the finest map")
  func coarse() throws {
    let preset = try preset()
    let map = try RunMap(preset, preset.map)
    let first = MapPicture(columns: 9, rows: 7, x: map.x.places, y: map.y.places).finer(map)
    var finest = first
    for _ in 1..<MapPicture.stages { finest = finest.finer(map) }
    #expect(first.count == 1 && finest.count == 63)
    #expect(first.ending(column: 7, row: 5) == finest.ending(column: 0, row: 0))
    for index in first.endings.indices {
      if let ending = first.endings[index] { #expect(finest.endings[index] == ending) }
    }
  }

  @Test("What was known of a place is shown until the runs of a nearer look are done")
  func earlier() throws {
    let preset = try preset()
    let map = try RunMap(preset, preset.map)
    let (x, y) = (map.x.places, map.y.places)
    var whole = MapPicture(columns: 16, rows: 16, x: x, y: y, map: map.id)
    for _ in 0..<MapPicture.stages { whole = whole.finer(map) }
    // Half as wide and high, moved to the left and down: the left quarter is new.
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let left = x.lowerBound - width / 8
    var near = MapPicture(
      columns: 32, rows: 32, x: left...left + width / 2,
      y: y.lowerBound...y.lowerBound + height / 2, map: map.id, after: whole)
    for row in 0..<32 {
      for column in 0..<32 {
        let shown = near.ending(column: column, row: row)
        if column < 8 {
          #expect(shown == nil)
        } else {
          #expect(shown == whole.ending(column: (column - 8) / 4, row: 8 + row / 4))
        }
      }
    }
    #expect(near.count == 0 && near.endings.allSatisfy { $0 == nil })
    near = near.finer(map)
    #expect(near.ending(column: 16, row: 16) == near.endings[16 * 32 + 16])
    #expect(near.ending(column: 17, row: 16) == whole.ending(column: 2, row: 12))
    for _ in 1..<MapPicture.stages { near = near.finer(map) }
    var fresh = MapPicture(columns: 32, rows: 32, x: near.x, y: near.y, map: map.id)
    for _ in 0..<MapPicture.stages { fresh = fresh.finer(map) }
    #expect(near.shown == fresh.endings)
    let other = MapPicture(columns: 4, rows: 4, x: x, y: y, map: RunID(), after: whole)
    #expect(other.shown.allSatisfy { $0 == nil })
  }

  @Test("The border of convergence lies within a pixel of 2(1 + γ)/λ")
  func border() throws {
    var preset = try preset()
    preset.experiment.steps = 1000
    let map = try RunMap(preset, "learning_rate 0.01..0.05 linear, momentum 0..0.9")
    var picture = MapPicture(columns: 40, rows: 8, x: map.x.places, y: map.y.places)
    for _ in 0..<MapPicture.stages { picture = picture.finer(map) }
    for row in 0..<8 {
      let first = try #require(
        (0..<40).first { column in
          let ending = picture.ending(column: column, row: row)
          return ending?.isDiverged == true || (ending?.loss ?? 0) > 100
        })
      let momentum = map.y.value(at: picture.place(column: 0, row: row).y)
      let limit = try #require(map.rateLimit(at: momentum, parameters: [0, 0]))
      #expect(abs(limit - 2 * (1 + momentum) / 100) < 1e-12)
      let pixel = 0.04 / 40
      let at = map.x.value(at: picture.place(column: first, row: row).x)
      #expect(abs(at - limit) <= pixel)
    }
  }

  @Test(
    "A map takes ranges as lists of values do, with counts or without",
    arguments: [
      ("learning_rate 1e-3..1/log9, momentum 0..0.9/9", true, 1e-3...1),
      ("learning_rate=1e-3..1/log9; momentum=0..0.9/9", true, 1e-3...1),
      ("--over learning_rate=1e-3..1/log9 --over momentum=0..0.9/9", true, 1e-3...1),
      ("learning_rate 1e-3..1/9, momentum 0..0.9, loss", false, 1e-3...1),
      ("learning_rate 1..0.1/log5, momentum 0..0.9", true, 0.1...1),
      ("learning_rate 1e-3..1/9 log, momentum 0..0.9", true, 1e-3...1),
      ("learning_rate 1e-3..1, momentum 0..0.9/2", true, 1e-3...1),
    ] as [(String, Bool, ClosedRange<Double>)])
  func ranges(line: String, isLogarithmic: Bool, ends: ClosedRange<Double>) throws {
    let map = try RunMap(try preset(), line)
    #expect(map.x.isLogarithmic == isLogarithmic && map.x.low...map.x.high == ends)
    #expect(!map.y.isLogarithmic && map.y.low == 0 && map.y.high == 0.9)
  }

  @Test(
    "What is no range in a list of values is none in a map, in the same words",
    arguments: ["1e-3..1/log", "1e-3..1/1", "0..1/log9", "a..1/9", "1..2/²", "0..1/log9999999"])
  func noRanges(range: String) {
    var words = ""
    do { _ = try ValueList(range) } catch { words = error.description }
    #expect(!words.isEmpty)
    do {
      _ = try RunMap(try preset(), "learning_rate \(range), momentum 0..0.9")
      Issue.record("taken: \(range)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }

  @Test("Lists of values are read in one place")
  func lists() throws {
    #expect(try ValueList("1,2,4").values == ["1", "2", "4"])
    #expect(try ValueList("2; 4; 8,8").values == ["2", "4", "8,8"])
    #expect(try ValueList("1..3").values == ["1", "2", "3"])
    #expect(try ValueList("1e-2..1/log3").values == ["0.01", "0.1", "1"])
  }
}
