import Lanes
import Presets
package import Terminal
package import Training
package import Views

/// The whole state of the explorer as a value: what it sees of the run, what the person has set,
/// what is open.
///
/// Events go in, effects come out, and the same state always draws the same frame. Each concern is
/// a value of its own (`Panes`, `PendingRequests`, the boxes in `overlays`); this type routes
/// events to them.
package struct Explorer {
  /// What can be chosen by name.
  package let vocabulary: Vocabulary
  /// The presets that can be loaded, read on another thread.
  let presetIndex: PresetIndex
  /// Which of its readings the boxes have taken in.
  private var presetGeneration = 0
  /// The systems of the lecture notes, in their order.
  package let notes: [NotesEntry]
  /// Colours and characters.
  package var appearance: Appearance
  /// The window.
  package private(set) var size: Size
  /// The run, as last seen.
  @Boxed package private(set) var snapshot: Snapshot
  /// What the run was begun with.
  @Boxed package private(set) var preset: Preset
  /// The presets of the session's families of branches and where their lessons stood, to come back
  /// to.
  private var seen: [Int: (preset: Preset, lesson: LessonState?)] = [:]
  /// The preset that was asked for and not yet acknowledged.
  var arriving: (ticket: Request.Ticket, preset: Preset)?

  /// What pictures have computed: a memo, no part of the state.
  package var probes = ProbeCache()
  /// The moment that a cursor reads; like `probes` no part of the state.
  let peeked = PeekedMoment()
  /// What branches differ by; like `probes` no part of the state.
  let differences = BranchDifferences()
  /// Who draws beside the loop; nil: nobody, and pictures are waited for.
  package var workers: SideWorkers?
  /// Panes whose pictures were not done when the last frame was shown.
  var unfinishedPanes: Set<String> = []
  /// Panes whose pictures took little when they were drawn last, and the problems that they showed.
  var quickPanes: [String: PaneCache.Quick] = [:]
  /// What was asked of the learner and not yet acknowledged.
  var pending = PendingRequests()
  /// The request that loads another preset: panes begin anew once it has taken effect.
  var paneReset: Request.Ticket?
  /// The doctor beside the run; like `probes` no part of the state.
  package var checkup = Checkup()
  /// When the doctor looks at what is shown; nil: he has, or need not.
  var consultation: Duration?
  /// What undo would leave behind was told.
  var undoTold: SessionSummary.Move?
  /// The branches that were saved, or opened, and how many changes they had then.
  var savedBranches: [Branch.ID: Int] = [:]
  /// Whether somebody who quit was told of what is not saved.
  var isLeavingTold = false
  /// Why the session could not be kept when it was last written; nil: it was.
  var keepFailure: String?
  /// The added point that the mouse holds, and where it took it.
  var grabbedPoint: (index: Int, place: Point)?
  /// The race that was begun last, as it was asked for.
  var raceRequest: RaceRequest?
  /// The preset whose settings the map varies.
  var mappedPreset: Preset?
  /// Ghosts are not drawn.
  var hidesGhosts = false
  /// Focus, zoom and how each picture is set.
  var panes = Panes()
  /// Which views there are panes of; follows the snapshot.
  var paneOrder = PaneOrder()
  /// Open boxes, the uppermost last.
  var overlays: [any Overlay] = []
  /// A message at the bottom.
  var toast: Toast?
  /// How many messages were said.
  private var saidCount = 0
  /// The loop's clock at the last event.
  var now: Duration = .zero
  /// Steps that `.` takes.
  var stepCount = 1
  /// Steps per second asked for; infinity is full speed.
  var pace: Double
  /// Whether a new optimizer takes over what it can use of the old one's memory.
  var carriesState = false
  /// A learning rate that is offered: what the chosen optimizer usually has.
  var offeredRate: Double?
  /// The experiment's form, where it is open.
  var form: FormState?
  /// Units that are added begin with outgoing weights of 0.
  var addsSilently = false
  /// The class of points that are added.
  var pointClass = 0
  /// Settings of optimizers, schedules and activations that were left, so that coming back finds
  /// them.
  var remembered = RememberedChoices()
  /// Formulas that were used in this session, the newest last.
  var formulas: [String] = []
  /// What is said on the very first start, until a key is pressed.
  package var greeting: Greeting?
  /// The lesson of the preset that runs, where it has one.
  var lesson: LessonState?
  /// The preset whose lesson opens at its last step: one came back from the lesson after it.
  var opensLastStep: String?
  /// Whether the lesson's panel is open.
  var isLessonShown = false
  /// The person knows that places in lessons cannot be kept.
  var hasToldForgetting = false
  /// How far lessons were read, by preset.
  var lessonMarks: [String: LessonMark]

  /// An explorer of a run, of what preset it is (nil: of none that says anything); `lessonMarks`
  /// says how far lessons were read before.
  package init(
    snapshot: Snapshot, preset: Preset? = nil, vocabulary: Vocabulary, presets: [PresetEntry],
    notes: [NotesEntry] = [], appearance: Appearance, size: Size,
    lessonMarks: [String: LessonMark] = [:]
  ) {
    self.init(
      snapshot: snapshot, preset: preset, vocabulary: vocabulary, presetIndex: PresetIndex(presets),
      notes: notes,
      appearance: appearance, size: size, lessonMarks: lessonMarks)
  }

  /// An explorer of a run whose presets are read when they are needed.
  package init(
    snapshot: Snapshot, preset: Preset? = nil, vocabulary: Vocabulary,
    presetIndex: PresetIndex,
    notes: [NotesEntry] = [], appearance: Appearance, size: Size,
    lessonMarks: [String: LessonMark] = [:]
  ) {
    self.snapshot = snapshot
    self.vocabulary = vocabulary
    self.presetIndex = presetIndex
    self.notes = notes
    self.appearance = appearance
    self.size = size
    self.lessonMarks = lessonMarks
    let preset = preset ?? Preset(snapshot.original ?? snapshot.experiment)
    self.preset = preset
    pace = preset.pace
    lesson = LessonState(preset, at: firstStep(ofLesson: preset.name))
    seen[snapshot.session.family] = (preset, lesson)
    if preset.session != nil { noteSaved() }
    orderPanes()
  }

  /// Other runs that are looked at beside the run.
  var many: ManyRuns {
    get { snapshot.many }
    set { snapshot.many = newValue }
  }

  /// The presets that can be loaded, as far as they have been read.
  package var presets: [PresetEntry] { presetIndex.entries }

  /// Lets open boxes take in presets that were read since they last did.
  package mutating func refreshPresets() {
    let generation = presetIndex.generation
    guard generation != presetGeneration else { return }
    presetGeneration = generation
    for index in overlays.indices {
      var overlay = overlays[index]
      overlay.refresh(in: self)
      overlays[index] = overlay
    }
  }

  /// Takes in the newest snapshot; what is to be asked of the learner then comes back.
  @discardableResult
  package mutating func see(_ snapshot: Snapshot) -> [Effect] {
    var effects: [Effect] = []
    let news = snapshot.refusals.filter { $0.ticket > self.snapshot.acknowledged }
    if !news.isEmpty { say(Explorer.text(of: news), .bad) }
    let family = self.snapshot.session.family
    let beside = many
    let known = Set(self.snapshot.session.rows.map(\.id))
    self.snapshot = snapshot
    many = beside
    pending.acknowledge(snapshot.acknowledged)
    if let next = arriving, snapshot.acknowledged >= next.ticket {
      arriving = nil
      if !snapshot.refused(next.ticket) {
        preset = next.preset
        if preset.session != nil { noteSaved(besides: known) }
      }
    } else if snapshot.session.family != family, let seen = seen[snapshot.session.family] {
      // Undo, or the list of branches, came back to another preset.
      preset = seen.preset
      lesson = seen.lesson
      lesson?.watch = GoalWatch()
      // The learner still looks for the goal of the lesson that was left.
      effects = watchGoal()
      panes = Panes()
      many = ManyRuns()
      pointClass = 0
      forgetOffers()
    }
    if let ticket = paneReset, snapshot.acknowledged >= ticket {
      paneReset = nil
      if !snapshot.refused(ticket) {
        probes.giveUp()
        panes = Panes()
        many = ManyRuns()
        pointClass = 0
        forgetOffers()
        focusLessonView()
      }
    }
    orderPanes()
    followGoal()
    consultDoctor()
    // Until a preset that was asked for has come, the lesson may be its already.
    if arriving == nil { seen[snapshot.session.family] = (preset, lesson) }
    return effects
  }

  /// Takes in an event; what is to be done outside comes back.
  package mutating func handle(_ event: Event, at now: Duration = .zero) -> [Effect] {
    advanceClock(to: now)
    let greeting = greeting
    if event.isInput { self.greeting = nil }
    let (said, shown) = (saidCount, toast)
    defer {
      // What was said of one action does not stand over the frames of the next.
      if event.isTyped, saidCount == said, shown?.tone == .plain { toast = nil }
    }
    // What the keyboard does is done to the present, wherever the mouse rests.
    if event.isTyped { panes.hover = nil }
    switch event {
    case .key(let key) where greeting != nil && overlays.isEmpty && key.text == Greeting.key:
      return openFirstLesson(greeting?.lesson ?? "")
    case .key(let key): return press(key)
    case .paste(let text): return paste(text)
    case .mouse(let mouse): return handle(mouse)
    case .resize(let size):
      self.size = size
      return []
    case .end(let code): return [.quit(code: code)]
    case .background(let color):
      appearance.follow(background: color)
      return []
    case .focus, .wake: return []
    }
  }

  /// Lets time pass: messages go when theirs is over, and the doctor looks when it is his.
  package mutating func advanceClock(to now: Duration) {
    self.now = max(self.now, now)
    if let toast, toast.end <= self.now { self.toast = nil }
    if let consultation, consultation <= self.now { consultDoctorLate() }
  }

  /// When something is to be done without an event, on the loop's clock.
  package var deadline: Duration? { [toast?.end, consultation].compactMap { $0 }.min() }

  /// The lesson that the greeting offers.
  private mutating func openFirstLesson(_ preset: String) -> [Effect] {
    isLessonShown = true
    return [.load(preset: preset, variant: nil)]
  }

  private mutating func press(_ key: Key) -> [Effect] {
    // No key is held with Alt: the Escape key came, and at once another.
    if let next = key.afterEscape { return press(Key(.escape)) + press(next) }
    if isEnterAfterAnswer(key) { return [] }
    if var top = overlays.last {
      let reply = top.handle(key, in: self)
      overlays[overlays.count - 1] = top
      noteAnswer(reply, by: key)
      if reply != .ignored { return answer(reply) }
      guard key.control else { return [] }
    }
    if overlays.isEmpty, let effects = pressInForm(key) { return effects }
    if overlays.isEmpty, let effects = pressInNetwork(key) { return effects }
    guard let binding = keyBindings.binding(for: key) else { return [] }
    return act(binding, key)
  }

  /// What was offered for one problem is nothing for another.
  private mutating func forgetOffers() {
    offeredRate = nil
    stepCount = 1
  }

  private mutating func paste(_ text: String) -> [Effect] {
    guard var top = overlays.last else {
      return TablePreview.isTable(text) ? [.openPasted(text)] : []
    }
    top.paste(text, in: self)
    overlays[overlays.count - 1] = top
    return []
  }
}

