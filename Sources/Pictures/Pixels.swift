import CFreeType
import Terminal

/// RGB pixels to draw on.
struct Pixels: Equatable {
  /// Columns.
  let width: Int
  /// Rows.
  let height: Int
  /// Three bytes a pixel, row by row.
  private(set) var bytes: [UInt8]

  /// All of one colour.
  init(width: Int, height: Int, color: Color) {
    self.width = width
    self.height = height
    bytes = [UInt8](repeating: 0, count: width * height * 3)
    fill(x: 0, y: 0, width: width, height: height, color)
  }

  /// Pixels from bytes.
  init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * 3, "\(bytes.count) bytes for \(width)×\(height)")
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// The bytes of a PNG file.
  func png() throws(PictureError) -> [UInt8] {
    var size = 0
    guard glissade_png(bytes, Int32(width), Int32(height), nil, &size) == 1 else {
      throw .encoding(width: width, height: height)
    }
    var output = [UInt8](repeating: 0, count: size)
    guard glissade_png(bytes, Int32(width), Int32(height), &output, &size) == 1 else {
      throw .encoding(width: width, height: height)
    }
    return Array(output[0..<size])
  }

  /// A pixel's colour.
  subscript(x: Int, y: Int) -> Color {
    let place = (y * width + x) * 3
    return Color(
      UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]))
  }

  /// Fills a rectangle; what lies outside is cut.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ color: Color) {
    for row in max(0, y)..<max(max(0, y), min(self.height, y + height)) {
      for column in max(0, x)..<max(max(0, x), min(self.width, x + width)) {
        let place = (row * self.width + column) * 3
        bytes[place] = UInt8(color.rgb >> 16 & 0xFF)
        bytes[place + 1] = UInt8(color.rgb >> 8 & 0xFF)
        bytes[place + 2] = UInt8(color.rgb & 0xFF)
      }
    }
  }

  /// Mixes a colour into a pixel; `alpha` 0...255.
  mutating func blend(x: Int, y: Int, _ color: Color, alpha: Int) {
    guard alpha > 0, x >= 0, y >= 0, x < width, y < height else { return }
    let place = (y * width + x) * 3
    for channel in 0..<3 {
      let front = Int(color.rgb >> UInt32(16 - 8 * channel) & 0xFF)
      let back = Int(bytes[place + channel])
      bytes[place + channel] = UInt8((front * alpha + back * (255 - alpha) + 127) / 255)
    }
  }
}
