// Made by `GLISSADE_UPDATE_NOTES=1 swift test --filter NotesTableTests`: what the tests
// measured, not to be edited.
// swift-format-ignore-file

/// What the checks of the notes' systems measured.
let notesMeasurements: [String: NotesMeasurement] = [
  "ad_concept": NotesMeasurement(
    steps: 200, loss: -1.0, compared: 23, deviation: 0.0),
  "ad_sin": NotesMeasurement(
    steps: 200, loss: -1.0, compared: 1000, deviation: 4.190362779423873e-16),
  "f1": NotesMeasurement(
    steps: 200, loss: 1.0004391302294615, compared: 12, deviation: 0.0),
  "f2": NotesMeasurement(
    steps: 60, loss: -24.603013736714203, compared: 12, deviation: 0.0),
  "f3": NotesMeasurement(
    steps: 100, loss: -52.99999999999997, compared: 13, deviation: 0.0),
  "f4": NotesMeasurement(
    steps: 200, loss: 6.242264938701024, compared: 10, deviation: 0.0),
  "f5": NotesMeasurement(
    steps: 100, loss: 5.143152670209735e-09, compared: 10, deviation: 0.0),
  "f6": NotesMeasurement(
    steps: 100, loss: 0.6810262764916318, compared: 24, deviation: 1.3462293527966507e-16),
  "f7": NotesMeasurement(
    steps: 100, loss: 1.0, compared: 10, deviation: 0.0),
  "ols_gd": NotesMeasurement(
    steps: 200, loss: 0.9960235457164929, compared: 506, deviation: 1.3322676295501878e-15),
  "ols_momentum": NotesMeasurement(
    steps: 60, loss: 2.0332323615298905e-06, compared: 124, deviation: 8.88705114266084e-16),
  "sgd": NotesMeasurement(
    steps: 200, loss: 0.9995656235953198, compared: 402, deviation: 4.440892098500626e-16),
  "sgd_momentum": NotesMeasurement(
    steps: 200, loss: 0.9994555754869907, compared: 402, deviation: 4.440892098500626e-16),
  "adagrad": NotesMeasurement(
    steps: 200, loss: 29.890037136063366, compared: 88, deviation: 4.1346483246382933e-16),
  "rmsprop": NotesMeasurement(
    steps: 200, loss: 2.133217766004111, compared: 88, deviation: 4.66847169624867e-16),
  "adam": NotesMeasurement(
    steps: 200, loss: 5.567246317766459, compared: 88, deviation: 4.2097046996560165e-16),
  "logistic": NotesMeasurement(
    steps: 100, loss: 1.0672706757870165, compared: 404, deviation: 3.333399886480053e-16),
  "jax_setup": NotesMeasurement(
    steps: 200, loss: -0.6479054319339295, compared: 32, deviation: 0.0),
  "gd_x2": NotesMeasurement(
    steps: 10, loss: 0.2882303761517119, compared: 23, deviation: 0.0),
  "gd_xsin": NotesMeasurement(
    steps: 200, loss: -0.6479054319339295, compared: 602, deviation: 1.1102230246251565e-16),
  "neuron": NotesMeasurement(
    steps: 24, loss: 0.0, compared: 30, deviation: 2.7755575615628914e-17),
  "nn_categories": NotesMeasurement(
    steps: 200, loss: 2.9894403017235476, compared: 21, deviation: 8.326672684688674e-17),
  "ann_ffnn": NotesMeasurement(
    steps: 60, loss: 2.1320780211774395e-06, compared: 7, deviation: 1.1102230246251565e-16),
  "cnn": NotesMeasurement(
    steps: 200, loss: 0.007231409625629825, compared: 50, deviation: 0.0),
  "rnn": NotesMeasurement(
    steps: 200, loss: 0.004658230333392937, compared: 42, deviation: 1.1102230246251565e-16),
  "rbf": NotesMeasurement(
    steps: 200, loss: 0.01026923002436999, compared: 18, deviation: 4.440892098500626e-16),
  "mlp": NotesMeasurement(
    steps: 200, loss: 0.01450358453448715, compared: 309, deviation: 2.220446049250313e-16),
  "uat": NotesMeasurement(
    steps: 200, loss: 0.008717774479267505, compared: 12, deviation: 5.155030997627819e-07),
  "gates_linreg": NotesMeasurement(
    steps: 200, loss: 0.25, compared: 33, deviation: 5.551115123125783e-16),
  "gates_logreg": NotesMeasurement(
    steps: 200, loss: 0.6931471805599453, compared: 123, deviation: 3.3133218391157016e-16),
  "mlpclassifier": NotesMeasurement(
    steps: 200, loss: 0.027119187695495484, compared: 295, deviation: 4.996003610813204e-16),
  "math_model": NotesMeasurement(
    steps: 60, loss: 2.1320780211774395e-06, compared: 14, deviation: 1.1102230246251565e-16),
  "completeNN": NotesMeasurement(
    steps: 200, loss: 0.0007816645600293339, compared: 5, deviation: 0.0),
  "matvec": NotesMeasurement(
    steps: 60, loss: 2.1320780211774395e-06, compared: 39, deviation: 1.1102230246251565e-16),
  "act_requirements": NotesMeasurement(
    steps: 200, loss: 0.25010864884740874, compared: 27, deviation: 2.220446049250313e-16),
  "activations": NotesMeasurement(
    steps: 200, loss: 0.23783354756961012, compared: 296, deviation: 1.1102230246251565e-16),
]
