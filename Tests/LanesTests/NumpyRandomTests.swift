import Testing

@testable import Lanes

@Suite("numpy's random numbers")
struct NumpyRandomTests {
  @Test("The twister's first words for the seed of its paper")
  func words() {
    var random = NumpyRandom(seed: 5489)
    #expect(
      (0..<5).map { _ in random.word() } == [
        3_499_211_612, 581_869_302, 3_890_346_734, 3_586_334_585, 545_404_204,
      ])
    #expect(random.wordsDrawn == 5)
  }

  @Test("rand, randn and randint of the seed 0")
  func numbers() {
    var uniform = NumpyRandom(seed: 0)
    #expect(uniform.uniform() == 0.5488135039273248)
    #expect(uniform.uniform() == 0.7151893663724195)
    var normal = NumpyRandom(seed: 0)
    for expected in [1.764052345967664, 0.4001572083672233, 0.9787379841057392] {
      #expect(abs(normal.normal() - expected) < 1e-15)
    }
    var whole = NumpyRandom(seed: 0)
    #expect((0..<6).map { _ in whole.below(10) } == [5, 0, 3, 3, 7, 9])
    #expect(whole.below(1) == 0)
  }

  @Test("Words left out are words drawn; a whole round of the state goes by")
  func skipping() {
    var one = NumpyRandom(seed: 2025)
    var other = one
    for _ in 0..<1300 { _ = one.word() }
    other.skip(1300)
    #expect(one.word() == other.word() && one.wordsDrawn == other.wordsDrawn)
  }
}
