import Foundation
import Yams

/// Reads YAML text into `PresetNode`s: Yams parses, this bounds what the text may unfold to.
enum YAMLComposer {
  /// The tree of one YAML document.
  ///
  /// Works on a thread with a stack of its own size: the parser recurses once a nesting level (its
  /// own bound is 1,000) and callers may sit on small stacks.
  static func compose(_ text: String, file: String) throws(PresetError) -> PresetNode {
    if let error = AliasScan.tooMany(in: text, file: file) { throw error }
    let result = BigStack.run {
      Result { () throws(PresetError) in try composeHere(text, file: file) }
    }
    guard let result else { throw PresetError(.program, "no memory to read \(file)") }
    return try result.get()
  }

  private static func composeHere(_ text: String, file: String) throws(PresetError) -> PresetNode {
    let start = Origin.file(name: file, line: 1, column: 1)
    let places = YAMLPlaces(text, file: file)
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw PresetError(start, "the file is empty; a preset begins with `glissade: 1`")
      }
      var converter = Converter(places: places, text: text)
      return try converter.convert(root, depth: 1, fallback: start)
    } catch let error as PresetError {
      throw error
    } catch let error as YamlError {
      throw describe(error, text: text, file: file, places)
    } catch {
      throw PresetError(start, "not YAML")
    }
  }

  private static func describe(
    _ error: YamlError, text: String, file: String, _ places: YAMLPlaces
  ) -> PresetError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = places.place(mark)
      let begun = context.map { places.place($0.mark) }
      let lines = text.split(omittingEmptySubsequences: false) {
        $0 == "\n" || $0 == "\r\n" || $0 == "\r"
      }
      for number in [place.line, begun?.line ?? place.line] where lines.indices ~= number - 1 {
        if let slip = YAMLSlips.words(line: String(lines[number - 1])) {
          return PresetError(.file(name: file, line: number, column: slip.column), slip.words)
        }
      }
      let near = lines.indices ~= place.line - 1 ? lines[place.line - 1] : ""
      let advice =
        near.contains("formula") || near.contains("function")
        ? "; a formula that holds `|`, `?`, `:`, `,` or `#` must be in quotes" : ""
      let words = YAMLAdvice.words(problem, while: context?.text ?? "", begun: begun)
      // An open quote is told where it opens: the parser stops at the end of the text.
      let isOpen = problem.contains("end of stream") && (context?.text ?? "").contains("quoted")
      let origin = isOpen ? context.map { places.origin($0.mark) } : nil
      return PresetError(origin ?? places.origin(mark), "not YAML: " + words + advice)
    case .reader(_, let offset, _, _):
      let place = TextPlace(after: text.prefix(offset ?? 0).unicodeScalars)
      return PresetError(
        .file(name: file, line: place.line, column: place.column),
        "not YAML: a control character; take it out")
    case .duplicatedKeysInMapping(let keys, let context):
      return PresetError(
        places.origin(context.mark),
        "\(keys.map(EscapedText.quoted).joined(separator: ", ")) is given more than once here")
    case .memory: return PresetError(.program, "no memory to read \(file)")
    default:
      return PresetError(.file(name: file, line: 1, column: 1), "not YAML")
    }
  }
}

/// Turns Yams' nodes into ours, counting as it goes.
private struct Converter {
  let places: YAMLPlaces
  let text: String
  var count = 0

  /// The sign at the beginning of a value that YAML takes for its own: a tag that nothing here
  /// reads, or an anchor that nothing refers to.
  private static func eaten(
    _ scalar: Node.Scalar, in text: String
  ) -> (sign: String, use: String)? {
    let tag = scalar.tag.rawValue
    let known = "tag:yaml.org,2002:"
    let name = tag.hasPrefix(known) ? String(tag.dropFirst(known.count)) : tag
    let isKnown = tag.isEmpty || tag == "!" || tag.hasPrefix(known) && name.allSatisfy(\.isLetter)
    if !isKnown { return ("!", "a tag") }
    if let anchor = scalar.anchor, !text.contains("*" + anchor.rawValue) {
      return ("&", "an anchor")
    }
    return nil
  }

  mutating func convert(_ node: Node, depth: Int, fallback: Origin) throws(PresetError)
    -> PresetNode
  {
    let origin = node.mark.map(places.origin) ?? fallback
    count += 1
    if count > PresetLimits.nodes {
      throw PresetError(origin, "more than \(PresetLimits.nodes) values in one preset")
    }
    if depth > PresetLimits.depth {
      throw PresetError(origin, "nested deeper than \(PresetLimits.depth) levels")
    }
    switch node {
    case .scalar(let scalar):
      if let mark = Self.eaten(scalar, in: text) {
        throw PresetError(
          origin,
          "a value that begins with `\(mark.sign)` (\(mark.use) in YAML) must be in quotes")
      }
      let plain = scalar.style == .any || scalar.style == .plain
      return PresetNode(.scalar(scalar.string, quoted: !plain), at: origin)
    case .sequence(let items):
      var converted: [PresetNode] = []
      converted.reserveCapacity(items.count)
      for item in items {
        converted.append(try convert(item, depth: depth + 1, fallback: origin))
      }
      return PresetNode(.sequence(converted), at: origin)
    case .mapping(let pairs):
      var entries: [PresetNode.Entry] = []
      for (key, value) in pairs {
        let place = key.mark.map(places.origin) ?? origin
        guard case .scalar(let word) = key else {
          throw PresetError(place, "a key must be a word, not a list or a mapping")
        }
        entries.append(
          .init(
            word.string, try convert(value, depth: depth + 1, fallback: place), at: place))
      }
      return PresetNode(.mapping(entries), at: origin)
    case .alias:
      throw PresetError(origin, "an alias without its anchor")
    }
  }
}
