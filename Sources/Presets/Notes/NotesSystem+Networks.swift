extension NotesSystem {
  /// The chapter on neural networks and their types.
  static let networkSystems: [NotesSystem] = [
    NotesSystem(
      "neuron", "The artificial neuron", .networks, 941...976,
      "McCulloch and Pitts: a weighted sum and a threshold",
      presets: ["notes-neuron", "notes-neuron-xor"],
      quirk: "The first formula has no bias and a later one has; the sum is called u, then z.",
      check: Check(
        figure: "weights and answers of OR, AND and NAND; five activations of one neuron",
        reference: ["gates.mcculloch_pitts", "networks.neuron"], tolerance: 1e-12)),
    NotesSystem(
      "nn_categories", "Kinds of networks", .networks, 978...1003,
      "General, convolutional, recurrent, and unsupervised ones: Boltzmann machines",
      presets: ["deep-boltzmann", "boltzmann", "convolution", "recurrent"],
      quirk: "The sentence on applications breaks off after \"with the help of neural\".",
      check: Check(
        figure: "probabilities of all patterns, restricted and deep, for the reference's weights",
        reference: ["networks.rbm", "networks.dbm"], tolerance: 1e-12)),
    NotesSystem(
      "ann_ffnn", "Feed-forward networks", .networks, 1006...1041,
      "Layers of nodes, each connected to all of the next", presets: ["notes-forward"],
      quirk: "The figure is still to come in the notes; here the net draws itself.",
      check: Check(
        figure: "the outputs y of all three layers", reference: ["networks.forward_2_3_3_1"],
        tolerance: 1e-12)),
    NotesSystem(
      "cnn", "Convolutional networks", .networks, 1045...1064,
      "A kernel of nine weights that slides over an image", presets: ["convolution"],
      quirk:
        "A true convolution flips the kernel; what libraries and this net do is a correlation.",
      check: Check(
        figure: "the map of the reference's kernel on its image, and counts of weights",
        reference: ["networks.cnn"], tolerance: 1e-12)),
    NotesSystem(
      "rnn", "Recurrent networks", .networks, 1067...1078,
      "The same weights for each element, and a state that remembers", presets: ["recurrent"],
      check: Check(
        figure: "states, answers and memory of the first element for the reference's weights",
        reference: ["networks.rnn"], tolerance: 1e-12)),
    NotesSystem(
      "rbf", "Radial basis networks", .networks, 1081...1092,
      "Bumps whose weighted sum goes through the data", presets: ["radial-basis"],
      check: Check(
        figure: "the curve through seven points, and what is left over at them",
        reference: ["networks.rbf"], tolerance: 1e-10)),
    NotesSystem(
      "mlp", "Multilayer perceptrons", .networks, 1095...1123,
      "A perceptron learns OR and AND, a hidden layer learns XOR",
      presets: ["notes-gates-mlp", "notes-xor-starts", "perceptron"],
      quirk: "The figure of a single and a multilayer perceptron is missing.", twin: "perceptron",
      check: Check(
        figure: "the net's losses of 200 steps; the perceptron's weights after twelve rounds",
        reference: ["mlp_gates.gates.XOR.runs.gd", "gates.perceptron_rule"], tolerance: 1e-10)),
    NotesSystem(
      "uat", "Universal approximation", .networks, 1105...1117,
      "One hidden layer of N units comes as close to a curve as you like",
      presets: ["notes-universal-construction", "notes-universal-approximation"],
      check: Check(
        figure: "greatest and root mean square error for N = 4 to 128",
        reference: ["networks.universal_approximation"], tolerance: 1e-6)),
  ]

  /// The chapter on gates.
  static let gateSystems: [NotesSystem] = [
    NotesSystem(
      "gates_linreg", "Gates by linear regression", .gates, 1126...1172,
      "The best plane through XOR is flat; OR and AND need only a threshold",
      presets: ["xor-linear", "or-linear", "and-linear"],
      quirk: "AND is marked as \"The OR gate\"; a threshold at 1/2, not tried, would solve both.",
      twin: "and-linear",
      check: Check(
        figure: "θ of all three gates, and the sums of squares", reference: ["gates.linreg"],
        tolerance: 1e-8)),
    NotesSystem(
      "gates_logreg", "Gates by logistic regression", .gates, 1177...1229,
      "scikit-learn's penalised regression, and without penalty",
      presets: ["xor-logistic", "or-logistic", "and-logistic"],
      quirk:
        "\"Somewhat better\" is wrong: with the default penalty OR and AND are right for 3 of 4 "
        + "only.",
      twin: "or-linear",
      check: Check(
        figure: "the optimum of C = 1 and its score; 1000 steps without penalty",
        reference: ["gates.logreg_sklearn", "gates.logistic_gd_unregularised"], tolerance: 1e-8)),
    NotesSystem(
      "mlpclassifier", "scikit-learn's MLPClassifier", .gates, 1234...1245,
      "A hundred ReLU units and Adam on made-up data", presets: ["notes-mlpclassifier"],
      quirk:
        "The data called XOR are 20-feature clusters, and the \"test set\" is the training set.",
      twin: "notes-gates-mlp",
      check: Check(
        figure: "293 losses, the step at which it stops, its score", reference: ["mlpclassifier"],
        tolerance: 1e-10)),
  ]

  /// The chapters on the mathematical model and on activation functions.
  static let modelSystems: [NotesSystem] = [
    NotesSystem(
      "math_model", "The model, node by node", .model, 1250...1327,
      "z = Σ w y + b and y = f(z), layer by layer to the output", presets: ["notes-forward"],
      quirk: "Indices of the general formula are mixed up: b₁³ should be bᵢ³, f₃ is f³.",
      check: Check(
        figure: "z and y of all seven nodes", reference: ["networks.forward_2_3_3_1.layers"],
        tolerance: 1e-12)),
    NotesSystem(
      "completeNN", "Sums of c₁f(c₂x + c₃) + c₄", .model, 1330...1363,
      "Four numbers move and scale an activation", presets: ["notes-scaled-activation"],
      quirk: "f stands on both sides of the formula.",
      check: Check(
        figure: "the curve of the reference's four numbers",
        reference: ["networks.scaled_activation"], tolerance: 1e-12)),
    NotesSystem(
      "matvec", "Matrix-vector notation", .model, 1369...1418,
      "y = f(W y + b): one product a layer", presets: ["notes-forward"],
      quirk:
        "W of layer l is said to be N(l−1) × N(l), but the product needs N(l) × N(l−1), as here.",
      check: Check(
        figure: "W y + b of all layers from the preset's own matrices",
        reference: ["networks.forward_2_3_3_1"], tolerance: 1e-12)),
    NotesSystem(
      "act_requirements", "What an activation must be", .activations, 1421...1447,
      "Not constant, bounded, rising, continuous; without one, layers collapse",
      presets: ["notes-linear-collapse", "notes-activations"],
      quirk: "The notes' own step, sine and ReLU violate the list: a jump, falls, no bound.",
      twin: "notes-activations",
      check: Check(
        figure: "the conditions of six activations; the one matrix that three layers make",
        reference: ["activations.uat_requirements", "networks.linear_collapse"], tolerance: 1e-12)),
    NotesSystem(
      "activations", "The activations", .activations, 1449...1542,
      "Sigmoid, tanh, step, sine and ReLU", presets: ["notes-activations"],
      quirk: "tanh is a formula without a plot; arange drifts, so the step is 0 at its \"0\".",
      check: Check(
        figure: "values on the notes' grids, and of a table with 50 digits",
        reference: ["activations"], tolerance: 1e-12)),
  ]
}
