extension Oklab {
  /// The colour `share` of the way to `other`.
  package func mixed(with other: Oklab, _ share: Double) -> Oklab { mixed(with: other, at: share) }
}

extension Color {
  /// The colour `share` (0...1) of the way to `other`, mixed in Oklab.
  package func mixed(with other: Color, _ share: Double) -> Color {
    guard share > 0 else { return self }
    guard share < 1 else { return other }
    return Oklab(self).mixed(with: Oklab(other), at: share).color
  }
}
