import Terminal
import Testing

@Suite("A screen in memory")
struct MemoryScreenTests {
  @Test("A thousand random resizes between frames leave the last size and the last canvas")
  func resizes() {
    var generator = SeededGenerator(21)
    let screen = MemoryScreen(size: Size(width: 80, height: 24))
    var encoder = FrameEncoder(
      size: screen.size, palette: .direct, unicode: true, pairCapacity: 1_000)
    for round in 0..<1_000 {
      let size = Size(
        width: Int.random(in: 0...24, using: &generator),
        height: Int.random(in: 0...9, using: &generator))
      screen.resize(to: size)
      #expect(screen.nextEvent(timeout: nil) == .resize(size))
      encoder.invalidate(size: screen.size)
      var canvas = Canvas(size: screen.size)
      canvas.write("round \(round)", x: round % 9 - 4, y: round % 4, foreground: Color(0xFFFFFF))
      screen.present(canvas)
      encoder.encode(canvas)
      #expect(encoder.changes.glyphs.count == size.width * size.height)
    }
    #expect(screen.presentCount == 1_000)
    #expect(screen.canvas?.size == screen.size)
  }

  @Test("Events come in order, and an exhausted script is a timeout")
  func script() {
    let screen = MemoryScreen(events: [.focus(true)])
    screen.type("ab")
    screen.send(.resize(Size(width: 7, height: 3)))
    #expect(screen.nextEvent(timeout: nil) == .focus(true))
    #expect(screen.nextEvent(timeout: .zero) == .key(Key(.character("a"))))
    #expect(screen.nextEvent(timeout: nil) == .key(Key(.character("b"))))
    #expect(screen.size == Size(width: 80, height: 24))
    #expect(screen.nextEvent(timeout: nil) == .resize(Size(width: 7, height: 3)))
    #expect(screen.size == Size(width: 7, height: 3))
    #expect(screen.nextEvent(timeout: nil) == nil && screen.isIdle)
  }

  @Test("Many wake-ups from many tasks are one event")
  func waking() async {
    let screen = MemoryScreen()
    let waker = screen.waker
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<16 { group.addTask { waker() } }
    }
    #expect(screen.nextEvent(timeout: nil) == .wake)
    #expect(screen.nextEvent(timeout: nil) == nil)
  }
}
