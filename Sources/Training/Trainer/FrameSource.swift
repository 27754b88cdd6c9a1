/// Something that goes on in another thread and always has a newest state to be drawn: a run that
/// trains, a training elsewhere whose metrics are followed.
package protocol FrameSource: AnyObject, Sendable {
  /// What is drawn.
  associatedtype Frame: Sendable
  /// The newest. Never blocks for long.
  var latest: Frame { get }
}
