extension NotesSystem {
  /// The chapter on automatic differentiation.
  static let differentiationSystems: [NotesSystem] = [
    NotesSystem(
      "ad_concept", "What automatic differentiation is", .differentiation, 41...69,
      "The chain rule over the operations of a program, beside finite differences",
      presets: ["notes-ad"],
      quirk: "The sentence about discretisation and cancellation breaks off in the middle.",
      check: Check(
        figure: "the slope at 0.5, forward and central differences for h = 0.1 to 1e-6, the tape",
        reference: ["ad.finite_difference", "ad.tape"], tolerance: 1e-9)),
    NotesSystem(
      "ad_sin", "The derivative of sin(2πx + x²)", .differentiation, 84...119,
      "Autograd's derivative at 1000 points, held against the one by hand",
      presets: ["notes-ad-sin"],
      quirk: "The derivative is taken element by element: 1000 slopes, not a gradient.",
      check: Check(
        figure: "the slope at 1000 points", reference: ["ad.ad_sin.analytic"], tolerance: 1e-12)),
    NotesSystem(
      "f1", "f1: a polynomial", .differentiation, 130...148,
      "x³ + 1 has the slope 3 at 1", presets: ["notes-ad-f1"],
      quirk: "Autograd refuses the whole number 1 with a TypeError: \"send in float\".",
      check: Check(
        figure: "values and slopes at 1 and elsewhere", reference: ["ad.f1"], tolerance: 1e-12)),
    NotesSystem(
      "f2", "f2: two variables", .differentiation, 158...192,
      "3x₁³ + x₂(x₁ − 5) + 1 has the partial derivatives 12 and −4 at (1, 3)",
      presets: ["notes-ad-f2"],
      quirk: "Autograd's numbers are printed under \"analytical\" too, so the check cannot fail.",
      check: Check(
        figure: "values and both partial derivatives", reference: ["ad.f2"], tolerance: 1e-12)),
    NotesSystem(
      "f3", "f3: a function of a vector", .differentiation, 200...218,
      "A gradient with an entry for each of five numbers", presets: ["notes-ad-f3"],
      quirk: "A longer vector is allowed; entries that are not used have the derivative 0.",
      check: Check(
        figure: "value and gradient of five and of seven entries", reference: ["ad.f3"],
        tolerance: 1e-12)),
    NotesSystem(
      "f4", "f4: elementary functions", .differentiation, 230...248,
      "√(1 + x²) + eˣ + sin 2πx has the slope 13.8759 at 2.7", presets: ["notes-ad-f4"],
      check: Check(
        figure: "values and slopes at 2.7 and elsewhere", reference: ["ad.f4"], tolerance: 1e-12)),
    NotesSystem(
      "f5", "f5: a branch", .differentiation, 254...269,
      "x² for x ≥ 0, else 1 − 3x: the derivative of the branch taken",
      presets: ["notes-ad-f5"],
      quirk: "The function jumps at 0, the derivative does not notice, and nothing is compared.",
      check: Check(
        figure: "values and slopes on both branches", reference: ["ad.f5"], tolerance: 1e-12)),
    NotesSystem(
      "f6", "f6: loops", .differentiation, 275...311,
      "The sum of x⁰ to x⁹ by for and by while, unrolled into a tape",
      presets: ["notes-ad-f6", "notes-ad-f6-while"],
      quirk: "The analytic sum divides by zero at x = 0, where Autograd answers 1.",
      check: Check(
        figure: "values and slopes of both programs", reference: ["ad.f6"], tolerance: 1e-12)),
    NotesSystem(
      "f7", "f7: recursion", .differentiation, 315...346,
      "A factorial that calls itself has the slope 1 at 2", presets: ["notes-ad-f7"],
      quirk:
        "At 0 and 1 the notes' program fails, and at 2.5 it recurses until Python gives up; here "
        + "it stops at n ≤ 1.",
      check: Check(
        figure: "values and slopes at 2, 3, 4, 5 and 8", reference: ["ad.f7"], tolerance: 1e-12)),
  ]
}
