import Lanes
package import Terminal
import Training
import Views

extension Explorer {
  /// The picture of this state. The same state gives the same picture, with a cache or without.
  package func frame(cache: PaneCache? = nil) -> Canvas {
    let theme = appearance.theme
    var canvas = Canvas(
      size: size,
      blank: Cell(" ", style: Style(foreground: theme.text, background: theme.background)))
    let layout = layout
    guard !layout.isTooSmall else {
      drawTooSmall(into: &canvas)
      return canvas
    }
    cache?.beginFrame()
    let isNumbered = paneOrder.names.count > 1
    let preview = preview
    let proposed = preview.flatMap { self.slot(of: $0, in: layout) }
    for slot in layout.slots {
      draw(
        slot, preview: slot == proposed ? preview : nil, isNumbered: isNumbered, cache: cache,
        into: &canvas)
    }
    cache?.keep(only: layout.slots.map(\.name))
    StatusLine(self).draw(into: &canvas)
    HintBar(self).draw(into: &canvas)
    for overlay in overlays { overlay.draw(self, into: &canvas) }
    return canvas
  }

  private func draw(
    _ slot: Layout.Slot, preview: FormulaPreview?, isNumbered: Bool, cache: PaneCache?,
    into canvas: inout Canvas
  ) {
    guard let view = vocabulary.views[preview?.view ?? slot.name] else { return }
    let scene =
      preview.map { self.scene(of: view.name, showing: $0.snapshot) }
      ?? sceneWithCrosshair(of: slot, view: view)
    let isFocused = preview != nil || view.name == focusedView?.name
    func labels() -> PaneCache.Labels {
      PaneCache.Labels(title: view.title(scene), readout: view.readout(scene))
    }
    func border(_ labels: PaneCache.Labels, _ canvas: inout Canvas) {
      PaneFrame(
        slot: slot, title: labels.title, readout: labels.readout, isFocused: isFocused,
        isNumbered: isNumbered
      ).draw(appearance, into: &canvas)
    }
    func picture(_ canvas: inout Canvas) {
      canvas.fill(slot.frame, with: appearance.paneBlank)
      if !slot.area.isEmpty { view.draw(scene, slot.area, &canvas) }
    }
    guard let cache else {
      picture(&canvas)
      border(labels(), &canvas)
      return
    }
    let key = PaneCache.Key(
      generation: scene.snapshot.generation, preview: preview?.experiment, state: scene.state,
      frame: slot.frame, number: slot.number, isNumbered: isNumbered,
      themeName: appearance.theme.name, glyphs: appearance.glyphs)
    cache.draw(
      slot.name, key: key, isFocused: isFocused, at: now, into: &canvas, labels: labels,
      border: border, picture: picture)
  }

  /// One polite line in the middle.
  private func drawTooSmall(into canvas: inout Canvas) {
    let minimum = Layout.minimum
    let lines = [
      "glissade needs \(minimum.width)×\(minimum.height), this is \(size.width)×\(size.height)",
      "a little more room, please", "too small",
    ]
    let text = lines.first { appearance.width($0) <= size.width } ?? lines[lines.count - 1]
    appearance.write(
      text, at: Point(x: max(0, (size.width - appearance.width(text)) / 2), y: size.height / 2),
      limit: size.width, color: appearance.theme.muted, into: &canvas)
  }
}
