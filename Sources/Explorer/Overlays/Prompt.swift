import Terminal
import Training
import Views

/// One line typed at the bottom of the screen: a number, or a name to save under.
struct Prompt: Overlay {
  private enum Subject: Sendable {
    case setting(Tunable)
    case save(SavedPart)
    case branch(Branch.ID)
  }

  /// What of a run is written into a preset.
  enum SavedPart: Sendable {
    /// The settings in force: a run of it begins with them.
    case settings
    /// How the run began, with the dated changes: a run of it is this run again, to the same bits.
    case session
  }

  private let subject: Subject
  private var field: TextField
  /// Enter was pressed on what cannot be taken.
  private var isRefused = false

  /// Asks for a setting's number; the present one stands there, marked.
  init(setting: Tunable) {
    subject = .setting(setting)
    field = TextField(setting.current, marked: true)
  }

  /// Asks for a preset's name.
  init(savingAs name: String, _ part: SavedPart = .settings) {
    subject = .save(part)
    field = TextField(name, marked: true)
  }

  /// Asks for a branch's name.
  init(naming branch: Branch.ID, _ name: String) {
    subject = .branch(branch)
    field = TextField(name, marked: true)
  }

  /// What is wrong with the text; nil when Enter takes it.
  private var problem: String? {
    let text = field.text.trimmingSpaces()
    switch subject {
    case .save: return text.isEmpty ? "a name or a path" : nil
    case .branch: return text.isEmpty ? "a name" : nil
    case .setting(let tunable):
      if case .failure(let refusal) = tunable.read(text) { return refusal.message }
      return nil
    }
  }

  private var label: String {
    switch subject {
    case .save(.settings): "save as"
    case .save(.session): "save with its changes as"
    case .branch: "name of the branch"
    case .setting(let tunable): tunable.name
    }
  }

  func area(in explorer: Explorer) -> Rect {
    Rect(x: 0, y: explorer.size.height - 1, width: explorer.size.width, height: 1)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    switch key.code {
    case .escape: return .close
    case .enter:
      guard problem == nil else {
        isRefused = true
        return .stay
      }
      let text = field.text.trimmingSpaces()
      switch subject {
      case .setting(let tunable): return .closeAnd(.set(tunable, typed: text))
      case .branch(let id): return .closeAnd(.request(.name(id, text)))
      case .save(let part):
        let preset =
          switch part {
          case .settings: explorer.savedPreset
          case .session: explorer.savedSession
          }
        return .closeAnd(
          .save(SaveRequest(target: text, preset: explorer.named(preset, as: text))))
      }
    default:
      isRefused = false
      return field.handle(key) ? .stay : .ignored
    }
  }

  mutating func paste(_ text: String, in explorer: Explorer) { field.insert(text) }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let bar = area(in: explorer)
    canvas.fill(
      bar, with: Cell(" ", style: Style(foreground: theme.text, background: appearance.chosen)))
    let used = appearance.write(
      "\(label) = ", at: Point(x: 2, y: bar.y), limit: bar.width / 2, color: theme.text,
      attributes: .bold, into: &canvas)
    let message = problem ?? "enter takes it, esc leaves it"
    let isBad = problem != nil && (isRefused || !field.isEmpty)
    let left = 2 + used
    let fieldWidth = max(8, min(32, (bar.width - left) / 2))
    appearance.drawField(
      field, prompt: "", in: Rect(x: left, y: bar.y, width: fieldWidth, height: 1), into: &canvas)
    let start = left + min(fieldWidth, max(12, field.width + 3))
    appearance.write(
      message, at: Point(x: start, y: bar.y), limit: bar.width - start - 1,
      color: isBad ? theme.bad : theme.muted, attributes: isRefused ? .bold : [], into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] { [] }
}
