/// Makes a screen's `nextEvent` return `.wake`, from any thread; many calls before it returns are
/// one event.
package struct Waker: Sendable {
  private let action: @Sendable () -> Void
  /// A waker that does `action`, which must be quick and never block.
  package init(_ action: @escaping @Sendable () -> Void) { self.action = action }
  /// Wakes.
  package func wake() { action() }
  /// Wakes; so that a waker can be called as a function.
  package func callAsFunction() { action() }
}
