import Models
import Terminal
import Training

extension NetworkDiagram {
  func maps() -> ForwardPass? {
    guard showsMaps else { return nil }
    return scene.pass(
      network, over: scene.plane(network), columns: box.width * 2, rows: mapRows,
      slot: "network")
  }

  /// What a unit makes of the input plane, from its least to its greatest value around zero.
  func drawMap(
    _ node: Node, column: Int, pass: ForwardPass, into canvas: inout Canvas
  ) {
    let plane = scene.plane(network)
    let across = box.width * 2
    let down = mapRows
    var values: [Double]
    if column == 0 {
      values = FeaturePicture.values(
        of: node.unit, in: network.features, of: network, plane, columns: across, rows: down)
    } else if column < columns.count - 1 {
      values = pass.layers[column - 1].activations(of: node.unit)
    } else {
      let outputs = NetworkProbe.outputs(network, pass.layers[column - 1])
      values = node.unit < outputs.count ? outputs[node.unit] : []
      if network.classCount != nil { values = values.map { $0 - 0.5 } }
    }
    guard values.count >= across * down else { return }
    FeaturePicture.draw(
      Array(values[..<(across * down)]), rows: down,
      in: node.box.intersection(area) == node.box
        ? node.box : Rect(x: 0, y: 0, width: 0, height: 0),
      scene.theme, scene.shading, into: &canvas)
    let names = network.trainSamples.inputNames
    canvas.reader?.add(
      mapIn: node.box,
      x: Axis(plane.x.lowerBound, plane.x.upperBound).named(names.first ?? "x1"),
      y: Axis(plane.y.lowerBound, plane.y.upperBound).named(names.dropFirst().first ?? "x2"),
      glyphs: scene.glyphs)
  }
}
