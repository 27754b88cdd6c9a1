import Glibc
import Lanes
import Testing

@testable import Optimization

@Suite("Schedules")
struct ScheduleTests {
  func factors(
    _ name: String, _ settings: [String: Double] = [:], total: Int = 100, count: Int = 100,
    stepsPerEpoch: Int = 1
  ) throws -> [Double] {
    var clock = try ScheduleClock(
      Choice(name, settings), totalSteps: total, stepsPerEpoch: stepsPerEpoch)
    return (0..<count).map { clock.factor(step: $0, epoch: $0 / stepsPerEpoch) }
  }

  @Test(
    "give finite factors that are not negative, long after their end too",
    arguments: schedules.names)
  func finite(_ name: String) throws {
    for total in [1, 2, 3, 100] {
      for factor in try factors(name, total: total, count: 300) {
        #expect(factor.isFinite && factor >= 0)
      }
    }
    var clock = try ScheduleClock(Choice(name), totalSteps: 100)
    #expect(clock.factor(step: 1 << 50, epoch: 1 << 50).isFinite)
  }

  @Test(
    "are functions of time alone: asked in any order they answer the same",
    arguments: schedules.names)
  func pure(_ name: String) throws {
    let forward = try factors(name)
    var clock = try ScheduleClock(Choice(name), totalSteps: 100)
    for step in (0..<100).reversed() {
      #expect(clock.factor(step: step, epoch: step) == forward[step])
    }
  }

