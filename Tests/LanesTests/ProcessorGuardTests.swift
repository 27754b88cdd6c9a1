import CLanes
import CProcessorGuard
import Testing

@Suite("Processor guard")
struct ProcessorGuardTests {
  static func line(needed: UInt32, offered: UInt32) -> String {
    var buffer = [CChar](repeating: 0, count: 200)
    let length = glissade_guard_line(needed, offered, &buffer, buffer.count)
    return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static let level2 = UInt32((GLISSADE_SSE4_2.rawValue | GLISSADE_POPCNT.rawValue))
  static let level3 =
    level2 | UInt32(GLISSADE_AVX.rawValue) | UInt32(GLISSADE_AVX2.rawValue)
    | UInt32(GLISSADE_FMA.rawValue) | UInt32(GLISSADE_BMI.rawValue) | UInt32(GLISSADE_BMI2.rawValue)
  static let level4 =
    level3 | UInt32(GLISSADE_AVX512F.rawValue) | UInt32(GLISSADE_AVX512CD.rawValue)
    | UInt32(GLISSADE_AVX512BW.rawValue) | UInt32(GLISSADE_AVX512DQ.rawValue)
    | UInt32(GLISSADE_AVX512VL.rawValue)

  @Test("the processor that runs the tests has what they were built for")
  func here() {
    #expect(Self.line(needed: glissade_needed_features, offered: glissade_offered_features()) == "")
  }

  @Test("a lack is told in one line with the build that would do")
  func lacks() {
    #expect(
      Self.line(needed: Self.level4, offered: Self.level3)
        == "glissade: this build needs AVX-512 (x86-64-v4), which this processor lacks; "
        + "build with GLISSADE_MARCH=x86-64-v3\n")
    #expect(
      Self.line(needed: Self.level3, offered: Self.level2)
        == "glissade: this build needs AVX2 and FMA (x86-64-v3), which this processor lacks; "
        + "build with GLISSADE_MARCH=x86-64-v2\n")
    #expect(Self.line(needed: Self.level2, offered: 0).hasSuffix("GLISSADE_MARCH=x86-64\n"))
    let newer = UInt32(GLISSADE_AVX512VBMI.rawValue)
    #expect(
      Self.line(needed: Self.level4 | newer, offered: Self.level4).hasSuffix("=x86-64-v4\n"))
  }

  @Test("nothing is said when nothing lacks, and a short buffer is not overrun")
  func edges() {
    #expect(Self.line(needed: 0, offered: 0) == "")
    #expect(Self.line(needed: Self.level2, offered: Self.level4) == "")
    var short = [CChar](repeating: 7, count: 16)
    #expect(glissade_guard_line(Self.level4, 0, &short, 8) == 7)
    #expect(short[7] == 0)
    #expect(short[8] == 7)
  }
}