extension Explorer {
  /// Asks something of the learner, and counts on it from now on.
  mutating func ask(_ control: Control) -> Effect { .request(pending.add(control)) }

  /// Asks for the run of a preset, which is the explorer's own once that has begun.
  mutating func ask(toLoad preset: Preset) -> Effect {
    let request = ask(
      preset.session.map { .open($0, pace: preset.pace) }
        ?? .load(preset.experiment, pace: preset.pace))
    arriving = (pending.lastTicket, preset)
    if let steps = preset.session?.branches.reduce(0.0, { $0 + Double($1.steps) }), steps > 1e6 {
      say("doing the session again: \(NumberText.short(steps)) steps …")
    }
    return request
  }

  /// Asks for the session of the preset in force, which takes too long to wait for it.
  mutating func openSession() -> [Effect] { [ask(toLoad: preset)] }

  /// Takes over how another preset is called and watched.
  mutating func keepTexts(of other: Preset) {
    func take(_ preset: inout Preset) {
      (preset.title, preset.summary) = (other.title, other.summary)
      (preset.notes, preset.group) = (other.notes, other.group)
      preset.views = other.views
    }
    take(&preset)
    if let next = arriving {
      var preset = next.preset
      take(&preset)
      arriving = (next.ticket, preset)
    } else {
      let (family, shown) = (snapshot.session.family, preset)
      seen[family]?.preset = shown
    }
    panes.order = nil
    orderPanes()
  }

