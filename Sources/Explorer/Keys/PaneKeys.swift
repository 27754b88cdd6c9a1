import Terminal

extension KeyBinding {
  /// Keys that choose panes.
  static let paneKeys: [KeyBinding] = [
    KeyBinding(
      "next_pane", [Key(.tab)], .panes, "focus the next pane",
      hint: { $0.paneCount > 1 ? Hint("pane", 60) : nil },
      act: { explorer, _ in explorer.moveFocus(by: 1) }),
    KeyBinding(
      "previous_pane", [Key(.backTab)], .panes, "focus the previous pane",
      act: { explorer, _ in explorer.moveFocus(by: -1) }),
    KeyBinding(
      "focus_pane", "123456789".unicodeScalars.map { .type($0) }, .panes,
      "focus the pane of that number, hidden ones too", spelling: "1–9",
      isInPalette: false,
      act: { explorer, key in
        guard case .character(let scalar) = key.code, scalar.value >= 49, scalar.value <= 57
        else { return [] }
        return explorer.focusPane(number: Int(scalar.value) - 48)
      }),
    KeyBinding(
      "zoom_pane", [.type("z")], .panes, "show the focused pane alone, or all again",
      hint: { explorer in
        guard explorer.paneCount > 1 else { return nil }
        return Hint(explorer.panes.isZoomed ? "all panes" : "zoom", 48)
      },
      act: { explorer, _ in explorer.toggleZoom() }),
    KeyBinding(
      "other_view", [.type("v")], .panes, "show another picture in the focused pane",
      hint: { _ in Hint("view", 28) },
      act: { explorer, _ in explorer.showOtherView() }),
  ]

  /// Keys that work in the focused picture.
  static let pictureKeys: [KeyBinding] = [
    KeyBinding(
      "move", [KeyCode.left, .right, .up, .down].flatMap { [Key($0), Key($0, shift: true)] },
      .pictures, "move crosshair or slider, choose, scroll; Shift: by 5",
      spelling: "arrows", isInPalette: false,
      act: { explorer, key in explorer.move(key) }),
    KeyBinding(
      "scroll", [Key(.pageUp), Key(.pageDown)], .pictures, "scroll a page",
      isInPalette: false,
      act: { explorer, key in explorer.scrollPage(key.code == .pageUp ? -1 : 1) }),
    KeyBinding(
      "log_axis", [.type("l")], .pictures, "switch between linear and logarithmic axes",
      hint: { $0.logarithmicPane == nil ? nil : Hint("log axis", 42) },
      act: { explorer, _ in explorer.toggleLogarithmic() }),
    KeyBinding(
      "zoom_in", [.type(">")], .pictures, "zoom the picture in",
      act: { explorer, _ in explorer.zoomPicture(by: 1.25) }),
    KeyBinding(
      "zoom_out", [.type("<")], .pictures, "zoom the picture out",
      act: { explorer, _ in explorer.zoomPicture(by: 1 / 1.25) }),
    KeyBinding(
      "whole_picture", [.type("0")], .pictures, "show the whole picture again",
      hint: { $0.isPictureZoomed ? Hint("whole picture", 58) : nil },
      act: { explorer, _ in explorer.resetPicture() }),
    KeyBinding(
      "next_detail", [.type("d")], .pictures, "next detail: unit, tangent, f′ and f″, stage",
      act: { explorer, _ in explorer.changeSelection(by: 1) }),
    KeyBinding(
      "previous_detail", [.type("D")], .pictures, "previous detail",
      act: { explorer, _ in explorer.changeSelection(by: -1) }),
    KeyBinding(
      "take_point_away", [.type("x")], .pictures,
      "take the added point under the crosshair away, or the last",
      hint: { $0.addedPoints.isEmpty || !$0.takesPoints ? nil : Hint("away", 43) },
      act: { explorer, _ in explorer.takePointAway() }),
    KeyBinding(
      "next_class", [.type("c")], .pictures, "choose the class of the points that are added",
      hint: { explorer in
        explorer.takesClasses
          ? Hint(PointClasses(explorer.snapshot).phrase(explorer.pointClass), 44) : nil
      },
      act: { explorer, _ in explorer.cycleClass() }),
  ]
}
