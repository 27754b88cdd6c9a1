import Foundation
import Terminal
import Training

/// Reads presets on a thread of its own: a table of millions of rows, or a slow disk, keeps no key
/// waiting.
///
/// Most presets are there within milliseconds, and are waited for that long, so that the next
/// picture shows them.
final class PresetLoader: Sendable {
  /// What became of a request.
  enum Answer: Sendable {
    /// The preset of a name or its variant, and what it is a variant of; or why there is none.
    case preset(String, Result<(preset: Preset, original: Preset?), PresetFailure>)
    /// A race, or why there is none.
    case race(RaceRequest, Result<Race, PresetFailure>)
  }

  private struct State: Sendable {
    /// The number of the newest request; older ones are not wanted any more.
    var newest = 0
    var answer: Answer?
    /// Whether the asker is waiting for it: nobody is to be woken then.
    var isAwaited = false
  }

  private let library: any PresetLibrary
  private let waker: Waker
  private let state = Locked(State())

  /// A loader of presets of `library`; `waker` is told when one is there that was not waited for.
  init(_ library: any PresetLibrary, waker: Waker) {
    self.library = library
    self.waker = waker
  }

  /// Begins to read a preset or one of its variants; what was asked for before is not wanted any
  /// more.
  ///
  /// - Returns: the answer, when it comes within `patience`; nil: `finished` has it later.
  func load(
    _ name: String, variant: String?, allowingFiles: Bool = false, patience: Duration
  ) -> Answer? {
    begin(patience) { [self] in .preset(name, read(name, variant, allowingFiles)) }
  }

  /// Begins to prepare a race, in the same way.
  func race(_ request: RaceRequest, views: [String], patience: Duration) -> Answer? {
    begin(patience) {
      .race(request, Result { () throws(PresetFailure) in try request.race(views: views) })
    }
  }

  private func begin(_ patience: Duration, _ make: @escaping @Sendable () -> Answer) -> Answer? {
    let number = state.withLock { state in
      state.newest += 1
      state.answer = nil
      state.isAwaited = true
      return state.newest
    }
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [self] in
      let answer = make()
      let isAwaited = state.withLock { state in
        guard state.newest == number else { return true }
        state.answer = answer
        return state.isAwaited
      }
      done.signal()
      if !isAwaited { waker.wake() }
    }
    let seconds =
      Double(patience.components.seconds) + Double(patience.components.attoseconds) / 1e18
    _ = done.wait(timeout: .now() + seconds)
    return finished()
  }

  /// The answer that has come since it was last asked for.
  func finished() -> Answer? {
    state.withLock { state in
      defer { state.answer = nil }
      state.isAwaited = false
      return state.answer
    }
  }

  private func read(
    _ name: String, _ variant: String?, _ allowingFiles: Bool
  ) -> Result<(preset: Preset, original: Preset?), PresetFailure> {
    Result { () throws(PresetFailure) in
      if allowingFiles { return (try library.loadAllowingFiles(name), nil) }
      let preset = try library.load(name, variant: variant)
      return (preset, variant == nil ? nil : try library.load(name, variant: nil))
    }
  }
}
