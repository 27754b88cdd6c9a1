import Foundation
import Presets
import Terminal
import Testing
import Training
import Views

@testable import glissade

@Suite("The command line helps")
struct ShellHelpTests {
  /// What shells are offered for the last of `words`.
  private static func offers(_ call: String..., words: [String]) throws -> [String] {
    let index = "\(words.count - 1)"
    let outcome = try Program.runAll(
      ["---completion"] + call + [index, "\(words.last?.count ?? 0)"] + words)
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test("Presets are offered, and after a preset's name its keys and their values")
  func offers() throws {
    let presets = try Self.offers(
      "run", "--", "positional@0", words: ["glissade", "run", "xs"])
    #expect(Set(PresetShelf.builtInNames).isSubset(of: presets))
    let keys = try Self.offers(
      "run", "--", "--set", words: ["glissade", "run", "xor", "--set", "be"])
    #expect(keys.contains("beta1=") && keys.contains("hidden=") && keys.contains("variant="))
    let values = try Self.offers(
      "run", "--", "--set", words: ["glissade", "run", "xor", "--set", "optimizer=ad"])
    #expect(values.contains("optimizer=adamw"))
    let variants = try Self.offers(
      "run", "--", "--set", words: ["glissade", "run", "xor", "--set", "variant="])
    #expect(variants.contains("variant=two hidden units"))
  }

  @Test(
    "Each shell's script names every command, and knows that a preset may stand first",
    arguments: ["bash", "zsh", "fish"])
  func scripts(shell: String) throws {
    let script = try Program.run(CompletionScript.option, shell).output
    for name in Glissade.commandNames { #expect(script.contains(name)) }
    #expect(script.contains("explore -- positional@0"))
    #expect((shell != "bash") || script.contains("-F _glissade_or_explore glissade"))
    #expect((shell != "zsh") || script.contains("*)\n            _glissade_explore && ret=0"))
    let path = "/usr/bin/\(shell)"
    guard FileManager.default.isExecutableFile(atPath: path) else { return }
    let file = try Program.scratch().appendingPathComponent("script")
    try Data(script.utf8).write(to: file)
    #expect(try Command.run([path, "-n", file.path], environment: [:]).status == 0)
  }

  @Test("bash completes as it is typed: presets, keys, values, with and without a command")
  func bash() throws {
    func completed(_ line: String) throws -> [String] {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let script = """
        source <("\(Program.path)" \(CompletionScript.option) bash)
        compopt() { :; }
        PATH="\(URL(fileURLWithPath: Program.path).deletingLastPathComponent().path):$PATH"
        COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
        COMP_LINE='\(line)' COMP_POINT=\(line.count)
        _glissade_or_explore glissade '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let outcome = try Command.run(
        ["/bin/bash", "--norc", "-c", script],
        environment: ["XDG_CONFIG_HOME": "/nonexistent", "PATH": "/usr/bin:/bin"])
      return outcome.output.split(separator: "\n").map(String.init)
    }
    #expect(try completed("glissade run xs") == ["xsin"])
    #expect(try completed("glissade xs") == ["xsin"])
    #expect(try completed("glissade xor --set optimizer=adamw") == ["optimizer=adamw"])
    #expect(try completed("glissade sweep xor --over hid") == ["hidden="])
    #expect(try completed("glissade list sch") == ["schedules"])
    #expect(
      try completed("glissade run xor --set variant=two") == ["variant=two\\ hidden\\ units"])
  }

  @Test("A slip of a command is answered with the command, of a preset with the preset")
  func slips() throws {
    let outcome = try Program.run("rnu", "xor")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean `glissade run xor`?"))
    let shelf = PresetShelf(folder: "/nonexistent")
    let commands = Glissade.commandNames
    #expect(
      CommandSlips.advice(["lst"], commands: commands, shelf: shelf)?.contains("glissade list")
        == true)
    for known in [["run", "rnu"], ["xor"], ["./rnu"], ["rnu.yaml"], ["--help"], []] {
      #expect(CommandSlips.advice(known, commands: commands, shelf: shelf) == nil)
    }
  }

  @Test(
    "A trace goes to the standard output where that is asked for, and the result does not",
    arguments: ["-", "/dev/stdout"])
  func traces(path: String) throws {
    let outcome = try Program.run("run", "parabola", "--steps", "3", "--trace", path)
    #expect(outcome.output.hasPrefix("step,learning_rate,loss,x\n0,0.1,25"))
    #expect(outcome.output.split(separator: "\n").count == 5)
    #expect(outcome.errors.contains("optimizer"))
    let objects = try Program.run(
      "run", "parabola", "--steps", "3", "--trace", path, "--json")
    #expect(objects.output.split(separator: "\n").count == 4)
    #expect(objects.output.hasPrefix("{\"step\":0"))
  }

  @Test("A shot is not written as what it cannot be", arguments: ["x.gif", "x.jpg", "x.yaml"])
  func endings(name: String) throws {
    let folder = try Program.scratch()
    let path = folder.appendingPathComponent(name).path
    let outcome = try Program.run("shot", "parabola", "-o", path)
    #expect(outcome.status == 64 && outcome.errors.contains("--format"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("The manual is in the program, article by article, as it is in the sources")
  func manual() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/glissade/Glissade.docc")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") && $0 != "Glissade.md" }
    #expect(Set(Manual.articles.map { $0.name + ".md" }) == Set(files))
    for article in Manual.articles {
      let file = folder.appendingPathComponent(article.name + ".md")
      // Without the marks between which tables are generated.
      let lines = try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("<!--") }
      #expect(article.text == lines.joined(separator: "\n"))
    }
    #expect(try Program.run("--man", "lessons").output.contains("\n.SH\nLessons\n"))
    let unknown = try Program.run("--man", "cooking")
    #expect(unknown.status == 64 && unknown.errors.contains("lessons"))
  }

  @Test("Variants are listed, and found as they are shown or nearly so")
  func variants() throws {
    let list = try Program.run("list").output
    #expect(list.contains("variants: one step is enough; from side to side"))
    let preset = try PresetShelf(folder: "/nonexistent").load("xsin")
    #expect(try preset.variant("Starts at −3,  chaos").title.hasSuffix("starts at -3, chaos"))
  }
}
