import Lanes
import Training

extension PresetKey {
  /// `data`: a name, or a mapping of one of three forms with `preparation`.
  static let data = PresetKey(
    "data", "the samples: a generated set, rows of numbers, or a CSV file", .choice(.datasets),
    heading: .data, owner: .data, effect: .keepsFitting, standard: "needed", chooses: true,
    place: ChoicePlace(
      kind: .datasets, get: { $0.data?.choice },
      set: { draft, choice in
        draft.form(.generated)
        draft.data?.choice = choice
      }),
    parts: rows + table + preparation,
    read: { reader, node, draft in
      draft.data = nil
      reader.data(node, into: &draft)
    },
    write: { draft in
      guard let data = draft.data else { return nil }
      var entries: [PresetNode.Entry] = []
      if let choice = data.choice {
        entries.append(.init("name", .word(choice.name)))
        for (key, value) in choice.settings.sorted(by: { $0.key < $1.key }) {
          entries.append(.init(key, .number(value)))
        }
      }
      entries += (rows + table + preparation).compactMap { part in
        part.write(draft).map { .init(part.inner, $0) }
      }
      return entries.count == 1 && entries[0].key == "name" ? entries[0].value : .map(entries)
    },
    clear: { $0.data = nil })

  /// Samples given one by one.
  static let rows: [PresetKey] = [
    part(
      "inputs", "inputs, one row a sample", "[[0, 0], [0, 1]]", form: .rows, at: \.inputs,
      read: { $0.reader.rows($1, "inputs") }, write: { $0.map { .rows($0) } }),
    part(
      "targets", "targets, one row a sample", "[0, 1]", form: .rows, at: \.targets,
      read: { $0.reader.rows($1, "targets") },
      write: { targets in
        targets.map { targets in
          targets.allSatisfy { $0.count == 1 }
            ? .numbers(targets.map { $0[0] }) : .rows(targets)
        }
      }),
    PresetKey(
      "data.rows", "samples, the last number of each row being its target",
      .written("[[0, 0, 0], [0, 1, 1]]"), heading: .data, owner: .data, effect: .keepsFitting,
      standard: "none", chooses: true,
      read: { reader, node, draft in
        guard let rows = reader.reader.rows(node, "rows") else { return }
        guard let width = rows.first?.count, width >= 2 else {
          reader.problems.add(
            node.origin,
            "rows must hold at least one row of inputs with the target as last number")
          return
        }
        draft.form(.rows)
        draft.data?.inputs = rows.map { Array($0.dropLast()) }
        draft.data?.targets = rows.map { [$0[width - 1]] }
      },
      write: { _ in nil },
      clear: { draft in
        draft.data?.inputs = nil
        draft.data?.targets = nil
      }),
  ]

  /// Samples from a file.
  static let table: [PresetKey] = [
    PresetKey(
      "data.csv", "a CSV file, or NumPy's .npy or .npz, relative to the preset",
      .written("points.csv"), heading: .data,
      owner: .data, effect: .keepsFitting, standard: "none", chooses: true, namesFile: true,
      read: { reader, node, draft in
        guard let path = reader.reader.text(node, "csv", limit: 4_096) else { return }
        draft.form(.table)
        // Columns and the way of writing belonged to the file before.
        draft.data?.table = .init(path: PresetPaths.resolve(path, in: reader.directory))
      },
      write: { draft in
        draft.data?.table.map { table in
          .text(draft.directory.map { PresetPaths.relative(table.path, to: $0) } ?? table.path)
        }
      },
      clear: { $0.data?.table = nil }),
    column("columns", "names or numbers of the input columns", "all but the target", at: \.columns),
    column("target", "names or numbers of the target columns", "the last", at: \.target),
    PresetKey(
      "data.header", "whether the first row holds names", .word(["true", "false"]),
      heading: .data, owner: .data, effect: .keepsFitting, standard: "found out",
      read: { reader, node, draft in
        draft.reread { $0.format.header = reader.reader.flag(node, "header") }
      },
      write: { $0.data?.table?.format.header.map { .flag($0) } },
      clear: { $0.reread { $0.format.header = nil } }),
    PresetKey(
      "data.delimiter", "what separates cells", .word([",", ";", "tab", "|", "space"]),
      heading: .data, owner: .data, effect: .keepsFitting, standard: "found out",
      read: { reader, node, draft in
        let names = [
          (",", ","), (";", ";"), ("\t", "\t"), ("tab", "\t"), ("|", "|"), ("space", " "),
          (" ", " "),
        ]
        draft.reread { $0.format.delimiter = reader.reader.word(node, "delimiter", names) }
      },
      write: { draft in
        draft.data?.table?.format.delimiter.map {
          .text($0 == "\t" ? "tab" : $0 == " " ? "space" : $0)
        }
      },
      clear: { $0.reread { $0.format.delimiter = nil } }),
    PresetKey(
      "data.missing", "what becomes of cells without a number",
      .word(CSVFormat.Missing.allCases.map(\.rawValue)), heading: .data, owner: .data,
      effect: .keepsFitting, standard: CSVFormat.Missing.error.rawValue,
      read: { reader, node, draft in
        let words = CSVFormat.Missing.allCases.map { ($0.rawValue, $0) }
        draft.reread { $0.format.missing = reader.reader.word(node, "missing", words) }
      },
      write: { $0.data?.table?.format.missing.map { .word($0.rawValue) } },
      clear: { $0.reread { $0.format.missing = nil } }),
    PresetKey(
      "data.labels", "whether targets are names of classes, even if they hold digits",
      .word(["true", "false"]), heading: .data, owner: .data, effect: .keepsFitting,
      standard: "found out",
      read: { reader, node, draft in
        draft.reread { $0.format.classes = reader.reader.flag(node, "labels") }
      },
      write: { $0.data?.table?.format.classes.map { .flag($0) } },
      clear: { $0.reread { $0.format.classes = nil } }),
  ]

