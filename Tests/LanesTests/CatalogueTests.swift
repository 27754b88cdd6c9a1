import Lanes
import Testing

@Suite("Catalogues")
struct CatalogueTests {
  struct Entry: Named {
    let name: String
    var summary: String { "The entry called \(name)" }
  }

  let optimizers = Catalogue(
    kind: "optimizer",
    ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "adamax"].map(Entry.init)
  )

  @Test("entries keep their order and are found by name")
  func lookup() {
    #expect(optimizers.names.first == "sgd")
    #expect(optimizers.names.last == "adamax")
    for name in optimizers.names { #expect(optimizers[name]?.name == name) }
    #expect(optimizers["Adam"] == nil)
    #expect(optimizers[""] == nil)
  }

  @Test(
    "a mistyped name is understood",
    arguments: [
      ("adm", "adam"), ("addam", "adam"), ("Adam", "adam"), ("momentun", "momentum"),
      ("mom", "momentum"),
      ("rmspropp", "rmsprop"), ("adamaxx", "adamax"), ("sdg", "sgd"), ("nesterof", "nesterov"),
    ])
  func suggestion(word: String, meant: String) {
    #expect(optimizers.suggestion(for: word) == meant)
  }

  @Test("a name is its own suggestion, and nonsense has none")
  func edges() {
    for name in optimizers.names { #expect(optimizers.suggestion(for: name) == name) }
    for word in ["", "xyzzy", "quaternion", String(repeating: "adam", count: 1000), "\u{1b}[2J"] {
      #expect(optimizers.suggestion(for: word) == nil, "\(word.prefix(20))")
    }
    #expect(Catalogue<Entry>(kind: "nothing", []).suggestion(for: "a") == nil)
  }
}
