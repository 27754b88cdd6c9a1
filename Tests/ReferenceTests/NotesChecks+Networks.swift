import Foundation
import Lanes
import Models
import Presets
import Testing
import Training

extension NotesChecks {
  /// The four corners of a gate, one row an input.
  static var corners: [[Double]] {
    let rows = Reference.all["data.gates.X"].rows
    return [rows.map { $0[0] }, rows.map { $0[1] }]
  }

  /// All patterns of three bits, the first bit the slowest.
  private static let patterns: [[Double]] = (0..<8).map { n in
    [2, 1, 0].map { Double(n >> $0 & 1) }
  }

  /// What every layer of the forward-pass preset makes of the reference's input.
  private static func forward() throws -> [LayerActivity] {
    let run = try Preset.run("notes-forward")
    let x = Reference.all["networks.forward_2_3_3_1.x"].numbers
    return try run.network().activity(at: run.parameters, inputs: x.map { [$0] })
  }

  static let networks: [String: Check] = [
    "neuron": { comparison in
      let theirs = Reference.all["gates.mcculloch_pitts"]
      let tables = Reference.all["data.gates"]
      for gate in ["OR", "AND", "NAND"] {
        let run =
          gate == "OR"
          ? try Preset.run("notes-neuron") : try Run(Preset.variant("notes-neuron", "\(gate), "))
        comparison.add(
          run.parameters, [-theirs[gate]["threshold"].number] + theirs[gate]["w"].numbers)
        let table = gate == "NAND" ? tables["AND"].numbers.map { 1 - $0 } : tables[gate].numbers
        comparison.add(try run.answers(corners), [table])
      }
      let xor = try Preset.run("notes-neuron-xor")
      comparison.add(try xor.answers(corners), [tables["XOR"].numbers])
      let neuron = Reference.all["networks.neuron"]
      let x = neuron["x"].numbers
      for name in neuron["outputs"].keys {
        let run = try Preset.run(
          "notes-neuron", "model={kind: mlp, hidden: [], output: \(name)}", "loss=mse",
          "data={inputs: [\(flow(x))], targets: [1]}",
          "start=\(flow(neuron["w"].numbers + [neuron["b"].number]))")
        comparison.add(try run.answers(x.map { [$0] }), [[neuron["outputs"][name].number]])
      }
    },
    "nn_categories": { comparison in
      let rbm = Reference.all["networks.rbm"]
      let weights = rbm["W"].rows.flatMap { $0 } + rbm["a"].numbers + rbm["b"].numbers
      let data = rbm["data"].rows
      let restricted = try Preset.run(
        "boltzmann", "network.hidden=2", "network.cd=0",
        "data={inputs: \(flow(data)), targets: [0, 0]}", "start=\(flow(weights))")
      let machine = try #require(restricted.objective as? BoltzmannMachine)
      comparison.add(
        patterns.map { machine.probability($0, at: restricted.parameters) }, rbm["p_v"].numbers)
      comparison.add(-restricted.loss, rbm["mean_loglik"].number)
      let dbm = Reference.all["networks.dbm"]
      let deep = try Preset.run(
        "deep-boltzmann", "network.hidden=2", "network.top=2",
        "data={inputs: [[1, 0, 1]], targets: [0]}",
        "start=\(flow(weights + dbm["W2"].rows.flatMap { $0 } + dbm["b2"].numbers))")
      let second = try #require(deep.objective as? BoltzmannMachine)
      comparison.add(
        patterns.map { second.probability($0, at: deep.parameters) }, dbm["p_v"].numbers)
      let field = second.meanField([1, 0, 1], at: deep.parameters)
      comparison.add(field.first, dbm["mean_field_v101.mu1"].numbers)
      comparison.add(field.second, dbm["mean_field_v101.mu2"].numbers)
    },
    "ann_ffnn": { comparison in
      let layers = Reference.all["networks.forward_2_3_3_1.layers"].items
      for (ours, theirs) in zip(try forward(), layers) {
        comparison.add(ours.activations.map { $0[0] }, theirs["y"].numbers)
      }
    },
    "cnn": { comparison in
      let theirs = Reference.all["networks.cnn"]
      let image = theirs["image"].rows.flatMap { $0 }
      let kernel = theirs["kernel"].rows.flatMap { $0 }
      func network(_ settings: String...) throws -> ConvolutionalNetwork {
        let data = "data={inputs: \(flow([image, image.reversed()])), targets: [0, 1]}"
        let all = try (["network.kernels=1", data] + settings).map(PresetKeys.parse)
        let run = try Run(PresetKeys.apply(all, to: Preset.shelf.load("convolution")))
        return try #require(run.objective as? ConvolutionalNetwork)
      }
      let plain = try network()
      comparison.add(
        plain.convolution(image, kernel), theirs["cross_correlation_valid"].rows.flatMap { $0 })
      comparison.add(
        plain.convolution(image, kernel.reversed()),
        theirs["true_convolution_valid"].rows.flatMap { $0 })
      comparison.add(
        try network("network.padding=1").convolution(image, kernel),
        theirs["cross_correlation_same_zero_pad"].rows.flatMap { $0 })
      comparison.add(
        try network("network.stride=2").convolution(image, kernel),
        theirs["stride2_valid"].rows.flatMap { $0 })
      comparison.add(
        [
          plain.convolution.sharedWeights, plain.convolution.locallyConnectedWeights,
          plain.convolution.fullyConnectedWeights,
        ].map(Double.init),
        ["weights_shared", "weights_locally_connected", "weights_fully_connected"].map {
          theirs[$0].number
        })
    },
    "rnn": { comparison in
      let theirs = Reference.all["networks.rnn"]
      let x = theirs["x"].numbers
      let weights =
        theirs["Wx"].numbers + theirs["Wh"].rows.flatMap { $0 } + theirs["b"].numbers
        + theirs["Wy"].numbers + [0]
      let run = try Preset.run(
        "recurrent", "network.units=3", "data={inputs: [\(flow(x))], targets: [\(flow(x))]}",
        "start=\(flow(weights))")
      let network = try #require(run.objective as? RecurrentNetwork)
      let trace = network.trace(x, at: run.parameters)
      comparison.add(trace.hidden, theirs["h"].rows)
      comparison.add(trace.outputs, theirs["y"].numbers)
      comparison.add(trace.memory, theirs["dh_t_dx0"].rows)
    },
    "rbf": { comparison in
      let theirs = Reference.all["networks.rbf"]
      let centers = theirs["centres"].numbers
      let run = try Preset.run(
        "radial-basis", "network.bumps=\(centers.count)",
        "network.gamma=\(theirs["gamma"].number)",
        "data={inputs: \(flow(centers)), targets: \(flow(theirs["targets"].numbers))}",
        "start=\(flow(theirs["weights"].numbers))")
      let network = try #require(run.objective as? RadialBasisNetwork)
      comparison.add(
        theirs["x"].numbers.map { network.output([$0], at: run.parameters) },
        theirs["y"].numbers)
      comparison.add(
        centers.map { network.output([$0], at: run.parameters) }, theirs["targets"].numbers)
    },
    "mlp": { comparison in
      var net = try Preset.run("notes-gates-mlp")
      comparison.add(
        net.losses(200), Array(Reference.all["mlp_gates.gates.XOR.runs.gd.loss"].numbers[...200]))
      let rule = Reference.all["gates.perceptron_rule.gates"]
      for gate in GateTests.gates {
        var run = try Preset.run("perceptron", "data=\(gate.lowercased())")
        comparison.add(
          (0..<12).map { _ in
            run.advance(4)
            return run.parameters
          }, rule[gate]["w_after_epoch"].rows)
      }
    },
    "uat": { comparison in
      for row in Reference.all["networks.universal_approximation.rows"].rows {
        let count = Int(row[0])
        let run =
          count == 4
          ? try Preset.run("notes-universal-construction")
          : try Run(Preset.variant("notes-universal-construction", "N = \(count)"))
        let errors = try Approximation.errors(of: run)
        comparison.add([errors.greatest, errors.rootMeanSquare], Array(row[1...]))
      }
    },
  ]

