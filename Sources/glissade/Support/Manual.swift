import CManual
import Foundation

/// `glissade --man [ARTICLE]`: the manual, which the program carries.
enum Manual {
  /// The option that asks for it.
  static let option = "--man"

  /// The articles, in the order in which they are read.
  static let articles: [(name: String, text: String)] = (0..<cmanual_count()).map {
    (String(cString: cmanual_name($0)), readable(String(cString: cmanual_text($0))))
  }

  /// An article without the marks between which its tables are generated.
  private static func readable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !($0.hasPrefix("<!--") && $0.hasSuffix("-->"))
    }.joined(separator: "\n")
  }

  /// The article of that name, whatever its case, or (nil) all of them; nil: there is none.
  static func text(_ name: String?) -> String? {
    guard let name else { return articles.map(\.text).joined(separator: "\n") }
    return articles.first { $0.name.lowercased() == name.lowercased() }.map(\.text)
  }

  /// Shows a text: a page at a time where a person looks at it, else as it is.
  static func show(_ text: String) throws {
    if isatty(STDOUT_FILENO) == 1, page(text) { return }
    try OutputFile.standardOutput.write(lines: text.lines)
  }

  /// Shows a text with the user's pager; false: there is none.
  private static func page(_ text: String) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    let pager = [environment["MANPAGER"], environment["PAGER"]].compactMap { $0 }
      .first { !$0.isEmpty }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", pager ?? "command -v less >/dev/null && exec less; exec more"]
    let pipe = Pipe()
    process.standardInput = pipe
    // A pager that is left before the end closes its pipe.
    signal(SIGPIPE, SIG_IGN)
    guard (try? process.run()) != nil else { return false }
    try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    // Shells say so when a command is not there.
    return process.terminationStatus != 127
  }
}
