/// A value on the heap that its copies share until one of them changes.
///
/// Descriptions of runs are large and stand in snapshots, runs, branches and scenes, which are
/// copied all the time: so a copy is one count, and the code that copies them is not made again in
/// every type that holds one.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
  /// Sendable since it is never written to while several boxes hold it.
  @usableFromInline
  final class Storage: @unchecked Sendable {
    @usableFromInline var value: Value
    @usableFromInline init(_ value: Value) { self.value = value }
  }

  @usableFromInline var storage: Storage

  /// A box of its own for a value.
  @inlinable
  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  /// The value. Writing makes a box of its own first, if others hold the same.
  @inlinable
  package var wrappedValue: Value {
    _read { yield storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}

extension Boxed: Equatable where Value: Equatable {
  /// Whether the values are equal.
  @inlinable
  package static func == (a: Boxed, b: Boxed) -> Bool { a.storage.value == b.storage.value }
}
