import Foundation
import Presets
import Testing
import Training

@Suite("Presets have one name, at saving, in lists and at opening")
struct PresetNameTests {
  @Test(
    "Under a name that can be saved a preset is listed and opened",
    arguments: [
      "w", "0.05", "my", "my.first", "Größe", "日本", "a b", "x_1", "UP", "a+b=c", "v1.yaml2",
    ])
  func saved(name: String) throws {
    try Scratch.folder { folder in
      #expect(PresetName.problem(name) == nil)
      var experiment = try PresetShelf(folder: "/nonexistent").load("rosenbrock")
      experiment.title = "mine"
      let shelf = PresetShelf(folder: folder)
      try PresetFile.save(experiment, to: "\(folder)/\(name).yaml")
      #expect(shelf.names.first == name)
      #expect(shelf.entries().first?.name == name)
      let loaded = try shelf.load(name)
      #expect(loaded.title == "mine" && loaded.name == name)
    }
  }

  @Test(
    "Names that lists could not show, or that would not open, are refused with a reason",
    arguments: [
      "", ".", "..", ".hidden", "-x", " a", "a ", "a/b", "a:b", "a\\b", "a\u{1B}b", "a\u{202E}b",
      "a\nb", String(repeating: "x", count: 61),
    ])
  func refused(name: String) {
    #expect(PresetName.problem(name) != nil)
  }

  @Test("Files that share a beginning, or a name, do not hide one another")
  func neighbours() throws {
    try Scratch.folder { folder in
      let titles = ["my.first.yaml": "1", "my.yaml": "2", "my.yml": "3", "my.first.yml": "4"]
      for (file, title) in titles {
        try Scratch.write(
          "glissade: 1\ntitle: \"\(title)\"\nfunction: x^2\n", to: folder + "/" + file)
      }
      try Scratch.write("hidden", to: folder + "/.hidden.yaml")
      let shelf = PresetShelf(folder: folder)
      let own = shelf.entries().prefix(4)
      #expect(Set(own.map(\.name)) == ["my.first", "my", "my.yml", "my.first.yml"])
      for entry in own { #expect(try shelf.load(entry.name).title == entry.title) }
      #expect(!shelf.names.contains { $0.contains("hidden") })
    }
  }
}
