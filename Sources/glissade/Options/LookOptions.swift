import ArgumentParser
import Explorer
import Lanes
import Presets
import Terminal
import Views

/// How the explorer looks.
struct LookOptions: ParsableArguments {
  @Flag(help: "Use ASCII characters alone.")
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "Characters for lines and maps: "
        + "\(GlyphSet.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "set"))
  var glyphs: GlyphSet?

  @Option(
    help: ArgumentHelp(
      "Colours: \(Theme.all.map(\.name).joined(separator: ", ")).", valueName: "theme"),
    completion: Completions.themes)
  var theme: String?

  func validate() throws {
    guard let theme, !Theme.all.contains(where: { $0.name == theme }) else { return }
    let names = Theme.all.map(\.name)
    let near = Spelling.nearest(to: theme, in: names).map { "; did you mean \($0)?" } ?? ""
    throw ValidationError("there is no theme “\(theme)”\(near) (\(names.joined(separator: ", ")))")
  }

  /// The appearance on a screen that can show `capabilities`: as the options say, else as the
  /// configuration, else as the terminal is.
  ///
  /// - Parameters:
  ///   - environment: The terminal's; pictures that are for no terminal in particular leave it out.
  ///   - configuration: What the person wants of every run.
  func appearance(
    on capabilities: Capabilities, environment: [String: String] = [:],
    configuration: Configuration = Configuration()
  ) -> Appearance {
    let isMono = capabilities.colors == .mono
    let usual = GlyphSet.detect(environment, capabilities: capabilities)
    // Without colours, only what was asked for just now is stronger.
    let wanted = theme ?? (isMono ? nil : configuration.theme)
    let named = Theme.all.first { $0.name == wanted }
    let preferred = capabilities.unicode ? configuration.glyphs.flatMap(GlyphSet.init) : nil
    var appearance = Appearance(
      theme: named ?? (isMono ? .mono : .dark),
      glyphs: ascii ? .ascii : glyphs ?? preferred ?? usual)
    appearance.followsTerminal = named == nil && !isMono
    return appearance
  }

  /// The person's configuration file.
  static func configuration() throws -> Configuration {
    try Configuration.read(
      themes: Theme.all.map(\.name), glyphs: GlyphSet.allCases.map(\.rawValue))
  }
}

extension GlyphSet: ExpressibleByArgument {}
