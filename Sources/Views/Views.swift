package import Lanes

/// All views, in the order in which people meet them.
package let views = Catalogue<View>(
  kind: "view",
  [
    .loss, .function, .contour, .boundary, .fit, .activations, .network, .parameters, .truthTable,
    .hidden,
    .schedule, .optimizer, .spectrum, .tape, .gradientCheck, .featureMaps, .unrolled, .bumps,
    .patterns,
  ])