  @Test(
    "begin at 1, those that only fall",
    arguments: [
      "constant", "step", "multi_step", "exponential", "polynomial", "cosine", "cosine_restarts",
      "reduce_on_plateau",
    ])
  func begins(_ name: String) throws { #expect(try factors(name)[0] == 1) }

  @Test(
    "never trap at the ends of their settings' ranges, and refuse what is beyond",
    arguments: schedules.entries)
  func extremes(_ schedule: Schedule) throws {
    for parameter in schedule.hyperparameters {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        let factors = try factors(schedule.name, [parameter.name: value], count: 20)
        #expect(factors.count == 20)
      }
      #expect(throws: ChoiceError.self) {
        try factors(schedule.name, [parameter.name: parameter.range.upperBound * 2 + 1])
      }
    }
    #expect(throws: ChoiceError.self) { try factors(schedule.name, ["nothing": 1]) }
  }

  @Test("The notes' schedule is t₀/(t + t₁)")
  func inverseTime() throws {
    let factors = try factors("inverse_time", ["t0": 5, "t1": 50])
    #expect(factors[0] == 0.1)
    #expect(factors[1] == 5.0 / 51)
    #expect(factors[99] == 5.0 / 149)
  }

  @Test("Stairs and milestones fall where PyTorch's do")
  func stairs() throws {
    let stairs = try factors("step", ["size": 30, "gamma": 0.1])
    #expect(stairs[29] == 1 && stairs[30] == 0.1 && abs(stairs[60] - 0.01) < 1e-17)
    let milestones = try factors("multi_step", ["milestone1": 30, "milestone2": 80])
    #expect(milestones[29] == 1 && milestones[30] == 0.1 && abs(milestones[80] - 0.01) < 1e-17)
  }

  @Test("Curves go through PyTorch's points")
  func curves() throws {
    let polynomial = try factors("polynomial", ["power": 2])
    #expect(abs(polynomial[25] - 0.5625) < 1e-15)
    let cosine = try factors("cosine")
    for t in 0..<100 {
      #expect(abs(cosine[t] - (1 + cos(Double.pi * Double(t) / 100)) / 2) < 1e-15)
    }
    let restarts = try factors("cosine_restarts", ["period": 10, "multiplier": 2], count: 80)
    #expect(restarts[0] == 1 && restarts[10] == 1 && restarts[30] == 1 && restarts[70] == 1)
    #expect(abs(restarts[20] - 0.5) < 1e-15)
    let exponential = try factors("exponential", ["gamma": 0.5])
    #expect(exponential[10] == 0x1p-10)
  }

  @Test("One cycle is PyTorch's OneCycleLR")
  func oneCycle() throws {
    let factors = try factors("one_cycle")
    func anneal(_ start: Double, _ end: Double, _ share: Double) -> Double {
      end + (start - end) / 2 * (cos(Double.pi * share) + 1)
    }
    for t in 0..<100 {
      let expected =
        t <= 29
        ? anneal(1.0 / 25, 1, Double(t) / 29)
        : anneal(1, 1.0 / 25 / 1e4, (Double(t) - 29) / 70)
      #expect(abs(factors[t] - expected) < 1e-14, "\(t)")
    }
  }

  @Test("Warm-up rises in a line and falls in one")
  func warmup() throws {
    let factors = try factors("warmup_linear", ["warmup": 10], total: 110, count: 120)
    #expect(factors[0] == 0.1 && factors[9] == 1 && factors[10] == 1)
    #expect(factors[60] == 0.5 && factors[110] == 0 && factors[119] == 0)
  }

  @Test("Cycles go up and down, lower each time when they shrink")
  func cyclic() throws {
    let factors = try factors(
      "cyclic", ["up": 10, "down": 20, "shrink": 0.5, "floor": 0], count: 90)
    #expect(factors[0] == 0 && factors[10] == 1 && factors[20] == 0.5 && factors[30] == 0)
    #expect(factors[40] == 0.5 && factors[70] == 0.25)
  }

  @Test("Epochs are counted instead of steps on request")
  func epochs() throws {
    let factors = try factors(
      "polynomial", ["per_epoch": 1], total: 100, count: 100, stepsPerEpoch: 20)
    #expect(factors[0] == 1 && factors[19] == 1)
    #expect(abs(factors[20] - 0.8) < 1e-15 && abs(factors[99] - 0.2) < 1e-15)
  }

  @Test("A schedule that takes effect later begins later")
  func begunLater() throws {
    var clock = try ScheduleClock(
      Choice("exponential", ["gamma": 0.5]), totalSteps: 10, firstStep: 1000, firstEpoch: 1000)
    #expect(clock.factor(step: 1000, epoch: 1000) == 1)
    #expect(clock.factor(step: 1002, epoch: 1002) == 0.25)
  }

  @Test("The plateau rule is PyTorch's")
  func plateau() throws {
    let choice = Choice(
      "reduce_on_plateau", ["patience": 2, "factor": 0.5, "cooldown": 1, "threshold": 0.1])
    var clock = try ScheduleClock(choice, totalSteps: 100)
    var seen: [Double] = []
    // Improves, then stalls.
    for loss in [10.0, 8, 7.5, 7.4, 7.3, 7.3, 7.3, 7.3, 7.3, 7.3] {
      clock.epochEnded(loss: loss)
      seen.append(clock.factor(step: 0, epoch: 0))
    }
    // Bad epochs: 7.5 (not below 7.2), 7.4, 7.3: more than two, so it falls; one epoch of cooldown;
    // three more.
    #expect(seen == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25])
  }

  @Test(
    "a floor lifts every factor to floor + (1 − floor)·f, warm-ups too",
    arguments: schedules.entries.filter { $0.formula.hasPrefix("floor + (1 − floor)") })
  func floors(_ schedule: Schedule) throws {
    let settings: [String: Double] = schedule.name == "warmup_linear" ? ["warmup": 20] : [:]
    let plain = try factors(schedule.name, settings.merging(["floor": 0]) { $1 }, count: 150)
    let lifted = try factors(schedule.name, settings.merging(["floor": 0.2]) { $1 }, count: 150)
    for (f, g) in zip(plain, lifted) { #expect(abs(g - (0.2 + 0.8 * f)) < 1e-15 && g >= 0.2) }
  }

  @Test("every schedule with a floor keeps to it, and says so in its formula")
  func floorsAreShown() throws {
    for schedule in schedules.entries
    where schedule.hyperparameters.contains(where: { $0.name == "floor" }) {
      #expect(schedule.formula.contains("floor"), "\(schedule.name)")
      for factor in try factors(schedule.name, ["floor": 0.3], count: 300) {
        #expect(factor >= 0.3 - 1e-15)
      }
    }
  }

  @Test(
    "after their end they keep the last factor",
    arguments: ["polynomial", "cosine", "warmup_linear", "one_cycle"])
  func ended(_ name: String) throws {
    let settings: [String: Double] = name == "warmup_linear" ? ["warmup": 20] : [:]
    let all = try factors(name, settings, total: 100, count: 400)
    #expect(Set(all[100...]).count == 1)
    #expect(all[100] <= 1e-5)
    let summary = schedules[name]?.summary ?? ""
    #expect(summary.contains("from T on") || summary.contains("where it stays"))
  }

  @Test("a warm-up that fills all the time stays at the base rate after it")
  func onlyWarmUp() throws {
    let factors = try factors("warmup_linear", ["warmup": 100], total: 100, count: 120)
    #expect(factors[49] == 0.5 && factors[99] == 1 && factors[119] == 1)
  }

  @Test("any number of milestones may be given")
  func milestones() throws {
    var settings: [String: Double] = ["gamma": 0.5]
    for number in 1...9 { settings["milestone\(number)"] = Double(number * 10) }
    let factors = try factors("multi_step", settings)
    for t in 0..<100 { #expect(factors[t] == 1 / Double(1 << min(9, t / 10))) }
    #expect(throws: ChoiceError.self) { try self.factors("multi_step", ["milestone0": 3]) }
    #expect(throws: ChoiceError.self) { try self.factors("multi_step", ["milestone07": 3]) }
    #expect(throws: ChoiceError.self) { try self.factors("multi_step", ["milestonex": 3]) }
    #expect(throws: ChoiceError.self) { try self.factors("step", ["size7": 3]) }
  }

  @Test("the plateau rule does not care for the sign of the loss")
  func plateauOfAnySign() throws {
    for level in [-91.0, -1e-9, 0, 1e-9, 91] {
      let choice = Choice("reduce_on_plateau", ["patience": 2, "factor": 0.5])
      var clock = try ScheduleClock(choice, totalSteps: 100)
      for _ in 0..<4 { clock.epochEnded(loss: level) }
      #expect(clock.factor(step: 0, epoch: 0) == 0.5, "stands still at \(level)")
      // Clearly better again and again: it does not fall further.
      for k in 1...5 { clock.epochEnded(loss: level - Double(k) * 0.1) }
      #expect(clock.factor(step: 0, epoch: 0) == 0.5, "falls from \(level)")
    }
  }

  @Test("who needs the loss is what the entry says")
  func hearing() throws {
    for schedule in schedules.entries {
      let clock = try ScheduleClock(Choice(schedule.name), totalSteps: 10)
      #expect(clock.hearsLoss == schedule.hearsLoss)
    }
  }
}
