package import Lanes
package import Terminal

/// One row of the key table: the keys, what people read about them, and the action.
///
/// The table feeds the keyboard itself, the hint bar, the help screen, the palette, `glissade list
/// keys` and the article on keys.
package struct KeyBinding: Named {
  /// Headings of the help screen, in order.
  package enum Group: String, Sendable, CaseIterable {
    case run = "Run"
    case past = "Past and branches"
    case settings = "Settings"
    case panes = "Panes"
    case pictures = "Pictures"
    case lessons = "Lessons"
    case program = "Program"

    /// Whether its keys move the run or change its settings.
    var movesRun: Bool { [.run, .past, .settings].contains(self) }
  }

  /// How the hint bar offers a key.
  package struct Hint: Sendable, Equatable {
    /// One or two words (`pause`).
    package var label: String
    /// When room is short the least goes first.
    package var priority: Int
    /// A hint.
    package init(_ label: String, _ priority: Int) {
      self.label = label
      self.priority = priority
    }
  }

  /// The name in the palette and in lists (`new_seed`).
  package let name: String
  /// What it does, in one sentence.
  package let summary: String
  /// Where the help screen shows it.
  package let group: Group
  /// The keys; no other binding has one of them.
  package let keys: [Key]
  /// The keys as people read them (`1–9`), where a plain list would be long.
  private let spelling: String?
  /// Whether the palette offers it; not for keys that only make sense under the fingers.
  package let isInPalette: Bool
  /// Whether it tells of the run, or shows other runs, so that it waits while a question is open.
  let tellsRun: Bool
  /// What the hint bar says in this state, if anything.
  let hint: @Sendable (Explorer) -> Hint?
  /// Does it; the key is the one that was pressed.
  let act: @Sendable (inout Explorer, Key) -> [Effect]

  /// Whether it waits for the answer to a question that the run will answer. Enter does, too, but
  /// says so itself where it has nothing else to do.
  var isRefusedByQuestion: Bool { group.movesRun && name != "proceed" }

  /// A row of the table.
  init(
    _ name: String, _ keys: [Key], _ group: Group, _ summary: String, spelling: String? = nil,
    isInPalette: Bool = true, tellsRun: Bool = false,
    hint: @escaping @Sendable (Explorer) -> Hint? = { _ in nil },
    act: @escaping @Sendable (inout Explorer, Key) -> [Effect]
  ) {
    self.name = name
    self.keys = keys
    self.group = group
    self.summary = summary
    self.spelling = spelling
    self.isInPalette = isInPalette
    self.tellsRun = tellsRun
    self.hint = hint
    self.act = act
  }

  /// The keys as people read them: `space`, `o`, `ctrl-p :`.
  package var keyText: String { spelling ?? keys.map(\.text).joined(separator: " ") }
}

/// The only list of keys.
package let keyBindings = Catalogue<KeyBinding>(
  kind: "key",
  KeyBinding.running + KeyBinding.timeline + KeyBinding.settings + KeyBinding.paneKeys
    + KeyBinding.pictureKeys
    + KeyBinding.lessons + KeyBinding.program)

extension Catalogue<KeyBinding> {
  private static let byKey: [Key: KeyBinding] = Dictionary(
    keyBindings.entries.flatMap { binding in binding.keys.map { ($0, binding) } },
    uniquingKeysWith: { first, _ in first })

  /// The binding of a key; Shift beside a character is already in the character.
  func binding(for key: Key) -> KeyBinding? {
    var key = key
    if case .character = key.code { key.shift = false }
    return Self.byKey[key]
  }
}

extension Key {
  /// A key that types a character.
  static func type(_ scalar: Unicode.Scalar) -> Key { Key(.character(scalar)) }
  /// A letter held with Control.
  static func control(_ letter: Unicode.Scalar) -> Key { Key(.character(letter), control: true) }

  /// The key as people read it: `space`, `R`, `ctrl-p`, `shift-tab`.
  package var text: String {
    var name: String
    switch code {
    case .character(" "): name = "space"
    case .character(let scalar): name = String(Character(scalar))
    case .enter: name = "enter"
    case .escape: name = "esc"
    case .tab: name = "tab"
    case .backTab: name = "shift-tab"
    case .backspace: name = "backspace"
    case .delete: name = "del"
    case .insert: name = "ins"
    case .up: name = "up"
    case .down: name = "down"
    case .left: name = "left"
    case .right: name = "right"
    case .home: name = "home"
    case .end: name = "end"
    case .pageUp: name = "pgup"
    case .pageDown: name = "pgdn"
    case .function(let number): name = "f\(number)"
    }
    if shift { name = "shift-" + name }
    if alt { name = "alt-" + name }
    if control { name = "ctrl-" + name }
    return name
  }
}
