package import Lanes

/// All views, in the order in which people meet them.
package let views = Catalogue<View>(
  kind: "view",
  [
    .loss, .function, .contour, .basin, .boundary, .fit, .approximation, .scaledActivation,
    .activations, .requirements, .network, .forward, .parameters, .truthTable, .confusion, .hidden,
    .schedule, .batches, .optimizer, .internals, .spectrum, .stability, .layers, .accuracy,
    .table, .classes, .frequencies, .singularValues, .featureCount, .eigenError,
    .twin, .tape,
    .gradientCheck, .featureMaps, .unrolled, .bumps, .patterns, .lossPlane, .rates, .rateRange,
    .map,
    .ranking, .nets,
  ])