  static let gates: [String: Check] = [
    "gates_linreg": { comparison in
      let theirs = Reference.all["gates.linreg"]
      for gate in GateTests.gates {
        let name = "\(gate.lowercased())-linear"
        var run = try Run(Preset.variant(name, "normal equations"))
        run.advance(1)
        comparison.add(run.parameters, theirs["theta_exact"][gate].numbers)
        comparison.add(run.loss * 4, theirs["sse_exact"][gate].number)
        comparison.add(try run.answers(corners), [theirs["prediction_exact"][gate].numbers])
        var slow = try Preset.run(name)
        slow.advance(slow.experiment.steps)
        comparison.add(slow.parameters, theirs["theta_exact"][gate].numbers)
      }
    },
    "gates_logreg": { comparison in
      for gate in GateTests.gates {
        let name = "\(gate.lowercased())-logistic"
        let penalised = Reference.all["gates.logreg_sklearn.gates"][gate]
        var run = try Run(Preset.variant(name, "C = 1"))
        run.advance(run.experiment.steps)
        let optimum = penalised["exact_optimum"]
        comparison.add(
          run.parameters, [optimum["intercept"].number] + optimum["coef"].numbers.dropFirst())
        comparison.add(run.snapshot().accuracy ?? .nan, penalised["sklearn.score"].number)
        var free = try Preset.run(name)
        let theirs = Reference.all["gates.logistic_gd_unregularised.gates"][gate]
        for row in theirs["rows"].rows {
          free.advance(Int(row[0]) - free.step)
          comparison.add([free.loss] + free.parameters, Array(row[1...]))
        }
        comparison.add(free.snapshot().accuracy ?? .nan, theirs["score"].number)
      }
    },
    "mlpclassifier": { comparison in
      let theirs = Reference.all["mlpclassifier"]
      var run = try Preset.run("notes-mlpclassifier")
      var losses: [Double] = []
      while run.step < run.experiment.steps, run.status == .running {
        losses.append(run.loss)
        run.advance(1)
      }
      comparison.add(losses, theirs["loss_curve"].numbers)
      comparison.add(Double(run.step), theirs["stop_iter"].number)
      comparison.add(run.snapshot().accuracy ?? .nan, theirs["score"].number)
    },
  ]

