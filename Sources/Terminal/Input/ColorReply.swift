/// What a terminal answers to `OSC 11 ; ?`: the colour of its background.
enum ColorReply {
  /// The colour of a reply without introducer and end (`11;rgb:1e1e/1e1e/2e2e`); nil for any other
  /// string.
  static func background(_ bytes: [UInt8]) -> Color? {
    let text = String(decoding: bytes, as: UTF8.self)
    for prefix in ["11;rgb:", "11;rgba:"] where text.hasPrefix(prefix) {
      let channels = text.dropFirst(prefix.count).split(
        separator: "/", omittingEmptySubsequences: false)
      guard channels.count == (prefix == "11;rgb:" ? 3 : 4) else { return nil }
      var rgb: UInt32 = 0
      for channel in channels.prefix(3) {
        // One to four hexadecimal digits, as parts of the greatest number of so many.
        guard (1...4).contains(channel.count), let value = UInt32(channel, radix: 16) else {
          return nil
        }
        let greatest = UInt32(1) << (4 * UInt32(channel.count)) - 1
        rgb = rgb << 8 | (value * 255 + greatest / 2) / greatest
      }
      return Color(rgb)
    }
    return nil
  }
}
