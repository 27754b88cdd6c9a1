import ArgumentParser
import Explorer
import Lanes
import Terminal
import Views

/// How the explorer looks.
struct LookOptions: ParsableArguments {
  @Flag(help: "Use ASCII characters alone.")
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "Characters for lines and maps: \(GlyphSet.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "set"))
  var glyphs: GlyphSet?

  @Option(
    help: ArgumentHelp(
      "Colours: \(Theme.all.map(\.name).joined(separator: ", ")).", valueName: "theme"))
  var theme: String?

  func validate() throws {
    guard let theme, !Theme.all.contains(where: { $0.name == theme }) else { return }
    let names = Theme.all.map(\.name)
    let near = Spelling.nearest(to: theme, in: names).map { "; did you mean \($0)?" } ?? ""
    throw ValidationError("there is no theme “\(theme)”\(near) (\(names.joined(separator: ", ")))")
  }

  /// The appearance on a screen that can show `capabilities`.
  ///
  /// - Parameter environment: The terminal's; pictures that are for no terminal in particular leave it out.
  func appearance(
    on capabilities: Capabilities, environment: [String: String] = [:]
  ) -> Appearance {
    let isMono = capabilities.colors == .mono
    let usual = GlyphSet.detect(environment, capabilities: capabilities)
    let named = Theme.all.first { $0.name == theme }
    return Appearance(
      theme: named ?? (isMono ? .mono : .dark), glyphs: ascii ? .ascii : glyphs ?? usual)
  }
}

extension GlyphSet: ExpressibleByArgument {}
