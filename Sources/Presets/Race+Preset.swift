import Lanes
import Optimization
package import Training

extension Race {
  /// A race of a preset over the values of one of its keys, as they are typed.
  ///
  /// - Parameter views: the views that exist; nil when they are not to be checked.
  /// - Throws: `PresetError` where a value does not fit, or where there are too few or too many.
  package init(
    _ preset: Preset, over key: String, values: [String], views: [String]? = nil
  ) throws(PresetError) {
    guard (1...Race.limit).contains(values.count) else {
      throw PresetError(
        .setting("\(key)=\(values.prefix(3).joined(separator: ","))…"),
        "a race has 1 to \(Race.limit) runs, these are \(values.count)")
    }
    guard key != "steps" else {
      throw PresetError(
        .setting("steps"), "the runs of a race take the same steps; a sweep or a map compares them")
    }
    let editor = SettingEditor(preset, views: views)
    var members: [Member] = []
    for value in values {
      let made = try editor.begin([Setting(key: key, value: value)]).preset
      members.append(
        Member(name: value.replacing(" ", with: ""), experiment: made.experiment))
    }
    let name = PresetKeys.row(key, of: preset)?.typed ?? key
    self.init(key: name, members: members)
  }

  /// A race as it is written in one line: `optimizer adam, momentum, gd`.
  ///
  /// - Throws: `PresetError` where the line has another form.
  package static func parts(
    _ text: String
  ) throws(PresetError) -> (key: String, values: [String]) {
    let line = text.trimmingSpaces
    // Names of optimizers alone can mean one thing only.
    let names = line.split { $0 == " " || $0 == "," }.map(String.init)
    if names.count > 1, names.allSatisfy({ Optimizer.catalogue[$0] != nil }) {
      return ("optimizer", names)
    }
    guard let gap = line.firstIndex(where: { $0 == " " || $0 == "=" }) else {
      throw PresetError(
        .setting(line), "a race is written as a key and its values: optimizer adam, momentum, gd")
    }
    let key = String(line[..<gap])
    let rest = line[gap...].drop { $0 == " " || $0 == "=" }
    do {
      return (key, try ValueList(String(rest)).values)
    } catch {
      throw PresetError(.setting(line), error.description)
    }
  }
}