  /// What every form of data may have.
  static let preparation: [PresetKey] = [
    PresetKey.number(
      "data.test_fraction", short: "test_fraction",
      Hyperparameter(
        "test_fraction", symbol: "", "the share of samples that is kept for testing", default: 0,
        in: 0...0.9),
      heading: .data, owner: .data, effect: .keepsAll, at: \.ownData.testFraction),
    .flag(
      "data.standardize", short: "standardize",
      "subtract each input's mean and divide by its standard deviation, of the training samples",
      heading: .data, owner: .data, effect: .keepsAll, at: \.ownData.standardize),
    .value(
      "data.page_seed", short: "page_seed",
      "the text that draws TensorFlow Playground's data sets and the weights that follow",
      .written("\"0.59701\""), heading: .data, owner: .model, effect: .keepsAll,
      words: "the seed's digits", at: \.ownData.pageSeed, standard: { _ in nil },
      read: { $0.reader.text($1, "page_seed", limit: 1_000) },
      write: { $0.map { .text($0) } }),
    .value(
      "data.added", "points added by hand, always for training",
      .written("[{inputs: [0.5, 1], targets: [1]}]"), heading: .data, owner: .data,
      effect: .keepsAll, words: "none", at: \.ownData.added, standard: { _ in [] },
      read: { reader, node in
        reader.reader.all(reader.reader.items(node)) { reader.point($0) }
      },
      write: { .list($0.map { .point($0) }) }),
  ]

  private static func part<Value>(
    _ name: String, _ summary: String, _ example: String, form: DataDraft.Form,
    at path: any WritableKeyPath<DataDraft, Value?> & Sendable,
    read: @escaping @Sendable (PresetReader, PresetNode) -> Value?,
    write: @escaping @Sendable (Value?) -> PresetNode?
  ) -> PresetKey {
    PresetKey(
      "data.\(name)", summary, .written(example), heading: .data, owner: .data,
      effect: .keepsFitting, standard: "none", chooses: true,
      read: { reader, node, draft in
        guard let value = read(reader, node) else { return }
        draft.form(form)
        draft.data?[keyPath: path] = value
      },
      write: { $0.data.flatMap { write($0[keyPath: path]) } },
      clear: { $0.data?[keyPath: path] = nil })
  }

  private static func column(
    _ name: String, _ summary: String, _ standard: String,
    at path: any WritableKeyPath<DataDraft.Table, [String]> & Sendable
  ) -> PresetKey {
    PresetKey(
      "data.\(name)", summary, .written("x, y"), heading: .data, owner: .data,
      effect: .keepsFitting, standard: standard,
      read: { reader, node, draft in
        let names = reader.reader.all(reader.reader.items(node)) {
          reader.reader.text($0, name, limit: 200)
        }
        if let names { draft.reread { $0[keyPath: path] = names } }
      },
      write: { draft in
        draft.data?.table.flatMap { $0[keyPath: path].isEmpty ? nil : .texts($0[keyPath: path]) }
      },
      clear: { $0.reread { $0[keyPath: path] = [] } })
  }
}

extension PresetDraft {
  /// The data of a problem that has some from now on.
  var ownData: DataDraft {
    get { data ?? DataDraft() }
    set { data = newValue }
  }

  /// Takes data of one form; those of the others go.
  mutating func form(_ form: DataDraft.Form) {
    ownData.replace(keeping: form)
  }

  /// Changes what is wanted of the file, which is then read anew.
  mutating func reread(_ change: (inout DataDraft.Table) -> Void) {
    guard var table = data?.table else { return }
    change(&table)
    table.read = nil
    data?.table = table
  }
}

extension PresetNode {
  /// A sample added by hand.
  static func point(_ point: AddedPoint) -> PresetNode {
    .map([.init("inputs", numbers(point.inputs)), .init("targets", numbers(point.targets))])
  }
}
