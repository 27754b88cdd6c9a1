import Explorer
import Foundation
import Models
import Presets
import Training

/// The parameters of a run by name and shape.
struct ParameterFile {
  private let snapshot: Snapshot
  private let preset: Preset

  /// The parameters of a run as they are at `snapshot`.
  init(_ snapshot: Snapshot, of preset: Preset) {
    self.snapshot = snapshot
    self.preset = preset
  }

  /// The file in one of the forms of parameters.
  func bytes(_ format: ExportFormat) -> [UInt8] {
    switch format {
    case .csv: Array(table.utf8)
    case .npz: archive
    default: Array((json.line + "\n").utf8)
    }
  }

  private var blocks: [(block: ParameterLayout.Block, values: [Double])] {
    let parameters = snapshot.parameters
    return snapshot.objective.layout.blocks.map { ($0, Array(parameters[$0.range])) }
  }

  private var json: JSONText {
    .object([
      ("preset", .text(preset.name)), ("title", .text(preset.title)),
      ("step", .integer(snapshot.step)),
      ("loss", .number(snapshot.loss)),
      (
        "arrays",
        .object(
          blocks.map { block, values in
            (
              block.name,
              .object([
                ("shape", .list(block.shape.map { .integer($0) })), ("values", .numbers(values)),
              ])
            )
          })
      ),
      ("parameters", .numbers(snapshot.parameters)),
    ])
  }

  private var table: String {
    "name,value\n"
      + zip(snapshot.objective.parameterNames, snapshot.parameters).map { name, value in
        (name.contains(",") ? "\"\(name)\"" : name) + "," + ExactDecimal.shortest(value) + "\n"
      }.joined()
  }

  /// One `.npy` a block, in the order of the parameters, not compressed, as numpy's `savez` writes
  /// them.
  private var archive: [UInt8] {
    var zip = StoredZip()
    for (block, values) in blocks {
      let shape =
        block.shape.map { "\($0)" }.joined(separator: ", ") + (block.shape.count == 1 ? "," : "")
      var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }"
      // The header, with ten bytes before it, fills whole blocks of 64.
      header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
      var file: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
      file += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
      file += Array(header.utf8)
      for value in values {
        file += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
      }
      zip.add(file, named: block.name + ".npy")
    }
    return zip.bytes
  }
}
