/// One instruction at a time.
extension Tracer {
  mutating func step(_ instruction: Code.Instruction) throws(Failure) {
    var next = counter + 1
    builder?.origin = code.ranges[counter]
    switch instruction {
    case .number(let value): push(.constant(value))
    case .constant(let number):
      let constant = code.constants[number]
      push(
        builder?.constant(constant.value, name: constant.name) ?? .constant(constant.value))
    case .variable(let number): push(variable(number))
    case .vector(let number):
      let components = code.vectors[number].components
      left -= components.count
      stack.append(.vector(components.map { variable($0) }))
    case .component(let number): try component(number)
    case .local(let slot): stack.append(try local(slot))
    case .store(let slot): locals[base + slot] = pop()
    case .global(let number):
      guard let value = globals[number] else {
        throw mistake("\(code.globalNames[number]) has no value yet")
      }
      stack.append(value)
    case .define(let number): globals[number] = pop()
    case .unary(let operation): unary(operation)
    case .binary(let operation): try binary(operation)
    case .gather(let count):
      var entries: [GraphBuilder.Operand] = []
      for value in stack.suffix(count) {
        guard case .scalar(let operand) = value else {
          throw misfit("a vector cannot hold vectors")
        }
        entries.append(operand)
      }
      stack.removeLast(count)
      stack.append(.vector(entries))
    case .pick:
      let operand = try popNumber()
      let index = try index(operand)
      let entries = try popVector()
      guard index < entries.count else {
        throw mistake("index \(index) is beyond the vector's \(entries.count) entries")
      }
      push(entries[index])
    case .reduce(let reduction): try reduce(reduction)
    case .branch(let otherwise, let text):
      next = try branch(otherwise: otherwise, text: text, next: next)
    case .endFirst(let end): next = endFirst(end)
    case .endSecond: try endSecond()
    case .whileHolds(let exit):
      let operand = try popNumber()
      guard let condition = known(operand) else { throw Failure.dependsOnValues }
      if condition == 0 { next = exit }
    case .range(let first, let last):
      let (end, start) = (try popNumber(), try popNumber())
      let (lower, upper) = (try bound(start), try bound(end))
      if lower.isNaN || upper.isNaN {
        throw mistake("a bound is nan", expected: "numbers for the first and the last index")
      }
      locals[base + first] = .scalar(.constant(lower))
      locals[base + last] = .scalar(.constant(upper))
    case .whileInRange(let index, let last, let exit):
      guard case .scalar(let i) = try local(index), case .scalar(let end) = try local(last)
      else { throw misfit("a bound is a vector") }
      if !(i.value <= end.value) { next = exit }
    case .next(let slot):
      guard case .scalar(let i) = try local(slot) else { throw misfit("the index is a vector") }
      locals[base + slot] = .scalar(.constant(i.value + 1))
    case .jump(let target):
      try checkRoom()
      next = target
    case .round(let shown): if notesWanted { try noteRound(code.rounds[shown]) }
    case .call(let routine): next = try call(routine, back: next)
    case .back:
      let frame = frames.removeLast()
      if outermost[frame.routine] == frames.count { outermost[frame.routine] = -1 }
      let surplus = locals.count - base
      locals.removeLast(surplus)
      base = frame.base
      next = frame.back
    case .end: break
    }
    counter = next
  }

  private func bound(_ operand: GraphBuilder.Operand) throws(Failure) -> Double {
    guard let value = known(operand) else { throw Failure.dependsOnValues }
    return value
  }

  private mutating func branch(otherwise: Int, text: Int, next: Int) throws(Failure) -> Int {
    let condition = try popNumber()
    if let value = known(condition) {
      if notesWanted { note("\(code.texts[text]) ? \(value != 0 ? "yes" : "no")") }
      choices.append(Choice(condition: .constant(value), otherwise: otherwise))
      return value != 0 ? next : otherwise
    }
    choices.append(Choice(condition: condition, otherwise: otherwise))
    openChoices.append(frames.count)
    return next
  }

  private mutating func endFirst(_ end: Int) -> Int {
    let last = choices.count - 1
    if choices[last].condition.isConstant {
      choices.removeLast()
      return end
    }
    choices[last].first = pop()
    return choices[last].otherwise
  }

  private mutating func endSecond() throws(Failure) {
    let choice = choices.removeLast()
    guard let first = choice.first else { return }
    openChoices.removeLast()
    let second = pop()
    stack.append(try joined(choice.condition, first, second))
  }

  private mutating func call(_ number: Int, back: Int) throws(Failure) -> Int {
    let routine = code.routines[number]
    try checkRoom()
    if frames.count >= Tracer.deepestCall {
      throw mistake(
        "\(routine.name) calls itself too deep (limit \(Tracer.deepestCall) calls)",
        expected: "a branch that ends the recursion earlier")
    }
    // A call from a branch of the same function, whose condition is not known, would never end.
    if outermost[number] < 0 {
      outermost[number] = frames.count
    } else if let choice = openChoices.last, choice > outermost[number] {
      throw Failure.dependsOnValues
    }
    let count = routine.parameters.count
    if notesWanted {
      let texts = zip(routine.parameters, stack.suffix(count)).map { "\($0) = \(text(of: $1))" }
      note("\(routine.name)(\(texts.joined(separator: ", ")))")
    }
    frames.append(Frame(routine: number, back: back, base: base))
    base = locals.count
    for position in stack.count - count..<stack.count { locals.append(stack[position]) }
    stack.removeLast(count)
    for _ in count..<max(routine.localCount, count) { locals.append(nil) }
    return routine.entry
  }

  private mutating func noteRound(_ shown: [Int]) throws(Failure) {
    var parts: [String] = []
    for pair in stride(from: 0, to: shown.count - 1, by: 2) {
      parts.append("\(code.texts[shown[pair]]) = \(text(of: try local(shown[pair + 1])))")
    }
    note(parts.joined(separator: ", "))
  }

  private func text(of value: Value) -> String {
    switch value {
    case .scalar(let operand): Formula.shortNumeral(operand.value)
    case .vector(let entries):
      "[" + entries.prefix(4).map { Formula.shortNumeral($0.value) }.joined(separator: ", ")
        + (entries.count > 4 ? ", …]" : "]")
    }
  }
}
