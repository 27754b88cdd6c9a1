import Foundation
import Lanes
import Testing
import Views

@Suite("The gallery of views")
struct ViewGalleryTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".pictures")

  @Test("Every view has its picture at 160×48, and no picture is left of a view that is gone")
  func pictures() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appendingPathComponent("views").path
    ).filter { $0.hasSuffix(".png") }
    #expect(files.sorted() == views.names.map { $0 + ".png" }.sorted())
    for file in files {
      let path = Self.folder.appendingPathComponent("views/" + file)
      let bytes = [UInt8](try Data(contentsOf: path))
      #expect(
        Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "\(file)")
      func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
      // 160×48 cells; their size is the font's.
      #expect(number(16) % 160 == 0 && number(20) % 48 == 0, "\(file)")
      #expect(bytes.count < 200_000, "\(file)")
    }
  }

  @Test("The script draws every view, in the catalogue's order")
  func script() throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("draw"), encoding: .utf8)
    let list = text.split(separator: "<<'VIEWS'\n")[1]
    let names = list.split(separator: "\n").map { $0.split(separator: " ")[0] }.filter {
      $0 != "VIEWS"
    }
    #expect(names.map(String.init) == views.names)
  }
}
