import CLanes

/// What register blocks may count on; known to the compiler, so that nothing is decided when the program runs.
enum Registers {
  /// Whether sixteen `Lanes` fit the processor's registers with room to spare (32 registers of 512 bits). Elsewhere a block
  /// of four is the most that is not spilled to memory. Results are the same.
  @inline(__always)
  static var areWide: Bool { GLISSADE_WIDE_REGISTERS != 0 }
}
