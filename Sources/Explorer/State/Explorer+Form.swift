import Lanes
import Models
import Presets
import Terminal
import Training

extension Explorer {
  /// Opens the experiment's form and gives it the keys, or hides it.
  mutating func toggleForm() -> [Effect] {
    guard var state = form else {
      form = FormState()
      moveInForm(to: 0)
      return []
    }
    if state.isFocused {
      form = nil
    } else {
      state.isFocused = true
      form = state
    }
    return []
  }

  /// The lines of the form; empty when it is hidden.
  var formRows: [ExperimentForm.Row] {
    form.map { ExperimentForm(self, unfolded: $0.unfolded).rows } ?? []
  }

  /// Whether keys go to the form.
  var isFormFocused: Bool { form?.isFocused == true && overlays.isEmpty }

  /// The row with the cursor and its number.
  func formCursor(_ rows: [ExperimentForm.Row]) -> Int {
    rows.firstIndex { $0.id == form?.cursor } ?? rows.firstIndex { !$0.isHeading } ?? 0
  }

  /// What a key does in the form; nil: it is not the form's.
  mutating func pressInForm(_ key: Key) -> [Effect]? {
    guard let state = form, state.isFocused else { return nil }
    if state.field != nil { return typeInForm(key) }
    guard !key.control, !key.alt else { return nil }
    let rows = formRows
    let place = formCursor(rows)
    guard rows.indices.contains(place) else { return nil }
    let row = rows[place]
    switch key.code {
    case .up: moveInForm(to: place - 1)
    case .down: moveInForm(to: place + 1)
    case .home: moveInForm(to: 0)
    case .end: moveInForm(to: rows.count - 1)
    case .pageUp: moveInForm(to: rows[..<place].lastIndex { $0.isHeading } ?? 0)
    case .pageDown:
      moveInForm(to: rows[min(place + 1, rows.count)...].firstIndex { $0.isHeading } ?? place)
    case .left: return step(row, up: false, isLong: key.shift)
    case .right: return step(row, up: true, isLong: key.shift)
    case .enter: return openChoices(row) ?? beginTyping(row)
    case .character("="): return beginTyping(row)
    case .character(" "): return switchRow(row)
    case .character("+"): return step(row, up: true, isLong: false, isMove: false)
    case .character("-"): return step(row, up: false, isLong: false, isMove: false)
    case .character("x"): return putBack([row])
    case .character("X"): return putBack(rows.filter(\.isChanged))
    case .character("i"): return addUnit(row)
    case .character("I"): return addLayer(row)
    case .character("Z"): toggleSilence()
    case .tab, .backTab: form?.isFocused = false
    case .escape: form = nil
    case .character(let scalar) where ("1"..."9").contains(scalar):
      form?.isFocused = false
      return nil
    default: return nil
    }
    return []
  }

  /// The cursor to another row.
  mutating func moveInForm(to place: Int) {
    let rows = formRows
    guard !rows.isEmpty else { return }
    let next = max(0, min(place, rows.count - 1))
    form?.cursor = rows[next].id
    form?.refusal = nil
  }

  /// Changes a row by its stride; in the row of features the cursor moves, unless it is to switch.
  mutating func step(
    _ row: ExperimentForm.Row, up: Bool, isLong: Bool, isMove: Bool = true
  ) -> [Effect] {
    switch row.kind {
    case .heading: return []
    case .features(let features):
      guard isMove else { return switchRow(row) }
      let count = max(1, features.count)
      let place = form?.feature ?? 0
      form?.feature = (place + (up ? 1 : count - 1)) % count
      return []
    case .layer(let index): return resize(index, by: (up ? 1 : -1) * (isLong ? 5 : 1))
    case .key(let key):
      if key.name == "learning_rate" {
        return scaleRate(by: up ? (isLong ? 2 : 1.25) : 1 / (isLong ? 2 : 1.25))
      }
      if key.name == "batch.size" { return cycleBatchSize(by: up ? 1 : -1) }
      guard let next = FormStride.next(row.value, of: key, up: up, isLong: isLong) else {
        say(
          key.takesOneNumber
            ? "\(key.typed) stays at \(row.value): \(key.takes)" : "enter types \(key.typed)",
          .warning)
        return []
      }
      return set(key.name, to: next)
    }
  }

  /// Space: switches what can be switched, unfolds a group.
  private mutating func switchRow(_ row: ExperimentForm.Row) -> [Effect] {
    switch row.kind {
    case .heading:
      form?.unfolded.formSymmetricDifference([row.group])
      return []
    case .layer: return beginTyping(row)
    case .features(var features):
      let place = min(form?.feature ?? 0, features.count - 1)
      guard features.indices.contains(place) else { return [] }
      features[place].isOn.toggle()
      let used = features.filter(\.isOn).map(\.name)
      guard !used.isEmpty else {
        say("one feature must stay", .warning)
        return []
      }
      return set("model.features", to: used.joined(separator: ","))
    case .key(let key):
      switch key.form {
      case .word, .choice: return step(row, up: true, isLong: false)
      case .number(let number) where number.scale == .flag:
        return step(row, up: true, isLong: false)
      case .number, .written: return beginTyping(row)
      }
    }
  }

  // MARK: Choices and typing

  /// Opens the list of a row that has choices; nil: it has none.
  private mutating func openChoices(_ row: ExperimentForm.Row) -> [Effect]? {
    guard case .key(let key) = row.kind, let choices = ChoiceList(key, in: presetNow) else {
      return nil
    }
    return open(choices)
  }

