import Doctor
import Lanes
import Presets
import Training

/// What the doctor found, as text and as JSON.
struct DiagnosisReport {
  /// What was examined, as it was named on the command line.
  var file: String
  /// What was found, most important first.
  var findings: [Finding]

  /// One paragraph a finding.
  var lines: [String] {
    guard !findings.isEmpty else { return ["\(file): nothing is wrong with this run"] }
    let paragraphs = findings.map { finding in
      let title = Cause.catalogue[finding.cause]?.title ?? finding.cause
      var lines = [
        "\(title) (\(finding.cause)), since step \(finding.since); "
          + (finding.isExact ? "a theorem says so" : "by a rule of thumb"),
        "  " + finding.words,
      ]
      for evidence in finding.evidence {
        lines.append("    \(evidence.name) = \(ExactDecimal.shortest(evidence.value))")
      }
      lines.append("  What to do:")
      for remedy in finding.remedies {
        lines.append("    " + remedy.text)
        if !remedy.settings.isEmpty {
          lines.append(
            "      "
              + remedy.settings.map { "--set '\($0.key)=\($0.value)'" }.joined(separator: " "))
        }
      }
      return lines
    }
    return Array(paragraphs.joined(separator: [""]))
  }

  /// `{"file", "sick", "findings"}`.
  var json: JSONText {
    .object([
      ("file", .text(file)), ("sick", .flag(!findings.isEmpty)),
      ("findings", .list(findings.map(Self.json))),
    ])
  }

  private static func json(_ finding: Finding) -> JSONText {
    .object([
      ("cause", .text(finding.cause)), ("since", .integer(finding.since)),
      ("exact", .flag(finding.isExact)),
      ("evidence", .object(finding.evidence.map { ($0.name, .number($0.value)) })),
      ("words", .text(finding.words)),
      (
        "remedies",
        .list(
          finding.remedies.map { remedy in
            .object([
              ("text", .text(remedy.text)),
              ("set", .object(remedy.settings.map { ($0.key, .text($0.value)) })),
            ])
          })
      ),
    ])
  }
}
