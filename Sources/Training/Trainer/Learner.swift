/// What the explorer needs of whoever trains: an inbox and the newest snapshot.
///
/// `Trainer` does it on its own thread; `InlineTrainer` does it step by step when told to, for
/// tests and for pictures.
package protocol Learner: FrameSource where Frame == Snapshot {
  /// Puts a request into the inbox; it takes effect between steps.
  func send(_ request: Request)
}