  private mutating func beginTyping(_ row: ExperimentForm.Row) -> [Effect] {
    switch row.kind {
    case .heading: return switchRow(row)
    case .key, .layer, .features:
      form?.field = TextField(row.value, marked: true)
      form?.refusal = nil
      return []
    }
  }

  private mutating func typeInForm(_ key: Key) -> [Effect] {
    guard var field = form?.field else { return [] }
    switch key.code {
    case .escape:
      form?.field = nil
      form?.refusal = nil
      return []
    case .enter: return takeTyped(field.text)
    default:
      form?.refusal = nil
      _ = field.handle(key)
      form?.field = field
      return []
    }
  }

  private mutating func takeTyped(_ text: String) -> [Effect] {
    let rows = formRows
    let row = rows[formCursor(rows)]
    let name: String
    var typed = text.trimmingSpaces()
    switch row.kind {
    case .heading: return []
    case .features: name = "model.features"
    case .key(let key): name = key.name
    case .layer(let index):
      name = "model.hidden"
      guard let units = Int(typed), let text = hidden(at: index, units) else {
        form?.refusal = "a whole number of units"
        return []
      }
      typed = text
    }
    let now = presetNow
    let key = PresetKeys.row(name, of: now)
    let value = key.map { TypedValue(typed, of: $0).text } ?? typed
    if let key, let reason = PresetKeys.refusal(value, of: key, in: now) {
      form?.refusal = reason
      return []
    }
    form?.field = nil
    let effects = set(name, to: typed)
    if effects.isEmpty, let toast, toast.tone == .bad { form?.refusal = toast.text }
    return effects
  }

  // MARK: The preset's values

  /// Rows back to what the preset says.
  mutating func putBack(_ rows: [ExperimentForm.Row]) -> [Effect] {
    var effects: [Effect] = []
    var hasLayers = false
    for row in rows where row.isChanged {
      switch row.kind {
      case .heading: continue
      case .key(let key):
        effects += set(key.name, to: PresetKeys.text(of: key, in: expectedPreset) ?? "")
      case .features: effects += set("model.features", to: row.original)
      case .layer: hasLayers = true
      }
    }
    if hasLayers, let key = PresetKeys.row("model.hidden", of: presetNow) {
      effects += set(key.name, to: PresetKeys.text(of: key, in: expectedPreset) ?? "")
    }
    if effects.isEmpty { say("as the preset says already") }
    return effects
  }

  // MARK: Layers

  /// The text of `hidden` with a layer of other units; 0 units take the layer away. Nil without
  /// such a layer.
  private func hidden(at index: Int, _ units: Int) -> String? {
    var now = presetNow
    guard case .model(var model) = now.problem, model.hidden.indices.contains(index), units >= 0
    else { return nil }
    if units == 0 { model.hidden.remove(at: index) } else { model.hidden[index].units = units }
    now.problem = .model(model)
    return PresetKeys.row("model.hidden", of: now).map { PresetKeys.text(of: $0, in: now) ?? "" }
  }

  /// More units in a layer, or less; the last unit takes the layer with it.
  ///
  /// - Parameter unit: The unit that goes, or before which one comes; nil: at the end.
  mutating func resize(_ index: Int, by count: Int, at unit: Int? = nil) -> [Effect] {
    guard case .model(let model) = expected.problem, model.hidden.indices.contains(index) else {
      return []
    }
    let units = model.hidden[index].units
    let next = units == 1 ? units + count : max(1, units + count)
    guard next > 0 else { return removeLayer(index) }
    let place = unit.map { HiddenPlace(layer: index, unit: min($0, units - 1)) }
    return hidden(at: index, next).map { set("model.hidden", to: $0, at: place) } ?? []
  }

  /// Another unit in the layer of the cursor, or in the last one.
  mutating func addUnit(_ row: ExperimentForm.Row) -> [Effect] {
    guard case .model(let model) = expected.problem, model.kind == .mlp else {
      say("only nets of layers grow", .warning)
      return []
    }
    guard !model.hidden.isEmpty else { return addLayer(row) }
    if case .layer(let index) = row.kind { return resize(index, by: 1) }
    return resize(model.hidden.count - 1, by: 1)
  }

  /// Another layer after that of the cursor, as wide as it.
  mutating func addLayer(_ row: ExperimentForm.Row) -> [Effect] {
    if case .layer(let index) = row.kind { return addLayer(after: index) }
    guard case .model(let model) = expected.problem else { return addLayer(after: -1) }
    return addLayer(after: model.hidden.count - 1)
  }

  /// Takes a hidden layer away.
  mutating func removeLayer(_ index: Int) -> [Effect] {
    hidden(at: index, 0).map { set("model.hidden", to: $0, at: HiddenPlace(layer: index)) } ?? []
  }

  /// Another layer after a hidden one (−1: before all), as wide as it.
  mutating func addLayer(after index: Int) -> [Effect] {
    var now = presetNow
    guard case .model(var model) = now.problem, model.kind == .mlp else {
      say("only nets of layers grow", .warning)
      return []
    }
    let layer =
      model.hidden.indices.contains(index)
      ? model.hidden[index]
      : model.hidden.first ?? LayerSpec(units: 4, activation: Choice("tanh"))
    model.hidden.insert(layer, at: index + 1)
    now.problem = .model(model)
    guard let key = PresetKeys.row("model.hidden", of: now) else { return [] }
    return set(
      key.name, to: PresetKeys.text(of: key, in: now) ?? "", at: HiddenPlace(layer: index + 1))
  }
}
