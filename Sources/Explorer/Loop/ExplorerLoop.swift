import Foundation
import Lanes
import Presets
package import Terminal
package import Training

/// Runs the explorer: waits for events, hands them to the state, does what it asks for, and draws
/// when something changed.
///
/// It wakes up by itself only where a message is to go, a picture was kept back, or the doctor is
/// to look at what stays: paused, it burns nothing.
package struct ExplorerLoop: FrameLoop {
  /// The state.
  package private(set) var explorer: Explorer
  /// Where it draws.
  package let screen: any Screen
  private let learner: any Learner
  private let library: any PresetLibrary
  private let loader: PresetLoader
  private let loadingTime: Duration
  private let save: (SaveRequest) -> SaveOutcome
  private let remember: (LessonMark) -> String?
  private let takeHome: any TakeHome
  /// Whether the screen reports the mouse.
  private var reportsMouse = true
  private let keep: (Explorer) -> Void
  private let keepFailure: () -> String?
  private let clock: () -> Duration
  private var afterFirstFrame: (() -> Void)?
  private let cache: PaneCache
  private var pacer = FramePacer()
  private var shown: Canvas?
  private var needsFrame = true
  private var hasNews = false
  /// Until when a frame waits for the learner's answer to what was asked for; nil: for none.
  private var answerLimit: Duration?

  /// A frame waits so long at most for the learner's answer, so that one picture shows both the key
  /// and what came of it.
  private static let answerTime: Duration = .milliseconds(20)

  /// A loop. `save` writes preset files; `takeHome` writes what people take with them; `remember`
  /// keeps a place in a lesson, and says why it could not; `keep` is told of each new state of the
  /// session, and `keepFailure` says why the last could not be kept; `clock` counts from any
  /// origin; `afterFirstFrame` is called once the first picture is on the screen, for work that can
  /// wait till then; `loadingTime` is how long a preset is waited for at most before the explorer
  /// goes on without it.
  package init(
    explorer: Explorer, screen: any Screen, learner: any Learner, library: any PresetLibrary,
    save: @escaping (SaveRequest) -> SaveOutcome,
    remember: @escaping (LessonMark) -> String? = { _ in nil },
    takeHome: (any TakeHome)? = nil, keep: @escaping (Explorer) -> Void = { _ in },
    keepFailure: @escaping () -> String? = { nil },
    clock: (() -> Duration)? = nil,
    afterFirstFrame: (() -> Void)? = nil, loadingTime: Duration = .milliseconds(30)
  ) {
    self.explorer = explorer
    loader = PresetLoader(library, waker: screen.waker)
    self.loadingTime = loadingTime
    cache = PaneCache(workers: explorer.workers)
    self.screen = screen
    self.learner = learner
    self.library = library
    self.save = save
    self.remember = remember
    self.takeHome = takeHome ?? Nowhere()
    self.keep = keep
    self.keepFailure = keepFailure
    self.afterFirstFrame = afterFirstFrame
    let start = ContinuousClock.now
    self.clock = clock ?? { ContinuousClock.now - start }
  }

  /// Runs until somebody quits; returns the exit code.
  ///
  /// - Parameters:
  ///   - opensLesson: whether it begins with the lesson of the preset.
  ///   - opensSession: whether the preset's session is still to be done again.
  package mutating func run(opensLesson: Bool = false, opensSession: Bool = false) -> Int32 {
    start()
    if opensSession { perform(explorer.openSession()) }
    perform(explorer.beginWritten(explorer.preset))
    if opensLesson { perform(explorer.openLesson()) }
    return turns()
  }

  /// Takes in the window's size.
  package mutating func start() {
    _ = explorer.handle(.resize(screen.size), at: clock())
  }

  /// How long to wait for an event: for ever when nothing is going to change by itself.
  package func patience() -> Duration? {
    let now = clock()
    var times: [Duration] = []
    if needsFrame { return answerLimit.map { max(.zero, $0 - now) } ?? .zero }
    if hasNews { times.append(pacer.due) }
    if let end = explorer.deadline { times.append(end) }
    if let late = cache.late { times.append(late) }
    return times.min().map { max(.zero, $0 - now) }
  }

  /// Takes in one event; an exit code ends the loop.
  package mutating func take(_ event: Event) -> Int32? {
    switch event {
    case .wake:
      hasNews = true
      if let answer = loader.finished() {
        needsFrame = true
        return perform(take(answer))
      }
      // The learner's answer to what the person asked for does not wait for the pace of frames.
      if !explorer.pending.isEmpty || cache.hasNews { needsFrame = true }
      return nil
    case .focus(let focused):
      pacer.isFocused = focused
      return nil
    case .mouse(let mouse) where mouse.action == .move:
      // Motion within a cell, or over what is not read, costs no frame.
      guard explorer.hover(at: Point(x: mouse.x, y: mouse.y)) != explorer.panes.hover else {
        return nil
      }
    case .mouse(let mouse) where mouse.action == .release && explorer.grabbedPoint == nil:
      return nil
    default: break
    }
    needsFrame = true
    if explorer.pending.goesElsewhere { waitForAnswer() }
    return perform(explorer.handle(event, at: clock()))
  }

  /// Does all that is to be done outside, and what follows of it; an exit code ends the loop.
  @discardableResult
  package mutating func perform(_ effects: [Effect]) -> Int32? {
    var pending = effects[...]
    while let effect = pending.popFirst() {
      if case .quit(let code) = effect { return code }
      pending += perform(effect)
    }
    return nil
  }

  /// Does one thing outside; more may follow of it.
  private mutating func perform(_ effect: Effect) -> [Effect] {
    switch effect {
    case .request(let request):
      learner.send(request)
      answerLimit = clock() + ExplorerLoop.answerTime
      // A learner in this thread has answered already.
      hasNews = true
    case .whenAnswered(let redoes):
      waitForAnswer()
      return redoes ? explorer.redoKnown() : explorer.undoKnown()
    case .load(let preset, let variant):
      return load(preset, variant: variant)
    case .loadAllowingFiles(let preset): return load(preset, allowingFiles: true)
    case .openTable(let path, let settings, let column, let line):
      do {
        let preview = try library.preview(table: path, settings)
        explorer.show(preview, settings: settings, column: column, line: line)
      } catch {
        explorer.failed(toLoad: path, error)
      }
    case .openPasted(let text):
      do {
        let path = try library.keep(pasted: text)
        return [.openTable(path: path, [], column: 0, line: .columns)]
      } catch {
        explorer.failed(toLoad: "pasted rows", error)
      }
    case .race(let request):
      let views = explorer.vocabulary.views.names
      let answer = loader.race(request, views: views, patience: loadingTime)
      return answer.map { take($0) } ?? []
    case .begin(let run):
      do {
        return explorer.begin(try library.apply(run.settings, to: run.base), run.beginning)
      } catch {
        explorer.failed(toLoad: run.base.name, error)
      }
    case .remember(let mark):
      explorer.lessonMarks[mark.preset] = mark
      if let failure = remember(mark) { explorer.failed(toRemember: failure) }
    case .copy(let text): copy(text)
    case .copyCommand(let preset):
      let base = try? library.load(preset.name, variant: nil)
      do {
        let text = try ShellCommand.text(of: preset, from: base)
        copy(text)
        explorer.show(command: text)
      } catch {
        explorer.say("there is no command line of this: \(error)", .bad)
      }
    case .export(let format):
      explorer.tookHome(
        takeHome.export(format, explorer.snapshot, session: explorer.savedRun))
    case .picture(let format, let part):
      let canvas = explorer.picture(of: part)
      explorer.tookHome(takeHome.picture(format, canvas, of: explorer.snapshot))
    case .save(let request): explorer.saved(save(request), request)
    case .suspend:
      screen.suspend()
      shown = nil
      reportsMouse = true
      return explorer.handle(.resize(screen.size), at: clock())
    case .repaint:
      screen.redraw()
      shown = nil
    case .quit: break
    }
    return []
  }

  /// Takes in the newest snapshot.
  private mutating func seeLatest() {
    explorer.sees(failureToKeep: keepFailure())
    let latest = learner.latest
    guard latest.generation != explorer.snapshot.generation else { return }
    perform(explorer.see(latest))
    keep(explorer)
  }

  /// Waits until the learner has answered all that it was asked, but no longer than a key may take.
  private mutating func waitForAnswer() {
    for _ in 0..<40 {
      seeLatest()
      if explorer.pending.isEmpty { return }
      Thread.sleep(forTimeInterval: 0.001)
    }
  }

  private mutating func load(
    _ preset: String, variant: String? = nil, allowingFiles: Bool = false
  ) -> [Effect] {
    let answer = loader.load(
      preset, variant: variant, allowingFiles: allowingFiles, patience: loadingTime)
    if let answer { return take(answer) }
    explorer.say("reading \(preset) …")
    return []
  }

  private mutating func copy(_ text: String) {
    screen.copy(text)
    explorer.copied(by: takeHome.copy(text))
  }

  /// Takes in a preset that was read, or why it was not.
  private mutating func take(_ answer: PresetLoader.Answer) -> [Effect] {
    switch answer {
    case .preset(_, .success(let loaded)):
      return explorer.load(loaded.preset, variantOf: loaded.original)
    case .preset(let name, .failure(let failure)): explorer.failed(toLoad: name, failure)
    case .race(let request, .success(let race)): return explorer.begin(race, of: request)
    case .race(_, .failure(let failure)): explorer.failed(toRace: failure)
    }
    return []
  }

  /// Draws when the person did something, or when news, a message's end or a kept-back picture are
  /// due.
  package mutating func drawIfDue() {
    let now = clock()
    let hadToast = explorer.toast != nil
    explorer.advanceClock(to: now)
    let lateIsDue = cache.late.map { $0 <= now } ?? false
    let newsIsDue = hasNews && pacer.due <= now
    guard needsFrame || newsIsDue || lateIsDue || hadToast && explorer.toast == nil else { return }
    if hasNews {
      hasNews = false
      explorer.refreshPresets()
      seeLatest()
    }
    if let limit = answerLimit {
      if !explorer.pending.isEmpty, now < limit {
        needsFrame = true
        return
      }
      answerLimit = nil
    }
    needsFrame = false
    let before = ThreadClock.now
    let canvas = explorer.frame(cache: cache)
    explorer.unfinishedPanes = cache.unfinished
    explorer.quickPanes = cache.quick
    if explorer.wantsMouse != reportsMouse {
      reportsMouse.toggle()
      screen.reportMouse(reportsMouse)
    }
    if canvas != shown {
      screen.present(canvas)
      shown = canvas
    }
    if let work = afterFirstFrame {
      afterFirstFrame = nil
      work()
    }
    pacer.note(from: now, to: clock(), work: ThreadClock.now - before + cache.cost)
  }
}
