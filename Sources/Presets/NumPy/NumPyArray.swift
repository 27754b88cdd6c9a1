/// An array as NumPy's `save` writes it: `.npy`, versions 1 to 3, of numbers or of words.
struct NumPyArray: Equatable {
  /// The items, row by row.
  enum Content: Equatable {
    case numbers([Double])
    case words([String])
  }

  /// Its sizes, outermost first; empty for a single item.
  let shape: [Int]
  /// What it holds.
  let content: Content

  /// Values of a shape.
  init(shape: [Int], values: [Double]) {
    self.shape = shape
    content = .numbers(values)
  }

  /// Reads a file's bytes. At most `limit` items are taken.
  init(_ bytes: [UInt8], limit: Int) throws(FileFailure) {
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw FileFailure("is no .npy file: it does not begin as NumPy writes them")
    }
    let wide = bytes[6] > 1
    let start = wide ? 12 : 10
    guard (1...3).contains(bytes[6]), bytes.count >= start else {
      throw FileFailure("is a .npy file of version \(bytes[6]), and 1 to 3 are read")
    }
    let length = (8..<start).reduce(0) { $0 | Int(bytes[$1]) << (8 * ($1 - 8)) }
    guard start + length <= bytes.count else { throw FileFailure("is cut off in its header") }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    guard let kind = Self.value("descr", in: header),
      let order = Self.value("fortran_order", in: header),
      let sizes = Self.value("shape", in: header)
    else { throw FileFailure("has a header that is not read: \(EscapedText.quoted(header))") }
    guard kind.first == "'" else {
      throw FileFailure("holds records, not one kind of numbers")
    }
    // Python 2 writes its long integers with an L.
    let parts = sizes.filter { !"() ".contains($0) }.split(separator: ",")
    let shape = parts.compactMap { Int($0.hasSuffix("L") ? $0.dropLast() : $0) }
    guard shape.count == parts.count, ["True", "False"].contains(order) else {
      throw FileFailure("has a header that is not read: \(EscapedText.quoted(header))")
    }
    // Sizes beside a 0 are bounded too: strides are made of them.
    var (count, bound) = (1, 1)
    for size in shape {
      let (product, isOver) = bound.multipliedReportingOverflow(by: max(size, 1))
      guard size >= 0, !isOver, product <= limit else {
        throw FileFailure(
          "has the shape \(EscapedText.visible(sizes)); at most \(limit) numbers are read")
      }
      bound = product
      count *= size
    }
    let type = try ItemType(kind)
    let data = bytes[(start + length)...]
    guard data.count >= count * type.size else {
      throw FileFailure("is cut off: \(count) items of \(type.size) bytes are announced")
    }
    guard data.count == count * type.size else {
      throw FileFailure(
        "goes on after its array; several arrays go into one .npz file (numpy.savez)")
    }
    self.shape = shape
    let places = order == "True" ? Self.rowByRow(shape) : nil
    content = data.withUnsafeBytes { type.read($0, count: count, places: places) }
  }

  /// The value after a key of the header, which is a Python dictionary: a word in quotes, a
  /// bracketed list, or a bare word.
  private static func value(_ key: String, in header: String) -> String? {
    guard let found = header.firstRange(of: "'\(key)':") else { return nil }
    let rest = header[found.upperBound...].drop { $0 == " " }
    switch rest.first {
    case "(":
      guard let end = rest.firstIndex(of: ")") else { return nil }
      return String(rest[...end])
    case "'":
      guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
      return String(rest[...end])
    default: return String(rest.prefix { $0 != "," && $0 != "}" && $0 != " " })
    }
  }

  /// Where the items of an array that was written column by column stand, row by row.
  private static func rowByRow(_ shape: [Int]) -> [Int] {
    var places = [0]
    var stride = 1
    var strides: [Int] = []
    for size in shape {
      strides.append(stride)
      stride *= size
    }
    for (size, stride) in zip(shape, strides) {
      places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
    }
    return places
  }

  /// The kind of an array's items.
  private struct ItemType {
    let size: Int
    private let letter: Character
    private let isBigEndian: Bool

    /// Reads `'<f8'`.
    init(_ text: String) throws(FileFailure) {
      let text = text.filter { $0 != "'" }
      let mark = text.first ?? " "
      let rest = "<>|=".contains(mark) ? text.dropFirst() : text[...]
      let letter = rest.first ?? " "
      let width = Int(rest.dropFirst()) ?? 0
      let sizes: [Character: [Int]] = [
        "f": [2, 4, 8], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "b": [1],
      ]
      let isWord = letter == "U" || letter == "S"
      guard isWord ? (0...1024).contains(width) : sizes[letter]?.contains(width) ?? false else {
        throw FileFailure(
          "holds items of type \(EscapedText.quoted(text)); numbers and words are read "
            + "(arr.astype(float))")
      }
      self.letter = letter
      size = letter == "U" ? 4 * width : width
      isBigEndian = mark == ">"
    }

    /// The items at their places.
    func read(_ bytes: UnsafeRawBufferPointer, count: Int, places: [Int]?) -> Content {
      func bits(_ start: Int, _ width: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<width {
          let at = isBigEndian ? width - 1 - index : index
          value |= UInt64(bytes[start + at]) << UInt64(8 * index)
        }
        return value
      }
      if letter == "U" || letter == "S" {
        let unit = letter == "U" ? 4 : 1
        return .words(
          (0..<count).map { item in
            var word = String.UnicodeScalarView()
            for at in stride(from: 0, to: size, by: unit) {
              let code = UInt32(bits((places?[item] ?? item) * size + at, unit))
              guard code != 0, let scalar = Unicode.Scalar(code) else { break }
              word.append(scalar)
            }
            return String(word)
          })
      }
      return .numbers(
        (0..<count).map { item in
          let raw = bits((places?[item] ?? item) * size, size)
          switch (letter, size) {
          case ("f", 8): return Double(bitPattern: raw)
          case ("f", 4): return Double(Float(bitPattern: UInt32(raw)))
          case ("f", _): return Self.half(UInt16(raw))
          case ("i", 1): return Double(Int8(bitPattern: UInt8(raw)))
          case ("i", 2): return Double(Int16(bitPattern: UInt16(raw)))
          case ("i", 4): return Double(Int32(bitPattern: UInt32(raw)))
          case ("i", _): return Double(Int64(bitPattern: raw))
          default: return Double(raw)
          }
        })
    }

    /// A half-precision number.
    private static func half(_ bits: UInt16) -> Double {
      let sign = bits >> 15 == 0 ? 1.0 : -1.0
      let exponent = Int(bits >> 10 & 31)
      let fraction = Double(bits & 1023) / 1024
      if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
      let size =
        exponent == 0
        ? fraction * 0x1p-14
        : Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
      return sign * size
    }
  }
}
