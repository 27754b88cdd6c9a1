/// Turns a terminal's bytes into events, one byte at a time.
///
/// The events do not depend on how the bytes were cut into reads. What only time can decide (a lone
/// ESC, or the first byte of a longer key?) stays pending: the caller waits for `patience` and then
/// calls `flush()`. A lone ESC is the key after 30 ms; a sequence that has begun, which no hand
/// types, waits for a second, since networks cut replies and reports of the mouse in two. One that
/// was cut right behind its ESC is still known by its next two bytes. Any bytes are safe: sequences
/// are bounded, invalid UTF-8 is dropped, unknown sequences are swallowed whole.
///
/// Understood: UTF-8; CSI and SS3 keys in normal and application mode with xterm modifiers (`ESC [
/// 1 ; 5 A`), linux console and rxvt spellings; kitty's `CSI … u` and xterm's modifyOtherKeys; ESC
/// as a prefix for Alt; mouse in SGR (1006) and X10 form; bracketed paste; focus reports; the
/// colour of the background (OSC 11); and other replies of the terminal (OSC, DCS, …), which are
/// skipped.
package struct InputParser: Sendable {
  /// The most bytes of a paste that are kept; the rest is dropped.
  package static let pasteLimit = 1 << 16
  /// The most bytes of a control sequence; longer ones are swallowed.
  static let sequenceLimit = 128

  /// Where in a sequence the parser stands.
  enum State: Equatable, Sendable {
    case ground
    /// After ESC; `alt` when it followed another ESC.
    case escape(alt: Bool)
    /// After an ESC that was taken for the Escape key.
    case afterEscape
    /// After an ESC that was taken for the key, and a byte that may have belonged to it.
    case late(introducer: UInt8)
    /// After `ESC [`.
    case control(alt: Bool)
    /// In a control sequence that is too long or malformed.
    case ignoredControl
    /// After `ESC [ [`, the linux console's function keys.
    case consoleFunction(alt: Bool)
    /// After `ESC O`.
    case single(alt: Bool)
    /// In a UTF-8 scalar.
    case scalar(value: UInt32, missing: Int, least: UInt32, alt: Bool)
    /// In the three bytes after `ESC [ M`.
    case oldMouse
    /// In OSC, DCS, APC, PM or SOS; `introducer` is the byte after ESC, `empty` until something
    /// followed, `escape` after an ESC that may end it.
    case string(introducer: UInt8, empty: Bool, escape: Bool)
    /// In a bracketed paste; `matched` bytes of its end were seen.
    case paste(matched: Int)
  }

  /// Where it stands.
  var state = State.ground
  /// Parameters and intermediates of the sequence at hand.
  var sequence: [UInt8] = []
  /// The paste at hand.
  private var pasted: [UInt8] = []

  /// A parser at rest.
  package init() {}

  /// How long after the last byte to wait for more before `flush()`; nil when nothing is pending.
  package var patience: Duration? {
    switch state {
    case .ground, .afterEscape: nil
    case .escape, .late: InputParser.keyPatience
    default: InputParser.sequencePatience
    }
  }

  /// Between an ESC and what belongs to it.
  static let keyPatience = Duration.milliseconds(30)
  /// Between the bytes of a sequence that has begun.
  static let sequencePatience = Duration.seconds(1)

  /// The events that `bytes` complete.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
    var events: [Event] = []
    for byte in bytes { take(byte, &events) }
    return events
  }

  /// Decides what is pending, because nothing more came: ESC is the Escape key, `ESC [` is Alt-[, a
  /// half sequence is dropped.
  package mutating func flush() -> [Event] {
    let pending = state
    state = .ground
    defer { sequence.removeAll(keepingCapacity: true) }
    switch pending {
    case .escape(let alt):
      state = .afterEscape
      return [Event](repeating: .key(Key(.escape)), count: alt ? 2 : 1)
    case .late(let introducer):
      return [.key(Key(.character(Unicode.Scalar(introducer))))]
    case .control(let alt) where sequence.isEmpty: return altered("[", alt)
    case .single(let alt) where sequence.isEmpty: return altered("O", alt)
    case .string(let introducer, empty: true, escape: false):
      return altered(Unicode.Scalar(introducer), false)
    case .paste: return endPaste()
    default: return []
    }
  }

  /// A character that came behind one ESC, or behind two.
  private func altered(_ scalar: Unicode.Scalar, _ twice: Bool) -> [Event] {
    (twice ? [.key(Key(.escape))] : []) + [.key(Key(.character(scalar), alt: true))]
  }

  /// Moves on by one byte.
  private mutating func take(_ byte: UInt8, _ events: inout [Event]) {
    switch state {
    case .ground: ground(byte, alt: false, &events)
    case .escape(let alt): escape(byte, alt: alt, &events)
    case .afterEscape where InputParser.isIntroducer(byte): state = .late(introducer: byte)
    case .afterEscape: ground(byte, alt: false, &events)
    case .late(let introducer): late(byte, after: introducer, &events)
    case .control(let alt): control(byte, alt: alt, &events)
    case .ignoredControl:
      if byte == 0x1B { state = .escape(alt: false) } else if byte >= 0x40 { state = .ground }
    case .consoleFunction(let alt):
      state = .ground
      if (0x41...0x45).contains(byte) {
        events.append(.key(Key(.function(Int(byte) - 0x40), alt: alt)))
      }
    case .single(let alt): single(byte, alt: alt, &events)
    case .scalar(let value, let missing, let least, let alt):
      continuation(byte, value: value, missing: missing, least: least, alt: alt, &events)
    case .oldMouse:
      sequence.append(byte)
      guard sequence.count == 3 else { return }
      state = .ground
      if let event = MouseReport.old(sequence) { events.append(event) }
      sequence.removeAll(keepingCapacity: true)
    case .string(let introducer, _, let escaped):
      string(byte, introducer: introducer, escaped: escaped, &events)
    case .paste(let matched): paste(byte, matched: matched, &events)
    }
  }

  /// A byte outside of sequences, perhaps behind an ESC.
  private mutating func ground(_ byte: UInt8, alt: Bool, _ events: inout [Event]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape(alt: false)
    case 0x00...0x1F, 0x7F: events.append(.key(KeySpelling.control(byte, alt: alt)))
    case 0x20...0x7E: events.append(.key(Key(.character(Unicode.Scalar(byte)), alt: alt)))
    case 0xC2...0xDF:
      state = .scalar(value: UInt32(byte & 0x1F), missing: 1, least: 0x80, alt: alt)
    case 0xE0...0xEF:
      state = .scalar(value: UInt32(byte & 0x0F), missing: 2, least: 0x800, alt: alt)
    case 0xF0...0xF4:
      state = .scalar(value: UInt32(byte & 0x07), missing: 3, least: 0x1_0000, alt: alt)
    default: break  // Invalid UTF-8: dropped.
    }
  }

  /// The next byte of a scalar. A wrong one drops what was begun and counts for itself.
  private mutating func continuation(
    _ byte: UInt8, value: UInt32, missing: Int, least: UInt32, alt: Bool, _ events: inout [Event]
  ) {
    guard byte & 0xC0 == 0x80 else { return ground(byte, alt: false, &events) }
    let next = value << 6 | UInt32(byte & 0x3F)
    guard missing == 1 else {
      state = .scalar(value: next, missing: missing - 1, least: least, alt: alt)
      return
    }
    state = .ground
    guard next >= least, let scalar = Unicode.Scalar(next), next >= 0xA0 else { return }
    events.append(.key(Key(.character(scalar), alt: alt)))
  }

  /// The byte after ESC.
  private mutating func escape(_ byte: UInt8, alt: Bool, _ events: inout [Event]) {
    sequence.removeAll(keepingCapacity: true)
    switch byte {
    case 0x5B: state = .control(alt: alt)
    case 0x4F: state = .single(alt: alt)
    case 0x1B:
      if alt { events.append(.key(Key(.escape))) }
      state = .escape(alt: true)
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
      if alt { events.append(.key(Key(.escape))) }
      state = .string(introducer: byte, empty: true, escape: false)
    default:
      if alt { events.append(.key(Key(.escape))) }
      ground(byte, alt: true, &events)
    }
  }

  /// Whether a byte after ESC begins a sequence that a terminal sends unasked or as a reply: `ESC
  /// [`, OSC, DCS.
  private static func isIntroducer(_ byte: UInt8) -> Bool {
    byte == 0x5B || byte == 0x5D || byte == 0x50
  }

  /// The second byte after an ESC that was taken for the key: a marker or a digit goes on with a
  /// sequence that was cut there; anything else shows that somebody typed.
  private mutating func late(_ byte: UInt8, after introducer: UInt8, _ events: inout [Event]) {
    let isDigit = (0x30...0x39).contains(byte)
    let isReply =
      switch introducer {
      case 0x5B: isDigit || (0x3C...0x3F).contains(byte)
      case 0x5D: isDigit
      default: isDigit || byte == 0x3E || byte == 0x21
      }
    guard isReply else {
      events.append(.key(Key(.character(Unicode.Scalar(introducer)))))
      return ground(byte, alt: false, &events)
    }
    escape(introducer, alt: false, &events)
    take(byte, &events)
  }

  /// A byte after `ESC [`.
  private mutating func control(_ byte: UInt8, alt: Bool, _ events: inout [Event]) {
    switch byte {
    case 0x1B: state = .escape(alt: false)
    case 0x00...0x1F, 0x7F...0xFF: ground(byte, alt: false, &events)
    case 0x5B where sequence.isEmpty: state = .consoleFunction(alt: alt)
    case 0x4D where sequence.isEmpty: state = .oldMouse
    case 0x24 where !sequence.isEmpty && sequence.allSatisfy { (0x30...0x39).contains($0) }:
      finish(byte, alt: alt, &events)  // rxvt ends shifted keys with `$`.
    case 0x20...0x3F:
      sequence.append(byte)
      if sequence.count > InputParser.sequenceLimit { state = .ignoredControl }
    default: finish(byte, alt: alt, &events)
    }
  }

  /// The last byte of a control sequence.
  private mutating func finish(_ byte: UInt8, alt: Bool, _ events: inout [Event]) {
    state = .ground
    let decoded = ControlSequence(sequence, final: byte)
    sequence.removeAll(keepingCapacity: true)
    if decoded.isPasteStart {
      pasted.removeAll()
      state = .paste(matched: 0)
    } else if let event = decoded.event(alt: alt) {
      events.append(event)
    }
  }

  /// A byte after `ESC O`; digits in between are modifiers of old xterms.
  private mutating func single(_ byte: UInt8, alt: Bool, _ events: inout [Event]) {
    switch byte {
    case 0x1B: state = .escape(alt: false)
    case 0x00...0x1F, 0x7F...0xFF: ground(byte, alt: false, &events)
    case 0x30...0x39, 0x3B:
      sequence.append(byte)
      if sequence.count > 8 { state = .ignoredControl }
    default:
      state = .ground
      let parameters = ControlSequence(sequence, final: byte).parameters
      sequence.removeAll(keepingCapacity: true)
      if let key = KeySpelling.single(byte, modifiers: parameters.last ?? 1, alt: alt) {
        events.append(.key(key))
      }
    }
  }

  /// A byte of a reply: swallowed up to BEL or `ESC \`, but for what tells the background.
  private mutating func string(
    _ byte: UInt8, introducer: UInt8, escaped: Bool, _ events: inout [Event]
  ) {
    switch byte {
    case 0x18, 0x1A: state = .ground
    case 0x07,
      0x5C where byte == 0x07 || escaped:
      state = .ground
      if introducer == 0x5D, let color = ColorReply.background(sequence) {
        events.append(.background(color))
      }
      sequence.removeAll(keepingCapacity: true)
    case _ where escaped: escape(byte, alt: false, &events)
    case 0x1B: state = .string(introducer: introducer, empty: false, escape: true)
    default:
      state = .string(introducer: introducer, empty: false, escape: false)
      if sequence.count < InputParser.sequenceLimit { sequence.append(byte) }
    }
  }

  /// `ESC [ 2 0 1 ~`.
  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  /// A byte of pasted text.
  private mutating func paste(_ byte: UInt8, matched: Int, _ events: inout [Event]) {
    let end = InputParser.pasteEnd
    if byte == end[matched] {
      guard matched == end.count - 1 else {
        state = .paste(matched: matched + 1)
        return
      }
      state = .ground
      events += endPaste()
      return
    }
    for index in 0..<matched { keep(end[index]) }
    if byte == end[0] {
      state = .paste(matched: 1)
    } else {
      keep(byte)
      state = .paste(matched: 0)
    }
  }

  /// Adds to the paste, up to the limit.
  private mutating func keep(_ byte: UInt8) {
    if pasted.count < InputParser.pasteLimit { pasted.append(byte) }
  }

  /// The paste as an event; invalid UTF-8 becomes U+FFFD.
  private mutating func endPaste() -> [Event] {
    defer { pasted.removeAll() }
    return [.paste(String(decoding: pasted, as: UTF8.self))]
  }
}
