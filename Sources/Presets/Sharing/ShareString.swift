import Foundation
package import Training

/// An experiment in one line: `glz1:` and its preset, compressed, with a checksum, in letters that
/// survive being sent.
///
/// After the sign comes base64url without padding of: four bytes of CRC-32 (most significant first)
/// over the text, then the text as raw deflate with `dictionary` known to both sides. The text is
/// the preset of the experiment and its title, as it would be saved: the same experiment always
/// gives the same string. Names, notes, variants and lessons are left out.
package enum ShareString {
  /// What every string begins with; a later form will have a later number.
  package static let sign = "glz1:"

  /// The string of a preset.
  package static func string(of preset: Preset) throws(PresetError) -> String {
    var shared = Preset(preset.experiment)
    shared.title = preset.title
    let text = Array(try PresetFile.text(of: shared).utf8)
    let sum = Deflate.checksum(text)
    let head = (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * $0)) }
    let body = Deflate.compress(text, dictionary: dictionary)
    return sign + encoded(head + body)
  }

  /// Whether a reference is meant as a string, of this form or another.
  package static func isOne(_ reference: String) -> Bool {
    let text = unquoted(reference.prefix(100))
    return text.lowercased().hasPrefix("glz") && text.prefix(8).contains(":")
  }

  /// The string without blanks, and without the quotes in which messages and pages set it.
  private static func unquoted(_ text: some StringProtocol) -> String {
    let quotes: Set<Character> = ["'", "\"", "`", "‘", "’", "“", "”", "„", "«", "»", "<", ">"]
    let plain = text.filter { !$0.isWhitespace }
    let rest = plain.drop(while: quotes.contains)
    return String(rest.reversed().drop(while: quotes.contains).reversed())
  }

  /// The files on this disk that a preset reads; a string that came from elsewhere may name them.
  package static func files(of preset: Preset) -> [String] {
    [preset.experiment.table?.path, preset.experiment.start.file].compactMap { $0 }
  }

  /// The text of the preset in a string.
  ///
  /// - Throws: `PresetError` for strings that are damaged or made by a later program.
  static func text(of reference: String) throws(PresetError) -> String {
    let string = unquoted(reference)
    guard string.hasPrefix(sign) else {
      guard !string.lowercased().hasPrefix(sign) else {
        throw failure("the string is damaged: capitals and small letters count; copy it whole")
      }
      throw failure(
        "this string has a form ("
          + EscapedText.quoted(String(string.prefix { $0 != ":" })) + ") that this"
          + " program does not know; it reads \(sign.dropLast()) and may be too old")
    }
    let letters = string.dropFirst(sign.count)
    guard letters.utf8.count <= longest else {
      throw failure("the string is longer than \(longest) characters")
    }
    guard let bytes = decoded(letters) else {
      throw failure("the string is damaged: it holds characters that no string has; copy it whole")
    }
    guard bytes.count > 4,
      let text = Deflate.expand(
        Array(bytes.dropFirst(4)), dictionary: dictionary, limit: PresetLimits.fileBytes),
      Deflate.checksum(text) == bytes.prefix(4).reduce(0, { $0 << 8 | UInt32($1) }),
      let result = String(validating: text, as: UTF8.self)
    else { throw failure("the string is damaged: its checksum does not fit; copy it whole") }
    return result
  }

  private static let longest = 1 << 20

  private static func failure(_ message: String) -> PresetError { PresetError(.program, message) }

  private static func encoded(_ bytes: [UInt8]) -> String {
    String(
      Data(bytes).base64EncodedString().compactMap { character -> Character? in
        switch character {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: character
        }
      })
  }

  private static func decoded(_ letters: Substring) -> [UInt8]? {
    var text = ""
    for character in letters {
      switch character {
      case "-": text.append("+")
      case "_": text.append("/")
      case "A"..."Z", "a"..."z", "0"..."9": text.append(character)
      default: return nil
      }
    }
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    guard let data = Data(base64Encoded: text) else { return nil }
    // One string a preset: bits beyond the last byte must be 0.
    let bytes = [UInt8](data)
    return encoded(bytes) == letters ? bytes : nil
  }

  /// What presets hold most often, the likeliest last. A change of it needs another sign.
  private static let dictionary = Array(
    """
    added: {inputs: [], targets: []}test_fraction: 0.standardize: true
    penalty_per_sample: true
    changes: [{step: 100, learning_rate: 0.05}, {step: parameters: set: {beta1: 0.8}}
    stop: {loss_below: 0.patience: 10, tolerance: 0.0001}
    reduction: sum
    l1: 0.001
    l2: 0.0001
    constants: {a: 1}x_range: [-2, 2], y_range: [-1, 3]function: {formula: "landscape: rosenbrock
    network: {kind: convolutional, recurrent, radial, boltzmann
    model: {kind: linear, features: ["1", x1, x1^2]}
    model: {kind: logistic}
    model: {kind: softmax}
    model: {kind: perceptron}
    data: {name: circle, moons, spiral, gaussians, digits, bars, sine, line, samples: 200, noise: \
    0.1}
    data: {inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [0, 1, 1, 0]}
    loss: mse
    loss: softmax_ce
    loss: bce
    start: {x: 1, y: 2}
    start: {initializer: {name: uniform, low: -1, high: 1}}
    initializer: glorot_uniform
    schedule: {name: inverse_time, t0: 5, t1: 50}
    schedule: {name: cosine, total: 1000, floor: 0}
    batch: {size: 10, order: shuffled}
    optimizer: {name: momentum, momentum: 0.9}
    optimizer: {name: rmsprop, rho: 0.99, eps: 1e-08}
    optimizer: {name: adam, beta1: 0.9, beta2: 0.999, reset_each_epoch: true, step_per_epoch: true}
    optimizer: newton
    model: {kind: mlp, hidden: [8, 8], activation: tanh, relu, sigmoid}
    seed: 1
    steps: 1000
    pace: 60
    optimizer: gd
    learning_rate: 0.01
    glissade: 1
    title: "
    """.utf8)
}
