import Training

extension PresetKey {
  /// `batch` and its parts; what belongs to one way of drawing goes with it.
  static let batch = PresetKey(
    "batch", "how mini-batches are drawn: full, a size, or a mapping", .written("full, or a size"),
    heading: .training, effect: .keepsAll, standard: "full", chooses: true, parts: batchParts,
    read: { reader, node, draft in
      draft.batch = BatchDraft()
      reader.batch(node, into: &draft)
    },
    write: { draft in
      draft.batch == BatchDraft()
        ? nil
        : .map(batchParts.compactMap { part in part.write(draft).map { .init(part.inner, $0) } })
    },
    clear: { $0.batch = BatchDraft() })

  static let batchParts: [PresetKey] = [
    batchPart(
      "size", "samples a batch", "a whole number", standard: "all", at: \.size,
      read: { $0.reader.integer($1, "size", in: 1...Int(Int32.max)) },
      write: { .number($0) },
      then: { batch in
        if batch.rows != nil { (batch.rows, batch.stepsPerEpoch) = (nil, nil) }
      }),
    batchPart(
      "order", "how batches of one size are drawn",
      BatchDraft.Order.allCases.map(\.rawValue).joined(separator: ", "), standard: "shuffled",
      chooses: true,
      at: \.order,
      read: {
        $0.reader.word($1, "order", BatchDraft.Order.allCases.map { ($0.rawValue, $0) })
      },
      write: { .word($0.rawValue) },
      then: { batch in
        (batch.blocks, batch.rows, batch.stepsPerEpoch) = (nil, nil, nil)
        // The skipped words of numpy mean nothing to another order.
        if batch.order != .numpyBlocks { batch.after = nil }
      }),
    batchPart(
      "blocks", "numbers of the blocks, step by step", "0, 14, 3", chooses: true, at: \.blocks,
      read: { $0.blocks($1) }, write: { .list($0.map { .number($0) }) },
      then: { batch in (batch.order, batch.rows, batch.after) = (nil, nil, nil) }),
    batchPart(
      "rows", "sample numbers of each step", "[[0, 7], [3]]", chooses: true, at: \.rows,
      read: { $0.batchRows($1) },
      write: { .list($0.map { .list($0.map { .number($0) }) }) },
      then: { batch in
        (batch.size, batch.order, batch.blocks, batch.after) = (nil, nil, nil, nil)
      }),
    batchPart(
      "steps_per_epoch", "steps of an epoch of `blocks` or `rows`", "a whole number",
      at: \.stepsPerEpoch,
      read: { $0.reader.integer($1, "steps_per_epoch", in: 1...PresetLimits.steps) },
      write: { .number($0) }),
    batchPart(
      "after", "words of 32 bits that numpy drew before, for `order: numpy_blocks`",
      "a whole number", at: \.after,
      read: { $0.reader.integer($1, "after", in: 0...Batcher.greatestSkip) },
      write: { .number($0) }),
  ]

  private static func batchPart<Value>(
    _ name: String, _ summary: String, _ form: String, standard: String = "none",
    chooses: Bool = false,
    at path: any WritableKeyPath<BatchDraft, Value?> & Sendable,
    read: @escaping @Sendable (PresetReader, PresetNode) -> Value?,
    write: @escaping @Sendable (Value) -> PresetNode,
    then: @escaping @Sendable (inout BatchDraft) -> Void = { _ in }
  ) -> PresetKey {
    PresetKey(
      "batch.\(name)", summary, .written(form), heading: .training, owner: .data,
      effect: .keepsAll, standard: standard, chooses: chooses,
      read: { reader, node, draft in
        guard let value = read(reader, node) else { return }
        draft.batch[keyPath: path] = value
        then(&draft.batch)
      },
      write: { $0.batch[keyPath: path].map(write) },
      clear: { $0.batch[keyPath: path] = nil })
  }
}
