import ArgumentParser
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

  /// An article, or (nil) all of them, as a page for `man`; nil: there is none of that name.
  static func page(_ name: String?) -> ManualPage? {
    text(name).map { ManualPage($0, version: Glissade.configuration.version) }
  }

  /// Shows an article: by `man` where a person looks at it, or without it the text a page at a
  /// time; else as a page that `man -l -` shows. False: there is no such article.
  static func show(_ name: String?) throws -> Bool {
    guard let text = text(name), let page = page(name) else { return false }
    let roff = page.lines.joined(separator: "\n") + "\n"
    if isatty(STDOUT_FILENO) == 1,
      pipe(roff, to: "command -v man >/dev/null && exec man -l - 2>/dev/null; exit 127")
        || pipe(text, to: pager)
    {
      return true
    }
    try OutputFile.standardOutput.write(lines: page.lines)
    return true
  }

  /// The user's pager, else one of the usual ones.
  private static var pager: String {
    let environment = ProcessInfo.processInfo.environment
    return [environment["MANPAGER"], environment["PAGER"]].compactMap { $0 }
      .first { !$0.isEmpty } ?? "command -v less >/dev/null && exec less; exec more"
  }

  /// Hands a text to a command of the shell; false: it is not there, or did not take it.
  private static func pipe(_ text: String, to command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let pipe = Pipe()
    process.standardInput = pipe
    // A pager that is left before the end closes its pipe.
    signal(SIGPIPE, SIG_IGN)
    guard (try? process.run()) != nil else { return false }
    try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    // Shells say 127 when a command is not there; a `man` that knows no -l fails too.
    return process.terminationStatus == 0
  }
}
