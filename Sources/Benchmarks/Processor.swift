import CLanes

#if canImport(Glibc)
  import Glibc
#endif

/// The processor that figures are measured on, and what the numeric targets were built for.
package struct Processor: Sendable, Equatable {
  /// The name that the system gives it, or its architecture.
  package let name: String
  /// Bits of its widest vectors of doubles.
  package let vectorBits: Int

  /// What the numeric targets were built for: the value of `GLISSADE_MARCH`, or `native`.
  package static var builtFor: String { String(cString: glissade_build_march()) }
  /// Bits of the vectors that the build works with.
  package static var builtVectorBits: Int { Int(glissade_build_vector_bits()) }

  /// This machine's processor.
  package static let here = Processor(cpuinfo: read("/proc/cpuinfo"))

  /// What `/proc/cpuinfo` says.
  package init(cpuinfo: String) {
    func value(_ key: String) -> String? {
      for line in cpuinfo.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { continue }
        let name = parts[0].split(separator: " ").joined(separator: " ")
          .split(separator: "\t").joined()
        if name == key { return parts[1].split(separator: " ").joined(separator: " ") }
      }
      return nil
    }
    let features = Set((value("flags") ?? value("Features") ?? "").split(separator: " "))
    vectorBits =
      features.contains("avx512f") ? 512 : features.contains("avx2") ? 256 : 128
    // Virtual machines often give the maker's name only; family and model tell generations apart.
    let maker = value("model name") ?? "unknown processor"
    if let family = value("cpu family"), let model = value("model") {
      name = "\(maker) (family \(family), model \(model))"
    } else {
      name = maker
    }
  }

  private static func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0, bytes.count < 1 << 20 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