  /// The preset in force or asked for.
  var expectedPreset: Preset { arriving?.preset ?? preset }

  /// The experiment with the settings in force or asked for.
  var expected: Experiment {
    pending.isEmpty ? snapshot.experiment : pending.applied(to: snapshot.experiment)
  }

  /// All that was refused in one line, each reason once with its count.
  private static func text(of refusals: [Refusal]) -> String {
    var counts: [(reason: String, count: Int)] = []
    for refusal in refusals {
      if let place = counts.firstIndex(where: { $0.reason == refusal.reason }) {
        counts[place].count += 1
      } else {
        counts.append((refusal.reason, 1))
      }
    }
    return counts.map { $0.count == 1 ? $0.reason : "\($0.reason) (\($0.count) times)" }
      .joined(separator: " · ")
  }

  /// Whether the mouse is to be reported: not while text is shown that can be selected.
  var wantsMouse: Bool { overlays.last?.wantsMouse ?? true }

  /// Boxes that can be open at once.
  static let overlayLimit = 4

  /// Opens a box above those that are open.
  mutating func open(_ overlay: some Overlay) -> [Effect] {
    if overlays.count >= Explorer.overlayLimit { overlays.removeLast() }
    overlays.append(overlay)
    return []
  }

  /// Does what the uppermost box asks for.
  mutating func answer(_ reply: OverlayReply) -> [Effect] {
    switch reply {
    case .ignored, .stay: return []
    case .close:
      overlays.removeLast()
      return []
    case .closeAnd(let action):
      overlays.removeLast()
      return perform(action)
    }
  }

  /// Shows a message at the bottom for a while.
  mutating func say(_ text: String, _ tone: Toast.Tone = .plain) {
    saidCount &+= 1
    toast = Toast(text: text, tone: tone, end: now + Toast.lifetime(tone))
  }
}

extension Event {
  /// Whether a person did it.
  fileprivate var isInput: Bool {
    switch self {
    case .mouse(let mouse): mouse.action != .move
    case .key, .paste: true
    default: false
    }
  }

  /// Whether the keyboard did it.
  fileprivate var isTyped: Bool {
    switch self {
    case .key, .paste: true
    default: false
    }
  }
}
