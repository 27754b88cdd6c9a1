import Foundation
import Lanes
import Models
import Training

/// Figures of another program on theories of training.
enum TheoryReference {
  struct ScheduleFree: Decodable {
    struct Xor: Decodable {
      var steps: [Int]
      var points: [[Double]]
      var average: [Double]
      var averageLosses: [Double]
    }
    struct Rosenbrock: Decodable {
      var steps: [Int]
      var points: [[Double]]
      var averages: [[Double]]
      var losses: [Double]
    }
    var start: [Double]
    var sgd: Xor
    var adamw: Xor
    var adamwDecayWarmup: Xor
    var rosenbrockSGD: Rosenbrock
    var rosenbrockAdamW: Rosenbrock
  }
  struct Saddles: Decodable {
    var x: [[Double]]
    var y: [[Double]]
    var start: [Double]
    var steps: [Int]
    var values: [[Double]]
    var losses: [Double]
    var closed: [[Double]]
    var halfTimes: [Double]
    var randomW1: [[Double]]
    var randomW2: [[Double]]
    var randomSteps: [Int]
    var randomValues: [[Double]]
    var randomHalfTimes: [Double]
  }
  struct Frequencies: Decodable {
    var x: [Double]
    var y: [Double]
    var start: [Double]
    var gdFirst: [Int]
    var adamFirst: [Int]
    var gdSteps: [Int]
    var gdErrors: [[Double]]
    var gdLosses: [Double]
    var eigenvalues: [Double]
    var linearSteps: [Int]
    var linearErrors: [[Double]]
    var linearLosses: [Double]
    var widths: [Width]

    /// A net of another width beside its linearisation.
    struct Width: Decodable {
      var width: Int
      var eta: Double
      var distance: Double
      var motion: Double
      var loss: Double
      var linear: Double
    }
  }
  struct Features: Decodable {
    struct Row: Decodable {
      var p: Int
      var rank: Int
      var train: Double
      var test: Double
      var norm: Double
    }
    struct Misspecified: Decodable {
      var p: Int
      var expected: Double
      enum CodingKeys: String, CodingKey {
        case p
        case expected = "expected_test_error"
      }
    }
    struct Isotropic: Decodable {
      var p: Int
      var asymptotic: Double
      var exact: Double
    }
    var x: [Double]
    var y: [Double]
    var w: [Double]
    var b: [Double]
    var rows: [Row]
    var isotropic: [Isotropic]
    var misspecified: [Misspecified]
    var gdX: [[Double]]
    var gdY: [Double]
    var leastNorm: [Double]
  }
  struct Grokking: Decodable {
    struct Run: Decodable {
      var steps: [Int]
      var trainLoss: [Double]
      var train: [Double]
      var test: [Double]
      var medianTopShare: [Double]
      var sameTop: [Double]
      var upTo: Int
      var first: [Double]
      var trainIndices: [Int]
      var trainSum: Int
    }
    /// Weights that are no result of training.
    struct Analytic: Decodable {
      var width: Int
      var mean: Double
      var min: Double
      var max: Double
    }
    /// What does not learn the rule.
    struct Control: Decodable {
      var what: String
      var steps: [Int]
      var test: [Double]
      var share: [Double]
    }
    var relu: Run
    var square: Run
    var analytic: [Analytic]
    var controls: [Control]
  }
  /// Batches of one, and second moments that are not frozen.
  struct Batches: Decodable {
    struct Mean: Decodable {
      var enumerated: Double
      var median: Double
    }
    struct Alive: Decodable {
      var rule: String
      var eta: Double
      var at1000: Double
      var at20000: Double
      var greatest: Double
      var last: Double
    }
    var curvatures: [Double]
    var full: Double
    var limit: Double
    var meanLog: Double
    var below: Mean
    var above: Mean
    var alive: [Alive]
  }
  struct Border: Decodable {
    struct Measure: Decodable {
      var row: Int
      var column: Int
      var measure: Double
    }
    struct Pixel: Decodable {
      var row: Int
      var column: Int
      var lossAt: [[Double]]
      var eta0: Double
      var eta1: Double
    }
    struct Zoom: Decodable {
      var across: [Double]
      var up: [Double]
      var rows: [String]
      var flips: [[Int]]
    }
    var w0: [[Double]]
    var w1: [Double]
    var x: [[Double]]
    var y: [Double]
    var steps: Int
    var across: [Double]
    var up: [Double]
    var rows: [String]
    var startLoss: Double
    var finalLoss: [Double?]
    var reproducible: [String]
    var measures: [Measure]
    var pixel: Pixel
    var flips: [[Int]]
    var zoom: Zoom
  }
  struct RangeTest: Decodable {
    struct Constant: Decodable {
      var eta: Double
      var loss: Double?
      enum CodingKeys: String, CodingKey {
        case eta
        case loss = "loss_after_300"
      }
    }
    var x: [[Double]]
    var y: [Double]
    var start: [Double]
    var rates: [Double]
    var steps: Int
    var raw: [Double]
    var smoothed: [Double]
    var full: [Double]
    var linear: [Double]
    var leastStep: Int
    var least: Double
    var steepestStep: Int
    var steepest: Double
    var raggedStep: Int
    var constant: [Constant]
    var curvatureLimit: Double
  }
  struct All: Decodable {
    var scheduleFree: ScheduleFree
    var saddles: Saddles
    var frequencies: Frequencies
    var features: Features
    var grokking: Grokking
    var border: Border
    var range: RangeTest
    var batches: Batches
  }

  static let all: All = {
    guard let url = Bundle.module.url(forResource: "Fixtures/theory", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let reference = try? JSONDecoder().decode(All.self, from: data)
    else { preconditionFailure("Fixtures/theory.json is missing or no JSON") }
    return reference
  }()

  /// Whether runs of minutes are done.
  static let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"
}

/// The generator of the reference's long random lists.
struct SplitMix {
  var seed: UInt64

  func output(_ k: Int) -> UInt64 {
    var z = seed &+ UInt64(k + 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  func unit(_ k: Int) -> Double { Double(output(k) >> 11) / 9_007_199_254_740_992 }
  func signed(_ k: Int) -> Double { 2 * unit(k) - 1 }

  func permutation(_ n: Int) -> [Int] {
    var order = Array(0..<n)
    for (c, i) in (1..<n).reversed().enumerated() {
      order.swapAt(i, Int(output(c) % UInt64(i + 1)))
    }
    return order
  }
}
