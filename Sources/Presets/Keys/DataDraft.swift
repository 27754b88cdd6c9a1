import Lanes
import Training

/// The written form of samples: a generated set, rows, or a CSV file.
struct DataDraft: Sendable {
  /// A CSV file and what is wanted of it.
  struct Table: Sendable {
    /// The file's absolute path.
    var path: String
    var columns: [String] = []
    var target: [String] = []
    var format = CSVFormat()
    /// What was read; nil: not yet, or something else is wanted now.
    var read: FileTable?
  }

  /// A generated set.
  var choice: Choice?
  /// Rows given in the preset.
  var inputs: [[Double]]?
  var targets: [[Double]]?
  /// A file.
  var table: Table?
  var testFraction = 0.0
  var standardize = false
  var pageSeed: String?
  var added: [AddedPoint] = []

  init() {}

  init(_ source: DataSource) {
    switch source.origin {
    case .generated(let choice): self.choice = choice
    case .inline(let inputs, let targets): (self.inputs, self.targets) = (inputs, targets)
    case .csv(let read):
      table = Table(
        path: read.path, columns: read.columns, target: read.target, format: source.csv,
        read: read)
    }
    testFraction = source.testFraction
    standardize = source.standardize
    pageSeed = source.pageSeed
    added = source.added
  }

  /// Takes the samples of another form away: what belongs to one data set means nothing to the
  /// next.
  mutating func replace(keeping form: Form) {
    if form != .generated { (choice, pageSeed) = (nil, nil) }
    if form != .rows { (inputs, targets) = (nil, nil) }
    if form != .table { table = nil }
  }

  /// The forms of data.
  enum Form { case generated, rows, table }
}
