import CZlib

/// Compression by zlib: raw deflate with a dictionary, and CRC-32.
enum Deflate {
  /// The bytes, compressed as far as zlib can.
  static func compress(_ bytes: [UInt8], dictionary: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard
      deflateInit2_(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    deflateSetDictionary(&stream, dictionary, UInt32(dictionary.count))
    var result = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 16)
    var input = bytes
    let written = input.withUnsafeMutableBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = deflate(&stream, Z_FINISH)
        return status == Z_STREAM_END ? output.count - Int(stream.avail_out) : 0
      }
    }
    return Array(result.prefix(written))
  }

  /// What `compress` had been given; nil for damaged bytes, and for more than `limit` of them.
  static func expand(_ bytes: [UInt8], dictionary: [UInt8], limit: Int) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    guard inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) == Z_OK else {
      return nil
    }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 14)
    var input = bytes
    return input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      while true {
        let status = block.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        result += block.prefix(block.count - Int(stream.avail_out))
        if status == Z_STREAM_END { return stream.avail_in == 0 ? result : nil }
        guard status == Z_OK, result.count <= limit, stream.avail_in > 0 || stream.avail_out == 0
        else { return nil }
      }
    }
  }

  /// The checksum of zip files and PNG pictures.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }
}

/// The checksum of zip archives.
package enum Checksum {
  /// CRC-32 of some bytes.
  package static func crc32(_ bytes: [UInt8]) -> UInt32 { Deflate.checksum(bytes) }
}