  static let models: [String: Check] = [
    "math_model": { comparison in
      let layers = Reference.all["networks.forward_2_3_3_1.layers"].items
      for (ours, theirs) in zip(try forward(), layers) {
        comparison.add(ours.preActivations.map { $0[0] }, theirs["z"].numbers)
        comparison.add(ours.activations.map { $0[0] }, theirs["y"].numbers)
      }
    },
    "completeNN": { comparison in
      let theirs = Reference.all["networks.scaled_activation"]
      let c = theirs["c"].numbers
      // The flat order is weight and bias of the hidden unit, then of the output.
      let run = try Preset.run(
        "notes-scaled-activation", "start=\(flow([c[1], c[2], c[0], c[3]]))")
      comparison.add(try run.answers([theirs["x"].numbers]), [theirs["y"].numbers])
      comparison.add(run.loss, 0)
    },
    "matvec": { comparison in
      let theirs = Reference.all["networks.forward_2_3_3_1"]
      let experiment = try Preset.experiment("notes-forward")
      let matrices = try #require(experiment.start.layers)
      comparison.add(
        matrices.map { $0.weights.flatMap { $0 } }, theirs["W"].items.map { $0.rows.flatMap { $0 } }
      )
      comparison.add(matrices.map(\.biases), theirs["b"].rows)
      var below = theirs["x"].numbers
      for (matrix, (layer, expected)) in zip(
        matrices, zip(try forward(), theirs["layers"].items))
      {
        let products = zip(matrix.weights, matrix.biases).map { row, bias in
          zip(row, below).reduce(bias) { $0 + $1.0 * $1.1 }
        }
        comparison.add(layer.preActivations.map { $0[0] }, products)
        comparison.add(products, expected["z"].numbers)
        below = layer.activations.map { $0[0] }
      }
    },
    "act_requirements": { comparison in
      let names = ["logistic": "sigmoid", "linear": "identity"]
      for row in Reference.all["activations.uat_requirements.rows"].items {
        let entries = row.items
        let given = entries[0].text
        // A constant is no activation that one could choose.
        guard given != "constant" else { continue }
        let activation = try #require(Activation.all[names[given] ?? given], "\(given)")
        let conditions = activation.conditions
        let rising = conditions.strictlyMonotone ? 1 : conditions.monotone ? 0.5 : 0
        comparison.add(conditions.nonConstant ? 1 : 0, entries[1].number)
        comparison.add(conditions.bounded ? 1 : 0, entries[2].number)
        comparison.add(rising, entries[3].text.isEmpty ? entries[3].number : 0.5)
        comparison.add(conditions.continuous ? 1 : 0, entries[4].number)
      }
      let theirs = Reference.all["networks.linear_collapse"]
      let run = try Preset.run("notes-linear-collapse")
      let answers = try run.answers([[0, 1, 0], [0, 0, 1]])[0]
      let matrix = theirs["W_eff"].rows[0]
      comparison.add(answers[0], theirs["b_eff"].numbers[0])
      comparison.add([answers[1] - answers[0], answers[2] - answers[0]], matrix)
    },
    "activations": { comparison in
      let theirs = Reference.all["activations"]
      /// φ by way of the preset: one hidden unit with weight 1 and no bias.
      func values(_ name: String, _ z: [Double]) throws -> [Double] {
        try Preset.run(
          "notes-activations", "hidden=1", "activation=\(name)", "start=[1, 0, 1, 0]"
        ).answers([z])[0]
      }
      func grid(_ from: Double, _ spacing: Double, _ count: Int) -> [Double] {
        let step = (from + spacing) - from
        return (0..<count).map { from + Double($0) * step }
      }
      for (name, from) in [("sigmoid", -5), ("sine", -2 * Double.pi), ("relu", -2)] {
        let part = theirs[name]
        comparison.add(
          try values(name, grid(from, 0.1, part["n"].integer)), part["values"].numbers)
      }
      let step = theirs["step"]
      let ones = try values("step", grid(-5, 0.02, step["n"].integer))
      comparison.add(ones.reduce(0, +), step["ones"].number)
      comparison.add(Double(ones.firstIndex(of: 1) ?? -1), step["first_one_index"].number)
      let table = theirs["table.rows"].rows
      let z = table.map { $0[0] }
      comparison.add(try values("sigmoid", z), table.map { $0[1] })
      comparison.add(try values("tanh", z), table.map { $0[3] })
    },
  ]
}

/// How far a net is from the curve of the notes' approximation, sin 2πx + x/2 on [0, 1].
enum Approximation {
  static func errors(of run: Run) throws -> (greatest: Double, rootMeanSquare: Double) {
    let x = (0...200).map { Double($0) / 200 }
    let answers = try run.answers([x])[0]
    let errors = zip(x, answers).map { x, y in abs(y - (sin(2 * Double.pi * x) + 0.5 * x)) }
    let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return (errors.max() ?? .nan, square.squareRoot())
  }
}
