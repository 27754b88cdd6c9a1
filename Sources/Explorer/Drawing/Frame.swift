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
    let cache = cache ?? PaneCache()
    cache.beginFrame()
    let isNumbered = paneOrder.names.count > 1
    let preview = preview
    let proposed = preview.flatMap { self.slot(of: $0, in: layout) }
    let cover = cover
    let read = readPlace
    let peek = peek(at: read?.place)
    let panes = layout.slots.compactMap { slot -> PaneJob? in
      guard cover?.hides(slot.name) != true else { return nil }
      return
        vocabulary.views[(slot == proposed ? preview?.view : nil) ?? slot.name].map { view in
          PaneJob(
            self, slot: slot, view: view, preview: slot == proposed ? preview : nil,
            isNumbered: isNumbered, read: read, peek: peek)
        }
    }
    for pane in panes {
      cache.prepare(pane.slot.name, key: pane.key, at: now, paint: pane.paint)
    }
    for pane in panes {
      draw(pane, cache: cache, hasReadout: cover == nil, into: &canvas)
    }
    cache.keep(only: panes.map(\.slot.name))
    for slot in layout.slots where cover?.hides(slot.name) == true {
      drawCovered(slot, isNumbered: isNumbered, into: &canvas)
    }
    if let panel = FormPanel(self) {
      panel.draw(into: &canvas)
    } else {
      LessonPanel(self)?.draw(in: layout.panel, into: &canvas)
    }
    StatusLine(self).draw(into: &canvas)
    let bar = HintBar(self)
    bar.draw(into: &canvas)
    for overlay in overlays { overlay.draw(self, into: &canvas) }
    bar.drawMessage(into: &canvas)
    return canvas
  }

  private func draw(
    _ pane: PaneJob, cache: PaneCache, hasReadout: Bool, into canvas: inout Canvas
  ) {
    let frame = pane.slot.frame
    let labels = cache.draw(pane.slot.name, frame: frame, at: now, into: &canvas)
    if labels == nil {
      canvas.fill(frame, with: appearance.paneBlank)
      appearance.write(
        appearance.glyphs == .ascii ? "drawing..." : "drawing …",
        at: Point(x: frame.x + max(2, frame.width / 2 - 5), y: frame.y + frame.height / 2),
        limit: max(0, frame.width - 4), color: appearance.theme.muted, into: &canvas)
    }
    let isFocused = pane.isPreview || pane.view.name == focusedView?.name
    var readout = hasReadout ? labels?.readout ?? [] : []
    if isPast, hasReadout, pane.key.moment == nil {
      // The step of the past stands in every border, behind what the picture tells first; not where
      // a cursor has it show another.
      let mark = Character(appearance.glyphs.mark("◀", ascii: "<"))
      readout.insert("\(mark) \(NumberText.count(snapshot.step))", at: min(1, readout.count))
    }
    PaneFrame(
      slot: pane.slot, title: labels?.title ?? pane.view.name,
      readout: readout,
      isFocused: isFocused, isNumbered: pane.key.isNumbered, isPast: isPast
    ).draw(appearance, into: &canvas)
  }

  /// A pane that would answer the question that is open.
  private func drawCovered(_ slot: Layout.Slot, isNumbered: Bool, into canvas: inout Canvas) {
    let frame = slot.frame
    canvas.fill(frame, with: appearance.paneBlank)
    let texts = ["covered until you answer", "covered"]
    let text = texts.first { appearance.width($0) <= frame.width - 4 } ?? ""
    let width = appearance.width(text)
    appearance.write(
      text, at: Point(x: frame.x + (frame.width - width) / 2, y: frame.y + frame.height / 2),
      limit: width, color: appearance.theme.muted, into: &canvas)
    PaneFrame(
      slot: slot, title: slot.name.replacing("_", with: " "), readout: [],
      isFocused: slot.name == focusedView?.name, isNumbered: isNumbered
    ).draw(appearance, into: &canvas)
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
