package import Lanes
package import Presets
package import Training

extension Explorer {
  /// Shows the form of a table that was looked into.
  package mutating func show(
    _ preview: TablePreview, settings: [Setting], column: Int, line: TableFormLine
  ) {
    _ = open(TableForm(preview, settings: settings, column: column, line: line))
  }
}
