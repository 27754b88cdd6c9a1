import CNcurses
import Terminal

/// Direct colour on terminals whose description does not know it: the description of the terminal at hand, with colours
/// of 24 bits, handed to ncurses in memory.
enum DirectColor {
  /// Half of a heat map's time goes into working these strings out, so they are as short as can be: without the conditions
  /// that ncurses-term's entries spend on the first eight colours, and with 255 as a character constant, which is read
  /// faster than digits (260 ns a colour instead of 370).
  private static func setter(_ base: String) -> [UInt8] {
    let low = Array("%'".utf8) + [0xFF] + Array("'%&%d".utf8)
    return Array("\u{1B}[\(base);2;%p1%{65536}%/%d;%p1%{256}%/".utf8) + low
      + Array(";%p1".utf8) + low + Array("m".utf8)
  }

  /// The value for `TERMINFO`; nil when the terminal has no description here.
  static func variable(term: String, descriptor: Int32) -> String? {
    var status: Int32 = 0
    guard setupterm(term, descriptor, &status) == OK else { return nil }
    defer { del_curterm(set_curterm(nil)) }
    var entry = TerminfoEntry(
      names: [term, "with direct colour"],
      booleans: (0..<glissade_boolean_count()).map { glissade_flag(glissade_boolean_name($0)) > 0 },
      numbers: (0..<glissade_number_count()).map {
        max(-1, glissade_number(glissade_number_name($0)))
      },
      strings: (0..<glissade_string_count()).map { index in
        glissade_string(glissade_string_name(index)).map { Array(String(cString: $0).utf8) }
      }, extendedBooleans: ["AX", "RGB"])
    func place(_ name: String, _ count: Int32, _ at: (Int32) -> UnsafePointer<CChar>?) -> Int? {
      (0..<count).first { at($0).map { String(cString: $0) } == name }.map(Int.init)
    }
    func set(_ name: String, number: Int32) {
      if let index = place(name, glissade_number_count(), glissade_number_name) {
        entry.numbers[index] = number
      }
    }
    func set(_ name: String, string: [UInt8]?) {
      if let index = place(name, glissade_string_count(), glissade_string_name) {
        entry.strings[index] = string
      }
    }
    set("colors", number: 1 << 24)
    set("pairs", number: 1 << 16)
    set("setaf", string: setter("38"))
    set("setab", string: setter("48"))
    set("op", string: Array("\u{1B}[39;49m".utf8))
    for name in ["setf", "setb", "initc", "initp", "oc", "scp"] { set(name, string: nil) }
    if let index = place("ccc", glissade_boolean_count(), glissade_boolean_name) {
      entry.booleans[index] = false
    }
    return entry.variable
  }
}
