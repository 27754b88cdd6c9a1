import Lanes
import Models
import Terminal
import Training

extension View {
  /// How well each class is known.
  package static let classes = View(
    name: "classes",
    summary:
      "How well each class is known: probability of the right answer, and how often it is met",
    role: .extra,
    suits: { snapshot in
      guard let network = snapshot.objective.kind.dense else { return false }
      return (network.classCount ?? 0) > 2 && network.link == .softmax
        && network.trainSamples.targetCount == 1
    },
    title: { _ in "classes" },
    readout: ClassesView.readout,
    draw: ClassesView.draw)
}

private enum ClassesView {
  private static func memory(_ scene: Scene) -> ClassMemory? {
    guard let network = scene.network, scene.isHealthy else { return nil }
    let parameters = scene.snapshot.parameters
    return scene.probes.value("class memory", for: TraceKey(scene.snapshot)) {
      ClassMemory(network, parameters: parameters)
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let memory = memory(scene) else { return [] }
    return ["\(memory.remembered) of \(memory.shares.count) above ½"]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let memory = memory(scene) else {
      scene.note("classes are shown here", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let classes = memory.shares.count
    let most = Double(memory.counts.max() ?? 1)
    // Above: how well; below: how often it is met.
    let footer = area.height >= 4 ? 1 : 0
    let lower = area.height >= 10 ? max(2, (area.height - footer) / 4) : 0
    let upper = Rect(
      x: area.x, y: area.y, width: area.width, height: area.height - footer - lower)
    // Bars of one width each, in the middle; where there are more than columns, the first ones.
    let pitch = max(1, area.width / classes)
    let left = area.x + max(0, (area.width - pitch * classes) / 2)
    for k in 0..<min(classes, area.width / pitch) {
      let share = memory.shares[k]
      canvas.reader?.add(
        [
          "class \(k)", "right answer p = \(share.isNaN ? "—" : NumberText.compact(share))",
          "met \(NumberText.count(Int(memory.counts[k]))) times",
        ], in: Rect(x: left + k * pitch, y: area.y, width: pitch, height: area.height - footer))
      for column in 0..<max(1, pitch - (pitch > 2 ? 1 : 0)) {
        let x = left + k * pitch + column
        Bars.column(
          share.isNaN ? 0 : share, x: x, area: upper,
          color: share > 0.5 ? theme.good : theme.bad, glyphs: scene.glyphs, into: &canvas)
        guard lower > 1 else { continue }
        Bars.column(
          Double(memory.counts[k]) / most, x: x,
          area: Rect(x: area.x, y: upper.maxY + 1, width: area.width, height: lower - 1),
          color: scene.faint(theme.series(0), 0.4), glyphs: scene.glyphs, into: &canvas)
      }
    }
    guard footer > 0 else { return }
    let below = lower > 1
    let whole =
      "class 0 … \(classes - 1): probability of the right answer"
      + (below ? "; below, how often it is met" : "")
    let shorter = [whole, "p of the right answer" + (below ? ", how often met" : ""), "p(right)"]
    let words = shorter.first { scene.glyphs.width($0) <= area.width } ?? ""
    canvas.writeCut(
      words, x: area.x, y: area.maxY - 1, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
  }
}
