/// A text that people write for a quantity, and that no reader of tables takes for a number: a
/// fraction, a time, a date, a number with its unit.
enum Quantity: Equatable {
  case fraction, time, date, infinity
  /// A number and what follows it.
  case measure(unit: String)

  /// The quantity that a text may be; nil: none.
  init?(_ text: String) {
    let text = text.trimmingSpaces
    let unsigned = text.drop { "+-−".contains($0) }
    if unsigned.wholeMatch(of: /[0-9]+\s*[\/⁄]\s*[0-9]+/) != nil
      || unsigned.wholeMatch(of: /[0-9]*\s?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/) != nil
    {
      self = .fraction
    } else if unsigned.wholeMatch(of: /[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?/) != nil {
      self = .time
    } else if text.wholeMatch(
      of: /[0-9]{4}[-\/.][0-9]{1,2}[-\/.][0-9]{1,2}([T ][0-9:.,]+(Z|[+-][0-9:]+)?)?/) != nil
      || text.wholeMatch(of: /[0-9]{1,2}[-\/.][0-9]{1,2}[-\/.]([0-9]{4}|[0-9]{2})/) != nil
    {
      self = .date
    } else if ["inf", "infinity", "∞"].contains(unsigned.lowercased()) {
      self = .infinity
    } else if let match = unsigned.wholeMatch(
      of: /[0-9]+(?:[.,][0-9]+)?\s?((?:\p{L}|[°%‰²³\/·])+)/)
    {
      self = .measure(unit: String(match.1))
    } else {
      return nil
    }
  }

  /// What to do where a number is wanted.
  var advice: String {
    switch self {
    case .fraction: "write it as a decimal fraction"
    case .time: "write it as one number, such as minutes"
    case .date: "write it as one number, such as days since the first"
    case .infinity: "only finite numbers can be learned from"
    case .measure(let unit): "write the number without \(EscapedText.quoted(unit))"
    }
  }

  /// Whether names of classes could all be quantities of one kind: `5 kg` and `6 kg`, but not `1st`
  /// and `2nd`, nor `1/2` among words.
  static func areMeant(by names: some Collection<String>) -> Bool {
    guard let first = names.first.flatMap(Quantity.init) else { return false }
    return names.allSatisfy { Quantity($0) == first }
  }
}
