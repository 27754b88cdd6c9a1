// Made from presets/ by `GLISSADE_UPDATE_PRESETS=1 swift test --filter BuiltInPresetsTests`; edit the files there.
// swift-format-ignore-file

/// The presets that the program carries, by heading; the notes' in their order, the others by name.
let builtInPresets: [(name: String, text: String)] = [
  ("parabola", #"""
glissade: 1
title: x²
group: Functions
summary: The simplest bowl; each step multiplies the distance by 1 − 2η
notes: |
  Every step multiplies x by the same number, 1 - 2η. Below 0.5 the ball comes down one side, at 0.5 it is
  there in one step, above it jumps from side to side, and from 1 on it never comes down.
  Raise the rate while it runs and watch the factor at work.
function:
  formula: x^2
  x_range: [-6, 6]
  y_range: [-2, 36]
start: {x: 5}
optimizer: gd
learning_rate: 0.1
steps: 60
pace: 5
variants:
  - name: one step is enough
    set: {learning_rate: 0.5}
  - name: from side to side
    set: {learning_rate: 0.9}
  - name: the edge
    set: {learning_rate: 1}
  - name: too far
    set: {learning_rate: 1.02}
  - name: momentum overshoots
    set: {optimizer: momentum, learning_rate: 0.05}

"""#),
  ("xsin", #"""
glissade: 1
title: x sin(x² + 1)
group: Functions
summary: A ball rolls down a curve with ever narrower valleys; where it ends depends on where it starts
notes: |
  The valleys grow deeper and steeper away from 0, so a rate that is safe in one is wild in the next:
  a valley holds a ball only while the rate is below 2/f'' at its floor (0.31 at -1.01, 0.0047 at 4.75).

  x = 1 lies just left of the top at 1.0123, so the ball first creeps, then crosses 0 and rolls to -1.0123.
  Try the variants, raise the rate step by step, or put the ball elsewhere with the mouse.
# From the notes on gradient descent: 300 steps of 0.01 from 1 end at -1.0111649853169877.
function:
  formula: x sin(x^2 + 1)
  x_range: [-5, 5]
  y_range: [-5.5, 5.5]
start: {x: 1}
optimizer: gd
learning_rate: 0.01
steps: 300
pace: 30
variants:
  - name: just right of the top
    set: {start.x: 1.02}
  - name: starts at 4, hops for ever
    set: {start.x: 4}
  - name: starts at 4, small steps
    set: {start.x: 4, learning_rate: 0.001}
  - name: starts at -3, chaos
    set: {start.x: -3, learning_rate: 0.05}
  - name: momentum carries it over
    set: {optimizer: momentum, start.x: 1.9, learning_rate: 0.005}
  - name: Newton climbs
    set: {optimizer: newton, learning_rate: 1}
lesson:
  title: Eight valleys
  section: Descent on functions
  order: 52
  steps:
    - text: |
        x sin(x² + 1) has eight valleys between -5 and 5, the farther out the narrower. The notes start at x = 1 with
        η = 0.01. The nearest top is at 1.0123: a hair to the right.
      set: {views: [function, loss, parameters]}
      watch: function
      ask:
        text: Where does the ball end?
        choices: ["in the valley at 1.96", "in the valley at -1.01", it stays on the top]
        answer: 2
        because: |
          x = 1 lies left of the top, so it rolls left, slowly at first, across 0. After the notes' 300 steps it is at
          -1.0112, still 0.0011 short of the floor.
      facts: [{when: "abs(x + 1.0112) < 5e-5", steps: 300}, {when: "abs(x + 1.0123) < 5e-5", steps: 2000}]
    - text: |
        Which side of a top decides everything. Start just right of it, at 1.02, and the same rule finds another valley.
      press: [left, right, enter]
      watch: function
      set: {start.x: 1.02, views: [function, loss, parameters], pace: 60}
      goal:
        text: Reach the floor of the valley at 1.96005
        when: abs(x - 1.96005) < 1e-4
        solution: {steps: 400}
    - text: |
        A valley holds the ball only while η is below 2/f'' at its floor. At 4.0385 that limit is 0.0076.
      set: {start.x: 4, views: [function, loss, parameters], pace: 10}
      advance: 2000
      watch: function
      ask:
        text: From x = 4 with η = 0.01, what happens?
        choices: [It settles at 4.0385, It hops between two places, It flies away]
        answer: 2
        because: |
          Too much for this floor, too little to leave: it hops between 3.8686 and 4.1606 for ever, a 2-cycle. With 0.005 it
          settles; with 0.05 it is thrown out.
      facts: [{when: "abs(x - 3.8686) < 1e-4", steps: 2000}, {when: "abs(x - 4.1606) < 1e-4", steps: 2001}, {when: "abs(x - 4.0385) < 1e-4 and abs(2/lambda_max - 0.0076) < 5e-5", set: {learning_rate: 0.005}, steps: 400}, {when: "x < 3", set: {learning_rate: 0.05}, steps: 2000},
        "x > 3.8"]
    - text: |
        The outermost valley, at 4.75227, is the deepest here, and the narrowest: f'' is 430 there.
      press: ["=", left, right, enter, r]
      watch: function
      set: {start.x: 4.6, learning_rate: 0.01, views: [function, loss, parameters], pace: 30}
      goal:
        text: Settle there (x within 1e-5 of 4.75227 for 20 steps)
        when: abs(x - 4.752271) < 1e-5 and unchanged >= 20
        solution: {set: {learning_rate: 0.002}, steps: 200}
      facts: [{when: "abs(x - 4.75227) < 1e-5 and abs(lambda_max - 430) < 0.5", set: {learning_rate: 0.002}, steps: 400}]
    - text: |
        From -3 with η = 0.05 no valley it meets can hold it. Two starts that differ by 1e-15 part after some fifty steps:
        this is chaos, in one line of code.
      set: {start.x: -3, learning_rate: 0.05, views: [function, loss, parameters], pace: 10}
      watch: function
      goal:
        text: Calm it down. Settle anywhere by lowering the rate
        when: step >= 10 and abs(2 x^2 cos(x^2 + 1) + sin(x^2 + 1)) < 1e-6
        solution: {set: {learning_rate: 0.01}, steps: 200}

"""#),
  ("beale", #"""
glissade: 1
title: Beale's plain
group: Two variables
summary: Nearly flat plains between steep corners; adaptive methods cross them
notes: |
  (1.5 - x + xy)² + (2.25 - x + xy²)² + (2.625 - x + xy³)² has its minimum at (3, 0.5).
  On the plains the gradient is tiny, in the corners it is huge. Compare gd with adagrad, rmsprop and adam.
function:
  landscape: beale
  x_range: [-4.5, 4.5]
  y_range: [-4.5, 4.5]
start: {x: 1, y: 1.5}
optimizer: gd
learning_rate: 0.005
steps: 5000
pace: 200
variants:
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.05}
  - name: AdaGrad
    set: {optimizer: adagrad, learning_rate: 0.5}
  - name: momentum
    set: {optimizer: momentum, learning_rate: 0.002}

"""#),
  ("himmelblau", #"""
glissade: 1
title: Himmelblau's four minima
group: Two variables
summary: Four equal minima share the plane; the start decides which one wins
notes: |
  (x² + y - 11)² + (x + y² - 7)² is 0 at (3, 2), (-2.81, 3.13), (-3.78, -3.28) and (3.58, -1.85).
  Start close to a border between two basins and change the rate a little: another minimum wins.
function:
  landscape: himmelblau
  x_range: [-5, 5]
  y_range: [-5, 5]
start: {x: 0, y: 0}
optimizer: gd
learning_rate: 0.005
steps: 500
pace: 20
variants:
  - name: to the upper left
    set: {start.x: -1, start.y: 1}
  - name: near a border
    set: {start.x: -0.27, start.y: -0.92}
  - name: a large rate
    set: {learning_rate: 0.02}
  - name: momentum
    set: {optimizer: momentum}

"""#),
  ("quadratic", #"""
glissade: 1
title: A ravine of condition number 100
group: Two variables
summary: A quadratic a hundred times steeper across than along; why momentum was invented
notes: |
  Across the ravine the rate must stay below 2/100; along it that is a snail's pace. Heavy-ball momentum turns
  the needed number of steps from the condition number into its root.
  Try momentum 0.67 with a rate of 0.033, the best there is for this ravine.
function:
  landscape: {name: quadratic, kappa: 100}
  x_range: [-12, 12]
  y_range: [-3, 3]
start: {x: 10, y: 1}
optimizer: gd
learning_rate: 0.018
steps: 500
pace: 20
variants:
  - name: best fixed rate
    set: {learning_rate: 0.019801980198019802}
  - name: over the edge
    set: {learning_rate: 0.0201}
  - name: best heavy ball
    set: {optimizer: {name: momentum, momentum: 0.6694214876033058}, learning_rate: 0.03305785123966942}
  - name: Nesterov
    set: {optimizer: nesterov, learning_rate: 0.01}
  - name: turned by 30 degrees, Adam loses its axes
    set: {function.landscape.angle: 30, optimizer: adam, learning_rate: 0.3}

"""#),
  ("rosenbrock", #"""
glissade: 1
title: Rosenbrock's valley
group: Two variables
summary: A curved valley that is easy to find and slow to follow
notes: |
  (1 - x)² + 100 (y - x²)². The walls are a thousand times steeper than the floor, so the rate that the walls
  allow is far too small for the floor. Momentum gathers speed along the floor; Adam and L-BFGS learn its shape.
  Switch the optimizer while it creeps, and watch the trail bend.
function:
  landscape: rosenbrock
  x_range: [-2, 2]
  y_range: [-1, 3]
start: {x: -1.2, y: 1}
optimizer: gd
learning_rate: 0.001
steps: 20000
pace: 500
variants:
  - name: momentum
    set: {optimizer: momentum}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.02}
  - name: L-BFGS
    set: {optimizer: {name: lbfgs, line_search: true}, learning_rate: 1, pace: 5}
  - name: Newton
    set: {optimizer: newton, learning_rate: 1, pace: 2}

"""#),
  ("saddle", #"""
glissade: 1
title: A saddle
group: Two variables
summary: Down along y, up along x; near the saddle the slope vanishes and descent dawdles
notes: |
  x² - y² + q y⁴ is flat at the origin, but the origin is no minimum. Started almost on the ridge, gradient descent
  first runs to the saddle, lingers, and leaves along y. The closer to the ridge, the longer it lingers;
  exactly on it, it stays for ever.
function:
  landscape: saddle
  x_range: [-2, 2]
  y_range: [-2, 2]
start: {x: 1.5, y: 0.001}
optimizer: gd
learning_rate: 0.02
steps: 1000
pace: 30
variants:
  - name: exactly on the ridge
    set: {start.y: 0}
  - name: momentum lingers less
    set: {optimizer: momentum}
  - name: Adam does not see the flatness
    set: {optimizer: adam, learning_rate: 0.05}
  - name: Newton is drawn to the saddle
    set: {optimizer: newton, learning_rate: 0.2, start.y: 0.3}

"""#),
  ("and", #"""
glissade: 1
title: AND by a small net
group: Gates
summary: AND needs no hidden layer, and learns all the faster with one
notes: |
  A single line separates AND, close to the corner (1, 1). Compare with and-logistic, which has no hidden layer,
  and with xor, where the hidden layer is everything.
model:
  kind: mlp
  hidden: [4]
  activation: tanh
data: and
start:
  initializer: glorot_uniform
optimizer: adam
learning_rate: 0.05
seed: 1
steps: 500
pace: 30
variants:
  - name: plain gradient descent
    set: {optimizer: gd, learning_rate: 1}
  - name: two hidden units
    set: {hidden: 2}
  - name: ReLU
    set: {activation: relu}
  - name: noisy corners
    set: {data.samples: 200, data.noise: 0.15}

"""#),
  ("and-linear", #"""
glissade: 1
title: "AND by linear regression"
group: Gates
summary: The best plane through AND answers −1/4, 1/4, 1/4 and 3/4
notes: |
  The normal equations give θ = (-0.25, 0.5, 0.5). The values are no probabilities, one of them even lies outside of
  0 to 1, but a threshold at 1/2 classifies all four corners rightly: better than the penalised logistic regression of
  the notes (and-logistic, first variant).
  The notes' code marks this part as "The OR gate" once more; it is AND.
model: linear
data: and
start: [0.9, -0.6, 0.4]
optimizer: gd
learning_rate: 0.3
steps: 400
pace: 20
variants:
  - name: in one step, by the normal equations
    set: {optimizer: newton, learning_rate: 1, pace: 1}

"""#),
  ("and-logistic", #"""
glissade: 1
title: AND by logistic regression
group: Gates
summary: One line separates AND, near its corner
notes: |
  One line is enough, and the loss falls for ever: the weights grow without bound, because the classes can be
  separated. A little l2 stops them.
  The notes find logistic regression "somewhat better" than least squares. With scikit-learn's penalty (C = 1, the
  first variant) it is worse: it answers the same to all corners, right for 3 of 4, where and-linear has all four.
model: logistic
data: and
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
  - name: scikit-learn's C = 1
    set: {reduction: sum, l2: 1, learning_rate: 0.5}
  - name: held back by a penalty
    set: {l2: 0.01}
  - name: Newton's method
    set: {optimizer: {name: newton, damping: 0.001}, pace: 2}

"""#),
  ("or", #"""
glissade: 1
title: OR by a small net
group: Gates
summary: OR needs no hidden layer, and learns all the faster with one
notes: |
  A single line separates OR; the hidden layer is more than it needs. Compare with or-logistic, which has none,
  and with xor, where the hidden layer is everything.
model:
  kind: mlp
  hidden: [4]
  activation: tanh
data: or
start:
  initializer: glorot_uniform
optimizer: adam
learning_rate: 0.05
seed: 1
steps: 500
pace: 30
variants:
  - name: plain gradient descent
    set: {optimizer: gd, learning_rate: 1}
  - name: two hidden units
    set: {hidden: 2}
  - name: ReLU
    set: {activation: relu}
  - name: noisy corners
    set: {data.samples: 200, data.noise: 0.15}

"""#),
  ("or-linear", #"""
glissade: 1
title: "OR by linear regression"
group: Gates
summary: The best plane through OR answers 1/4, 3/4, 3/4 and 5/4
notes: |
  The normal equations give θ = (0.25, 0.5, 0.5). The values are no probabilities, one of them even lies outside of
  0 to 1, but a threshold at 1/2 classifies all four corners rightly: better than the penalised logistic regression of
  the notes (or-logistic, first variant).
model: linear
data: or
start: [0.9, -0.6, 0.4]
optimizer: gd
learning_rate: 0.3
steps: 400
pace: 20
variants:
  - name: in one step, by the normal equations
    set: {optimizer: newton, learning_rate: 1, pace: 1}

"""#),
  ("or-logistic", #"""
glissade: 1
title: OR by logistic regression
group: Gates
summary: One line separates OR
notes: |
  One line is enough, and the loss falls for ever: the weights grow without bound, because the classes can be
  separated. A little l2 stops them.
  The notes find logistic regression "somewhat better" than least squares. With scikit-learn's penalty (C = 1, the
  first variant) it is worse: it answers the same to all corners, right for 3 of 4, where or-linear has all four.
model: logistic
data: or
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
  - name: scikit-learn's C = 1
    set: {reduction: sum, l2: 1, learning_rate: 0.5}
  - name: held back by a penalty
    set: {l2: 0.01}
  - name: Newton's method
    set: {optimizer: {name: newton, damping: 0.001}, pace: 2}

"""#),
  ("perceptron", #"""
glissade: 1
title: Rosenblatt's perceptron
group: Gates
summary: Learns only from mistakes, one sample at a time; stops by itself when there are none
notes: |
  w ← w + η (t - y) [1, x] with y = 1 where b + w·x ≥ 0. For data that a line separates it makes finitely many
  mistakes (OR: none from the fourth round on, AND: from the sixth). On XOR it goes round for ever.
model: perceptron
data: and
reduction: sum
batch: {size: 1, order: sequential}
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 48
pace: 4
variants:
  - name: OR
    set: {data: or}
  - name: XOR, round and round
    set: {data: xor}
lesson:
  title: Learning from mistakes alone
  section: Gates
  order: 72
  steps:
    - text: |
        Rosenblatt's neuron answers 1 where b + w·x ≥ 0, else 0. It learns only when it errs: then it adds the input to its
        weights, or takes it away. One sample a step, in order; four steps are a round.
      set: {views: [boundary, truth_table, parameters, loss], pace: 2}
      watch: boundary
    - text: |
        AND is parted by a line, so the rule must come to an end (Novikoff, 1962).
      set: {views: [boundary, truth_table, parameters, loss], pace: 4}
      watch: truth_table
      goal:
        text: All four rows of AND right
        when: accuracy >= 1
        solution: {steps: 20}
      facts: [{when: accuracy == 1 and epoch == 5, steps: 20}, {when: accuracy < 1, steps: 16}]
    - text: |
        The same for OR.
      set: {data: or, views: [truth_table, boundary, parameters, loss]}
      advance: 12
      watch: boundary
      ask:
        text: After how many rounds of four are all rows right?
        choices: ["1", "3", "10"]
        answer: 2
        because: |
          After three rounds; in the fourth it makes no mistake any more, and nothing changes. AND took five.
      facts: ["accuracy == 1", "epoch == 3", {when: accuracy < 1, steps: 8}]
    - text: |
        Now XOR, which no line parts.
      set: {data: xor, views: [boundary, truth_table, parameters, loss]}
      advance: 400
      watch: boundary
      ask:
        text: What happens after a hundred rounds?
        choices: [It found something, It errs in every row of every round, It stands still]
        answer: 2
        because: |
          Each round ends with the weights it began with, (0, -1, 0), after four mistakes: round and round for ever. The
          rule has no way to say that there is no line.
      facts: ["p[0] == 0 and p[1] == -1 and p[2] == 0", "accuracy == 0.5"]
    - text: |
        Watch it go round: the line turns, and turns back.
      press: [".", space]
      set: {data: xor, pace: 4, views: [boundary, truth_table, parameters, loss]}
      watch: boundary
      goal:
        text: Back where it was, after three rounds
        when: step >= 12 and p[0] == 0 and p[1] == -1 and p[2] == 0
        solution: {steps: 12}

"""#),
  ("xor", #"""
glissade: 1
title: XOR by a small net
group: Gates
summary: A hidden layer bends the line that XOR cannot have
notes: |
  No straight line separates the two classes of XOR. Four hidden units bend the plane until one line does:
  watch the boundary fold while the loss falls.
  Try fewer units (with two, about half of all seeds get stuck), other activations, another seed (R).
model:
  kind: mlp
  hidden: [4]
  activation: tanh
data: xor
start:
  initializer: glorot_uniform
optimizer: adam
learning_rate: 0.05
seed: 1
steps: 500
pace: 30
variants:
  - name: plain gradient descent
    set: {optimizer: gd, learning_rate: 1}
  - name: two hidden units
    set: {hidden: 2}
  - name: ReLU
    set: {activation: relu}
  - name: noisy corners
    set: {data.samples: 200, data.noise: 0.15}
lesson:
  title: Bending the plane
  section: Gates
  order: 74
  steps:
    - text: |
        A hidden layer does what no line can. Four units look at the two inputs, each with a soft line of its own; the output
        looks at the four. Watch the boundary fold while the loss falls.
      set: {views: [boundary, hidden, loss, network, truth_table]}
      watch: boundary
    - text: |
        How few units will do? Begin with one, by plain descent with η = 1.
      set: {hidden: 1, optimizer: gd, learning_rate: 1, views: [boundary, loss, hidden, network]}
      advance: 2000
      watch: boundary
      ask:
        text: How often does one hidden unit learn XOR?
        choices: [never, about half of the time, nearly always]
        answer: 1
        because: |
          Never: one unit is one soft line, and the plane stays cut in two. This run ended with three rows right of four.
      facts: ["accuracy == 0.75"]
    - text: |
        Two units can: OR and NAND, for instance. But it depends on where they begin. This seed is stuck at a loss of
        0.347, half of ln 2. Over many seeds about 55 in 100 succeed.
      press: [R, t]
      watch: loss
      set: {hidden: 2, optimizer: gd, learning_rate: 1, seed: 2, pace: 1000, views: [boundary, hidden, loss, network]}
      goal:
        text: Find a seed with which two units learn XOR (loss below 0.01)
        when: units == 2 and accuracy >= 1 and loss < 0.01
        solution: {set: {seed: 3}, steps: 1000}
      facts: [{when: "abs(loss - 0.347) < 5e-4 and accuracy == 0.5", steps: 2000}]
    - text: |
        What makes it possible is seen inside. The hidden pane shows where the four corners land in the space of the hidden
        units: they are moved until one line parts them.
      set: {hidden: 2, optimizer: gd, learning_rate: 1, seed: 3, pace: 100, views: [hidden, boundary, loss, network]}
      watch: hidden
      ask:
        text: In the hidden space, which kind of boundary does the output draw?
        choices: [a curve, a straight line, two lines]
        answer: 2
        because: |
          A straight line: the output unit is a logistic regression. The bending was done before it, by the hidden units.
    - text: |
        More units make it nearly certain: of 200 seeds, three units learn it with nine in ten, four with every one.
      press: [R, t, v]
      watch: hidden
      set: {optimizer: gd, learning_rate: 1, pace: 60, views: [boundary, hidden, loss, network]}
      goal:
        text: XOR by four units with a loss below 0.02
        when: units == 4 and accuracy >= 1 and loss < 0.02
        solution: {steps: 300}

"""#),
  ("xor-linear", #"""
glissade: 1
title: XOR by linear regression
group: Gates
summary: The best plane through XOR is flat, at one half
notes: |
  The normal equations give θ = (1/2, 0, 0): every prediction is 1/2. For OR and AND (data: or, data: and) the
  plane tilts, and a threshold at 1/2 classifies all four corners rightly, although its values are not
  probabilities. Newton's method takes one step, because the loss is a parabola.
model: linear
data: xor
start: [0.9, -0.6, 0.4]
optimizer: gd
learning_rate: 0.3
steps: 400
pace: 20
variants:
  - name: in one step, by the normal equations
    set: {optimizer: newton, learning_rate: 1, pace: 1}
  - name: OR
    set: {data: or}
  - name: AND
    set: {data: and}
lesson:
  title: One plane is not enough
  section: Gates
  order: 70
  steps:
    - text: |
        A gate is a table of four rows. Linear regression puts a plane through its four corners: θ0 + θ1 x1 + θ2 x2, as near to
        the targets as it can.
      set: {views: [truth_table, boundary, loss, parameters], pace: 20}
      watch: truth_table
      ask:
        text: What does the best plane answer to the four corners of XOR?
        choices: ["0, 1, 1, 0", "1/2 to all", "1/4, 3/4, 3/4, 5/4"]
        answer: 2
        because: |
          Each corner has neighbours of the other kind; no tilt helps. The plane is flat at one half: θ = (1/2, 0, 0).
      facts: [{when: "abs(p[0] - 1/2) < 1e-9 and abs(p[1]) < 1e-9 and abs(p[2]) < 1e-9", steps: 400}]
    - text: |
        OR is easier: its plane is tilted, and answers 1/4, 3/4, 3/4 and 5/4. Those are no probabilities, but a threshold
        at 1/2 will do.
      set: {data: or, views: [truth_table, boundary, loss, parameters], pace: 20}
      watch: boundary
      goal:
        text: All four rows right, and the loss at its lowest, 1/16
        when: accuracy >= 1 and loss < 0.06251
        solution: {steps: 60}
      facts: [{when: "abs(p[0] - 1/4) < 1e-9 and abs(p[1] - 1/2) < 1e-9 and abs(p[2] - 1/2) < 1e-9", steps: 400}]
    - text: |
        The notes go on to logistic regression, and find it "somewhat better". scikit-learn's default holds the weights back
        (C = 1, an l2 penalty of 1).
      set: {kind: logistic, data: or, reduction: sum, l2: 1, learning_rate: 0.5, start: [0, 0, 0], views: [truth_table, boundary, loss, parameters]}
      advance: 1000
      watch: truth_table
      ask:
        text: How many of OR's four rows does it get right?
        number: 3
        tolerance: 0
        because: |
          It answers "one" to all: with so few samples the penalty outweighs them. Least squares had all four, so it is
          worse, not better. Without the penalty it learns OR at once.
      facts: ["accuracy == 0.75", {when: accuracy == 1, set: {l2: 0}, steps: 1000}]
    - text: |
        And XOR? Without any penalty, from weights of 0.9, -0.6 and 0.4.
      set: {kind: logistic, views: [boundary, truth_table, loss, parameters], learning_rate: 1, pace: 60}
      watch: loss
      ask:
        text: To what value does the loss fall? (ln 2 = 0.693)
        number: 0.693
        tolerance: 0.002
        because: |
          ln 2, the cost of answering 1/2. A line cannot part XOR, whatever the loss: it takes a hidden layer.
      facts: [{when: abs(loss - log(2)) < 1e-9, steps: 1000}]
    - text: |
        See it come to a standstill: the gradient goes to 0 with half of the rows wrong.
      press: [t]
      watch: boundary
      goal:
        text: Stuck at ln 2, with a gradient below 1e-6
        when: gradient_norm < 1e-6 and abs(loss - log(2)) < 1e-9
        solution: {steps: 1000}

"""#),
  ("xor-logistic", #"""
glissade: 1
title: XOR by logistic regression
group: Gates
summary: Logistic regression cannot learn XOR and stays at ln 2
notes: |
  The best line there is says 1/2 to everything: the loss stays at ln 2 = 0.693 however long it runs, and the gradient
  is exactly zero from the zeros it starts with. Add the feature x1*x2, and the line becomes a curve.
  With scikit-learn's penalty (C = 1, the first variant) it is the same: half of the corners are right.
model: logistic
data: xor
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
  - name: scikit-learn's C = 1
    set: {reduction: sum, l2: 1, learning_rate: 0.5}
  - name: a feature that bends the line
    set: {features: "x1,x2,x1*x2"}
  - name: Newton's method
    set: {optimizer: {name: newton, damping: 0.001}, pace: 2}

"""#),
  ("checkerboard", #"""
glissade: 1
title: A checkerboard
group: Data sets
summary: Many borders at once; capacity against patience
notes: |
  Sixteen squares need many lines at once. ReLU units lay straight folds, sine units waves; both need some
  thousands of steps. Watch how the first borders appear at the edges.
model: {kind: mlp, hidden: [24, 24], activation: relu}
data: {name: checkerboard, samples: 600, test_fraction: 0.2}
optimizer: adam
learning_rate: 0.01
batch: 32
steps: 10000
pace: 300
variants:
  - name: sine units
    set: {activation: sine}
  - name: tanh
    set: {activation: tanh}
  - name: two squares a side
    set: {data.squares: 2, hidden: 8}

"""#),
  ("circle", #"""
glissade: 1
title: A disc in a ring
group: Data sets
summary: Three hidden units draw a triangle around the disc, more of them a circle
notes: |
  Each hidden unit draws one line; three are the least that close around the disc. With the features x1^2 and
  x2^2 no hidden layer is needed at all.
model: {kind: mlp, hidden: [4], activation: tanh}
data: {name: circle, samples: 200, noise: 0.2, test_fraction: 0.3}
optimizer: adam
learning_rate: 0.03
batch: 10
steps: 3000
pace: 60
variants:
  - name: three units
    set: {hidden: 3}
  - name: squares as features, no hidden layer
    set: {kind: logistic, features: "1,x1^2,x2^2"}
  - name: ReLU
    set: {activation: relu}

"""#),
  ("gaussians", #"""
glissade: 1
title: Two clouds
group: Data sets
summary: The classes overlap, so some errors are right; a line is the best there is
notes: |
  Two round Gaussian clouds of equal size: the best boundary is the straight line midway between them, and no
  model can be without errors. A large net can learn the noise by heart: watch the test loss rise while the
  training loss still falls.
model: logistic
data: {name: gaussians, samples: 200, noise: 1.2, test_fraction: 0.3}
optimizer: gd
learning_rate: 0.1
steps: 500
pace: 30
variants:
  - name: a net that learns noise by heart
    set: {kind: mlp, hidden: "32,32", activation: relu, optimizer: adam, learning_rate: 0.01, steps: 3000}
  - name: small batches
    set: {batch: 5}

"""#),
  ("linear-regression", #"""
glissade: 1
title: A line through noisy points
group: Data sets
summary: The loss is a parabola in two parameters, so everything about descent can be seen
notes: |
  The contours of the loss are ellipses whose axes are the eigenvectors of the Hessian. The rate 1/lambda_max ends
  the error along the steepest axis in one step, and then creeps along the other; 2/lambda_max is the edge.
model: linear
data: {name: line, samples: 100, noise: 1}
start: [1, 0.5]
optimizer: gd
learning_rate: 1/lambda_max
steps: 200
pace: 10
variants:
  - name: close to the edge
    set: {learning_rate: 1.99/lambda_max}
  - name: over the edge
    set: {learning_rate: 2.01/lambda_max}
  - name: the best fixed rate by far is a heavy ball's
    set: {optimizer: {name: momentum, momentum: 0.3}, learning_rate: 2/lambda_max}
  - name: small batches
    set: {batch: 5, learning_rate: 0.05}

"""#),
  ("moons", #"""
glissade: 1
title: Two moons
group: Data sets
summary: Two half circles that reach into each other; a gentle bend is enough
notes: |
  A net of eight units bends its boundary between the moons within a few hundred steps. Raise the noise
  (`:` then `data.noise 0.3`) and compare training and test loss.
model: {kind: mlp, hidden: [8], activation: tanh}
data: {name: moons, samples: 200, noise: 0.15, test_fraction: 0.3}
optimizer: adam
learning_rate: 0.02
batch: 20
steps: 3000
pace: 60
variants:
  - name: heavy noise
    set: {data.noise: 0.35}
  - name: a line does what it can
    set: {hidden: "[]"}

"""#),
  ("spiral", #"""
glissade: 1
title: Two spirals
group: Data sets
summary: The hardest toy there is for a small net; layers unwind it
notes: |
  The classes wind around each other. A wide enough net of two layers unwinds them, slowly at first: the loss
  stays on a plateau, then falls all at once. Sines of the inputs as features help; so does a third layer.
model: {kind: mlp, hidden: [16, 16], activation: tanh}
data: {name: spiral, samples: 300, noise: 0.05, test_fraction: 0.2}
optimizer: adam
learning_rate: 0.01
batch: 20
steps: 10000
pace: 300
variants:
  - name: sine units
    set: {activation: sine, learning_rate: 0.003}
  - name: sines of the inputs
    set: {features: "x1,x2,sin(x1),sin(x2)"}
  - name: plain gradient descent
    set: {optimizer: gd, learning_rate: 0.3}

"""#),
  ("notes-ad-sin", #"""
glissade: 1
title: "Notes: sin(2πx + x²), the first derivative"
group: Lecture notes
summary: The derivative that the notes take first, exact to the last digits at every point
notes: |
  The program differentiates the formula that you see, operation by operation; nothing is approximated. At x = 0.3 the
  slope is -2.7067844, the number that the tape of `glissade grad` gives in both directions.
  In the notes the derivative is taken element by element over 1000 points: it is no gradient of one function of 1000
  variables, but 1000 slopes of one function of a single variable.
function:
  formula: sin(2 pi x + x^2)
  x_range: [-1, 2]
  y_range: [-1.5, 1.5]
start: {x: 0.3}
optimizer: gd
learning_rate: 0.005
steps: 200
pace: 10
variants:
  - name: uphill of the top, to the other valley
    set: {start.x: 0.2}
  - name: from x = 1
    set: {start.x: 1}
  - name: momentum
    set: {optimizer: momentum}
lesson:
  title: Exact slopes, and their rivals
  section: Automatic differentiation
  order: 10
  steps:
    - text: |
        The formula on the screen is a small program: a square, a product, a sum, a sine. The tape shows its operations one
        by one, each with its value and its slope. The chain rule puts the slopes together: nothing is approximated.
      set: {views: [tape, function, gradient_check, loss], pace: 4}
      advance: 0
      watch: tape
      press: [d, D]
      facts: ["abs(x - 0.3) < 1e-12", "abs(loss - sin(2 pi x + x^2)) < 1e-15"]
    - text: |
        The rival needs no chain rule: (f(x + h) - f(x)) / h, the forward difference. Its error falls with h, because the
        curve is straighter the closer one looks.
      set: {views: [gradient_check, tape, function, loss]}
      advance: 0
      watch: gradient_check
      ask:
        text: Is a smaller h always better?
        choices: ["yes, down to the smallest number there is", "no, below some h it is worse again", "h does not matter"]
        answer: 2
        because: |
          f(x + h) and f(x) agree in more and more digits, and their difference keeps only what rounding left. At x = 0.3
          and h = 1e-15 the error is 0.04; the best that forward differences do is about 1e-7.
      facts:
        - "abs((sin(2 pi (x + 1e-15) + (x + 1e-15)^2) - sin(2 pi x + x^2)) / 1e-15 - (2 pi + 2 x) cos(2 pi x + x^2)) > 0.01"
        - "abs((sin(2 pi (x + 1e-8) + (x + 1e-8)^2) - sin(2 pi x + x^2)) / 1e-8 - (2 pi + 2 x) cos(2 pi x + x^2)) < 1e-6"
    - text: |
        Central differences, (f(x + h) - f(x - h)) / 2h, lose a whole term of the error. They have their best h too, but a
        larger one.
      watch: gradient_check
      ask:
        text: By what factor does the central error shrink when h becomes ten times smaller?
        number: 100
        tolerance: 1
        because: |
          It goes as h², so a hundred times, until rounding takes over near h = 1e-6 with an error below 1e-9.
          Automatic differentiation needs no h at all: its error is that of the last digit.
      facts:
        - "abs((sin(2 pi (x + 1e-6) + (x + 1e-6)^2) - sin(2 pi (x - 1e-6) + (x - 1e-6)^2)) / 2e-6 - (2 pi + 2 x) cos(2 pi x + x^2)) < 1e-9"
    - text: |
        Descent needs slopes at every step. From 0.3 it runs down to the valley, where the slope vanishes; an exact slope
        does so in earnest.
      set: {views: [function, tape, gradient_check, loss], pace: 10}
      watch: function
      goal:
        text: Come so near the valley's floor that the slope is below 1e-12
        when: gradient_norm < 1e-12
        solution: {steps: 150}

"""#),
  ("notes-ad-f1", #"""
glissade: 1
title: "Notes: f1, x³ + 1"
group: Lecture notes
summary: The slope of x³ + 1 at x = 1 is 3
notes: |
  A polynomial of one variable. Downhill of 1 the curve levels out at 0, where its slope vanishes without a minimum:
  descent creeps towards 0 and hardly gets past it.
  In the notes the argument must be a decimal number: Autograd refuses the whole number 1 with a TypeError.
function:
  formula: x^3 + 1
  x_range: [-2, 2]
  y_range: [-7, 9]
start: {x: 1}
optimizer: gd
learning_rate: 0.02
steps: 300
pace: 15
variants:
  - name: left of the plateau, down without end
    set: {start.x: -0.2, steps: 60}
  - name: momentum carries it over the plateau
    set: {optimizer: momentum, steps: 24, pace: 4}
  - name: Newton halves the distance with each step
    set: {optimizer: newton, learning_rate: 1, steps: 30, pace: 2}

"""#),
  ("notes-ad-f2", #"""
glissade: 1
title: "Notes: f2, two partial derivatives"
group: Lecture notes
summary: 3x₁³ + x₂(x₁ − 5) + 1 has the partial derivatives 12 and −4 at (1, 3)
notes: |
  One function of two numbers, with one partial derivative for each. The surface has no minimum: the way down leads past
  a shelf and then falls ever faster, so the run is short.
  The notes print Autograd's number under the heading "analytical" too, so their comparison cannot fail; worked out by
  hand, 9x₁² + x₂ = 12 and x₁ - 5 = -4.
function:
  formula: 3 x1^3 + x2 (x1 - 5) + 1
  x_range: [-2, 2]
  y_range: [0, 6]
start: {x1: 1, x2: 3}
optimizer: gd
learning_rate: 0.005
steps: 60
pace: 6
variants:
  - name: from (0, 0), along x2 first
    set: {start.x1: 0, start.x2: 0}
  - name: smaller steps
    set: {learning_rate: 0.001, steps: 300, pace: 30}

"""#),
  ("notes-ad-f3", #"""
glissade: 1
title: "Notes: f3, a function of a vector"
group: Lecture notes
summary: 2x₀ + 3x₁ + 5x₂ + 7x₃ + 11x₄² has the gradient (2, 3, 5, 7, 88) at (0, 1, 2, 3, 4)
notes: |
  The gradient has one entry for each entry of the vector. Four of them never change, because the function is linear
  there: descent runs down along them for ever, and only x[4] comes to rest.
  In the notes the vector may be longer than five: entries that are not used have the derivative 0 and stay where they are,
  as in the variant.
function:
  formula: x in R^5; 2x[0] + 3x[1] + 5x[2] + 7x[3] + 11x[4]^2
start: [0, 1, 2, 3, 4]
optimizer: gd
learning_rate: 0.01
steps: 100
pace: 10
variants:
  - name: seven entries, two of them unused
    set: {function.formula: "x in R^7; 2x[0] + 3x[1] + 5x[2] + 7x[3] + 11x[4]^2", start: [1, 2, 3, 4, 5, 6, 7]}
  - name: x[4] at rest after one step
    set: {learning_rate: 1/lambda_max}

"""#),
  ("notes-ad-f4", #"""
glissade: 1
title: "Notes: f4, elementary functions"
group: Lecture notes
summary: √(1 + x²) + eˣ + sin 2πx has the slope 13.8759 at x = 2.7
notes: |
  Square root, exponential and sine: each knows its own derivative, and the chain rule puts them together. Right of
  1.9 the exponential is steeper than any wave of the sine; descent from 2.7 ends in the first valley left of that.
function:
  formula: sqrt(1 + x^2) + exp(x) + sin(2 pi x)
  x_range: [-3, 3]
  y_range: [0, 25]
start: {x: 2.7}
optimizer: gd
learning_rate: 0.005
steps: 200
pace: 10
variants:
  - name: momentum, through to the next valley
    set: {optimizer: momentum}
  - name: from -1.3
    set: {start.x: -1.3}
  - name: too large a rate, over several valleys at once
    set: {learning_rate: 0.1}

"""#),
  ("notes-ad-f5", #"""
glissade: 1
title: "Notes: f5, a branch"
group: Lecture notes
summary: "x² for x ≥ 0, else 1 − 3x: the derivative is that of the branch taken"
notes: |
  A program may decide which formula holds. At 2.7 the first branch is taken, and the slope is 5.4.
  The function jumps at 0, from 1 down to 0, and the derivative does not notice: at x = 0 it is 0, that of the branch
  taken. Start left of 0 and watch the loss fall off the step. The notes have no analytic check of this program.
function:
  formula: "x >= 0 ? x^2 : -3x + 1"
  x_range: [-3, 3]
  y_range: [-1, 10]
start: {x: 2.7}
optimizer: gd
learning_rate: 0.05
steps: 100
pace: 8
variants:
  - name: from the left, off the step
    set: {start.x: -2}
  - name: over the jump, and thrown back
    set: {learning_rate: 1.1, start.x: 0.5, steps: 30, pace: 2}
lesson:
  title: What a branch hides
  section: Automatic differentiation
  order: 12
  steps:
    - text: |
        This program decides: x² where x ≥ 0, else 1 - 3x. It is differentiated all the same, because at each point it
        takes one branch, and a branch is a formula. The tape shows the one that was taken.
      set: {views: [function, tape, loss, parameters]}
      advance: 0
      watch: tape
      facts: ["abs(loss - 7.29) < 1e-12"]
    - text: |
        At 0 the function jumps, from 1 on the left down to 0: it has no derivative there.
      set: {start.x: 0, views: [function, tape, loss, parameters]}
      advance: 3
      watch: function
      ask:
        text: What does automatic differentiation answer at x = 0?
        choices: ["-3, the left slope", "0, that of the branch taken", it refuses]
        answer: 2
        because: |
          x ≥ 0 holds at 0, so the program computes x², whose slope there is 0: descent stays where it is. The jump
          leaves no trace in any derivative; only you can know of it.
      facts: ["x == 0", "gradient_norm == 0"]
    - text: |
        Start on the left, at -2: the slope is -3 at every point, so each step of rate 0.05 goes 0.15 to the right.
      set: {start.x: -2, views: [function, loss, tape, parameters], pace: 4}
      watch: loss
      ask:
        text: After how many steps is the ball over the edge (x > 0)?
        number: 14
        tolerance: 0
        because: |
          13 steps lead to -0.05, the 14th to 0.1: the loss falls from 1.15 to 0.01 at once, though no slope ever
          promised such a fall.
      facts: [{when: "abs(x + 0.05) < 1e-9 and abs(loss - 1.15) < 1e-9", steps: 13}, {when: "abs(loss - 0.01) < 1e-9", steps: 14}]
    - text: |
        Now let it go wrong: with a rate that is too large the ball is thrown from the parabola back over the jump.
      press: ["=", "+", r]
      set: {start.x: 0.5, learning_rate: 0.2, views: [function, loss, tape, parameters], pace: 4}
      watch: function
      goal:
        text: Be thrown back to the left, x < -0.5
        when: x < -0.5
        solution: {set: {learning_rate: 1.1}, steps: 1}

"""#),
  ("notes-ad-f6", #"""
glissade: 1
title: "Notes: f6, a loop"
group: Lecture notes
summary: The sum of x⁰ to x⁹ by a for loop has the slope 3.95703 at 0.5
notes: |
  A loop is unrolled into as many operations as it runs: ten powers of x. The slope at 0.5 is 3.95703125, whichever way
  the loop is written; notes-ad-f6-while is the same sum with a while loop.
  The notes' analytic sum divides by zero at x = 0, where it computes 0 · 0⁻¹, while the program's derivative there
  is 1. Left of -1 the highest power takes over, and the sum falls without end.
function:
  formula: "sum(i, 0, 9, x^i)"
  x_range: [-1.2, 1.2]
  y_range: [-1, 8]
start: {x: 0.5}
optimizer: gd
learning_rate: 0.01
steps: 100
pace: 10
variants:
  - name: at 0, where the analytic sum of the notes fails
    set: {start.x: 0}

"""#),
  ("notes-ad-f6-while", #"""
glissade: 1
title: "Notes: f6 with a while loop"
group: Lecture notes
summary: The sum of x⁰ to x⁹ by a loop that counts for itself, with the same slope
notes: |
  A loop is unrolled into as many operations as it runs: ten powers of x. The slope at 0.5 is 3.95703125, whichever way
  the loop is written; notes-ad-f6 is the same sum with a counted one.
  The notes' analytic sum divides by zero at x = 0, where it computes 0 · 0⁻¹, while the program's derivative there
  is 1. Left of -1 the highest power takes over, and the sum falls without end.
function:
  formula: "loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)"
  x_range: [-1.2, 1.2]
  y_range: [-1, 8]
start: {x: 0.5}
optimizer: gd
learning_rate: 0.01
steps: 100
pace: 10
variants:
  - name: at 0, where the analytic sum of the notes fails
    set: {start.x: 0}

"""#),
  ("notes-ad-f7", #"""
glissade: 1
title: "Notes: f7, recursion"
group: Lecture notes
summary: A factorial that calls itself has the slope 1 at n = 2
notes: |
  The derivative is that of the program, the polynomial n (n - 1) ... 2 as long as the recursion runs, and not that of
  the gamma function, which passes through the same factorials: at n = 2 the program's slope is 1, while Γ'(3) is
  1.8456. At each whole number the recursion becomes one call shorter, which leaves a kink: the slope jumps.
  The notes' program stops only at exactly 0 or 1, so that it never ends for 2.5, and it fails with a TypeError at
  0 and 1; this one stops at every n <= 1, where its slope is 0.
function:
  formula: "fact(n) = n <= 1 ? 1 : n fact(n-1); fact(n)"
  x_range: [0, 5]
  y_range: [-1, 30]
start: {n: 2}
optimizer: gd
learning_rate: 0.02
steps: 100
pace: 8
variants:
  - name: from n = 3, slope 5
    set: {start.n: 3}
  - name: from n = 4, slope 26
    set: {start.n: 4, learning_rate: 0.005}
lesson:
  title: The derivative of a program
  section: Automatic differentiation
  order: 14
  steps:
    - text: |
        A factorial that calls itself: fact(n) = n · fact(n - 1), down to 1. Unrolled, the calls are a product,
        n (n - 1) …, and products can be differentiated. Look at the tape: as many factors as there were calls.
      set: {start.n: 3, views: [tape, function, loss, parameters]}
      advance: 0
      watch: tape
      facts: ["loss == 6"]
    - text: |
        Between the whole numbers the program computes something too. The gamma function passes through the same
        factorials, Γ(n + 1) = n!, and its slope at n = 2 is 1.8456.
      set: {start.n: 2, views: [function, tape, loss, parameters], pace: 4}
      advance: 1
      watch: function
      ask:
        text: What slope does the program have at n = 2?
        choices: ["1.8456, as Γ has", "1", "2"]
        answer: 2
        because: |
          At 2 the program computes n · 1, since n - 1 ≤ 1 ends the recursion, and the slope of n is 1. One step of rate
          0.02 led from 2 to 1.98. The derivative is that of the program, not of what it was meant to be.
      facts: ["abs(n - 1.98) < 1e-12"]
    - text: |
        At n = 3 two calls multiply: the program computes n (n - 1).
      set: {start.n: 3, views: [function, tape, loss, parameters], pace: 4}
      advance: 1
      watch: tape
      ask:
        text: What is its slope at n = 3?
        number: 5
        tolerance: 0
        because: |
          The slope of n² - n is 2n - 1 = 5: the step went from 3 to 2.9. At each whole number a factor comes or goes, and
          the slope jumps, which shows as a kink.
      facts: ["abs(n - 2.9) < 1e-12"]
    - text: |
        Below 1 the program answers 1 whatever n is: the slope is 0, and descent ends on that ledge.
      set: {start.n: 3, views: [function, loss, tape, parameters], pace: 20}
      watch: function
      goal:
        text: Roll on to the ledge, where the slope is 0
        when: n <= 1 and gradient_norm == 0
        solution: {steps: 80}

"""#),
  ("notes-ols-gd", #"""
glissade: 1
title: "Notes: OLS by gradient descent"
group: Lecture notes
summary: y = 4 + 3x with noise, 1000 steps of 1/λmax
notes: |
  The program that the notes begin with. Its rate, one over the Hessian's largest eigenvalue, is half of what
  would still converge. The result equals the normal equations' to about 13 digits.
model: linear
data: {name: line, samples: 100, noise: 1}
start: [1.0468, 0.5385]
optimizer: gd
learning_rate: 1/lambda_max
steps: 1000
pace: 20
variants:
  - name: best fixed rate near 2/(λmin + λmax)
    set: {learning_rate: 1.85/lambda_max}
  - name: at the edge
    set: {learning_rate: 2/lambda_max}
lesson:
  title: The rate and the Hessian
  section: "Optimisation: ordinary least squares"
  order: 20
  steps:
    - text: |
        A line y = θ0 + θ1 x through a hundred noisy points: the loss is a bowl over (θ0, θ1). Each step goes against the
        gradient, times the rate η. The bowl is steep along one direction and flat along another: the Hessian's
        eigenvectors. How steep, is told by its eigenvalues λ.
      set: {views: [contour, loss, spectrum, fit, parameters]}
      watch: contour
    - text: |
        The notes take η = 1/λmax, here 0.2402. A step multiplies the error along an eigenvector by 1 - ηλ.
      set: {views: [spectrum, contour, loss, fit, parameters], pace: 1}
      watch: spectrum
      ask:
        text: What becomes of the error along the steepest direction in the first step?
        choices: [It halves, It is gone, It changes sign]
        answer: 2
        because: |
          1 - η λmax = 0: one step ends that error for good, and the loss falls from 32.7 to 1.12. The rest creeps along
          the flat direction, where each step leaves 1 - λmin/λmax = 0.931 of it.
      facts: ["abs(learning_rate - 0.2402) < 5e-5", "abs(loss - 32.746) < 1e-3", {when: abs(loss - 1.12) < 1e-4, steps: 1}, "abs(1 - lambda_min/lambda_max - 0.931) < 5e-4"]
    - text: |
        So could the rate be larger? The factor 1 - ηλ must stay between -1 and 1, for every λ. Here λmax is 4.163.
      set: {views: [spectrum, loss, contour, fit, parameters], pace: 5}
      watch: spectrum
      ask:
        text: What is the largest η at which the steepest error does not grow?
        number: 0.4804
        tolerance: 0.003
        because: |
          1 - η λmax = -1 gives η = 2/λmax = 0.4804, twice the notes' rate. There the error along the steepest direction
          changes its sign at each step and never shrinks.
      facts: ["abs(lambda_max - 4.163) < 5e-4", "abs(2/lambda_max - 0.4804) < 5e-5"]
    - text: |
        Find that edge. Raise the rate while it runs: the ball goes from side to side, and then ever farther. Restart to be
        fair: only a run at one rate tells what that rate does.
      press: ["]", "[", "=", r]
      watch: spectrum
      set: {learning_rate: 0.4, views: [spectrum, loss, contour, fit, parameters], pace: 20}
      goal:
        text: Converge (loss below 1.1) with a rate of at least 0.475
        when: learning_rate >= 0.475 and unchanged >= 100 and loss < 1.1
        solution: {set: {learning_rate: 0.476}, steps: 300}
    - text: |
        Just over the edge, at 2.01/λmax, the error grows by one percent a step: slowly at first, then without end.
        Watch it leave the valley from side to side.
      set: {learning_rate: 2.01/lambda_max, views: [contour, loss, spectrum, fit, parameters], pace: 30}
      watch: contour
      goal:
        text: See the loss grow above 1000
        when: loss > 1000
        solution: {steps: 200}
      facts: ["abs(learning_rate lambda_max - 2.01) < 1e-9"]
    - text: |
        Both errors count: the best fixed rate makes the larger factor as small as it can be, with |1 - ηλ| equal at both
        ends. That is η = 2/(λmin + λmax), a little below the edge.
      press: ["=", r]
      watch: spectrum
      set: {views: [spectrum, loss, contour, fit, parameters], pace: 10}
      goal:
        text: Be within 1e-9 of the lowest loss, 1.083275, in at most 100 steps
        when: step <= 100 and loss < 1.083274942706656
        solution: {set: {learning_rate: 0.4494}, steps: 95}
      facts: ["abs(2/(lambda_min + lambda_max) - 0.4494) < 5e-5", {when: "abs(loss - 1.083275) < 5e-7", steps: 1000}]

"""#),
  ("notes-ols-momentum", #"""
glissade: 1
title: "Notes: OLS with momentum"
group: Lecture notes
summary: Noise-free line, heavy ball with γ = 0.3
notes: |
  In the notes 30 steps of plain descent are followed by 30 with momentum from where those ended; the variant
  does just that. To compare the two fairly, start both from the same place.
model: linear
data: {name: line, samples: 100, noise: 0}
start: [-1.3908, -0.8463]
optimizer: {name: momentum, momentum: 0.3}
learning_rate: 1/lambda_max
steps: 60
pace: 5
variants:
  - name: no momentum
    set: {optimizer: gd}
  - name: γ = 0.6
    set: {momentum: 0.6}
  - name: γ = 0.9 swings
    set: {momentum: 0.9}
lesson:
  title: A ball with memory
  section: "Optimisation: ordinary least squares"
  order: 22
  steps:
    - text: |
        Plain descent forgets every step. From this start 60 steps at η = 1/λmax leave a loss of 5.8e-5: the flat
        direction is slow. A heavy ball remembers: v ← γ v + η ∇f, then θ ← θ - v.
        (The notes begin with momentum where plain descent ended, which is no comparison. Here all have one start.)
      set: {optimizer: gd, views: [contour, loss, optimizer, fit, spectrum]}
      advance: 60
      watch: contour
      facts: ["abs(loss / 5.817e-5 - 1) < 1e-3", "step == 60"]
    - text: |
        Now γ = 0.3, as in the notes, with the same start and rate.
      set: {momentum: 0.3, views: [loss, contour, optimizer, fit, spectrum]}
      advance: 60
      watch: loss
      ask:
        text: What is left of the loss after 60 steps?
        choices: [about as much, nearly a hundred times less, more]
        answer: 2
        because: |
          6.8e-7. Along the flat direction the steps add up; along the steep one they cancel.
      facts: ["abs(loss / 6.845e-7 - 1) < 1e-3"]
    - text: |
        γ = 0.6 does far better still: 5.5e-14 after 60 steps.
      set: {momentum: 0.9, views: [contour, loss, optimizer, fit, spectrum]}
      advance: 60
      watch: contour
      ask:
        text: And γ = 0.9?
        choices: [better again, about the same, worse than no momentum at all]
        answer: 3
        because: |
          0.081: the ball cannot stop. It swings through the minimum and back, and loses only a little each time. Too much
          memory is as bad as none.
      facts: ["abs(loss / 0.08137 - 1) < 1e-3", {when: abs(loss / 5.45e-14 - 1) < 1e-3, set: {momentum: 0.6}}]
    - text: |
        Momentum moves the edge too: steps that overshoot are damped by those before. The heavy ball's limit is
        2(1 + γ)/λmax. Here η is 3.7/λmax, far beyond plain descent's limit, and it converges.
      set: {momentum: 0.9, learning_rate: 3.7/lambda_max, pace: 20, views: [spectrum, loss, contour, optimizer, fit]}
      watch: spectrum
      ask:
        text: With γ = 0.9, at how many times 1/λmax does it begin to grow?
        number: 3.8
        tolerance: 0.05
        because: |
          2 (1 + 0.9) = 3.8. Try 3.9: type the rate, restart, and watch.
      facts:
        - "abs(learning_rate lambda_max - 3.7) < 1e-9"
        - {when: loss < 1e-5, steps: 200}
        - {when: loss > 1e10, set: {learning_rate: 3.9/lambda_max}, steps: 200}
    - text: |
        There is a best pair: γ = ((√κ - 1)/(√κ + 1))² with κ = λmax/λmin = 14.5, and η = (1 + √γ)²/λmax. Work it out, set
        both (`:` then momentum 0.34), and restart.
      press: [":", "=", r]
      watch: loss
      set: {views: [loss, spectrum, contour, optimizer, fit], pace: 5}
      goal:
        text: A loss below 1e-20 within 60 steps
        when: step <= 60 and loss < 1e-20
        solution: {set: {momentum: 0.3409, learning_rate: 0.6026}, steps: 60}
      facts: ["abs(lambda_max/lambda_min - 14.5) < 0.05"]

"""#),
  ("notes-sgd", #"""
glissade: 1
title: "Notes: SGD with a falling rate"
group: Lecture notes
summary: Blocks of five rows drawn with replacement, rate t0/(t + t1)
notes: |
  The notes draw one of twenty fixed blocks each step, with replacement: about 12.8 of the 20 are seen in an
  epoch. The falling rate shrinks the ball of noise around the solution; a constant one does not.
  notes-sgd-textbook shuffles all rows each epoch instead.
model: linear
data: {name: line, samples: 100, noise: 1}
start: [-0.8818, -0.9797]
optimizer: gd
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: blocks}
steps: 1000
pace: 20
variants:
  - name: constant 0.1, the ball of noise stays
    set: {schedule: constant, learning_rate: 0.1}
lesson:
  title: The ball of noise
  section: "Optimisation: stochastic descent"
  order: 24
  steps:
    - text: |
        A step need not look at all hundred points. Here each one sees a block of five, drawn anew: cheap, but the gradient
        is a guess. The way down is no longer smooth; the lit points are those that were just seen.
      set: {views: [contour, fit, loss, schedule, parameters], pace: 10}
      watch: fit
      facts: ["batch_size == 5"]
    - text: |
        An epoch is twenty such steps. The notes draw the blocks with replacement: some come twice, some not at all.
      watch: fit
      ask:
        text: How many of the 20 blocks are seen in an epoch, on average?
        number: 12.8
        tolerance: 0.5
        because: |
          A block is missed with probability (19/20)²⁰ = 0.358, so 20 · (1 - 0.358) = 12.8 are seen. Shuffling, as in
          notes-sgd-textbook, sees every point.
      facts: ["abs(20 (1 - (19/20)^20) - 12.83) < 0.005"]
    - text: |
        Keep the rate constant, at 0.1. The lowest possible loss is 1.0833.
      set: {schedule: constant, learning_rate: 0.1, views: [contour, loss, fit, schedule, parameters], pace: 100}
      watch: contour
      ask:
        text: Where does the run come to rest?
        choices: [at the minimum, a little beside it, nowhere]
        answer: 3
        because: |
          Each block pulls to a minimum of its own, so even at the best place the steps go on: a ball of noise. It is the
          smaller the smaller the rate; try 0.05 and 0.01.
      facts:
        - {when: "abs(loss - 1.0833) < 5e-5", set: {optimizer: gd, batch: full}, steps: 2000}
        - {when: "loss > 1.0834", steps: 800}
        - {when: "loss > 1.0834", steps: 1000}
    - text: |
        So the rate should fall, but not too fast, or the run stops on its way. The notes take t0/(t + t1): 5/(t + 50).
      set: {views: [schedule, contour, loss, fit, parameters], pace: 100}
      watch: schedule
      ask:
        text: What is the rate at the beginning, t = 0?
        number: 0.1
        tolerance: 0.001
        because: |
          5/50 = 0.1, the constant rate from before; after a thousand steps it is 0.0048, and the ball has shrunk with it.
      facts: ["abs(learning_rate - 0.1) < 1e-12", {when: abs(learning_rate - 0.0048) < 5e-5, steps: 1000}]
    - text: |
        Shrink the ball: start from the constant rate and choose a schedule, or lower the rate by hand, as you like.
      press: [s, S, "-", t]
      watch: contour
      set: {schedule: constant, learning_rate: 0.1, views: [contour, loss, schedule, fit, parameters], pace: 200}
      goal:
        text: "Loss below 1.0834, with a rate that keeps you there (below 0.002)"
        when: loss < 1.0834 and learning_rate < 0.002 and step >= 1000
        solution: {set: {schedule: "{name: inverse_time, t0: 5, t1: 50}", learning_rate: 1}, steps: 5000}

"""#),
  ("notes-sgd-textbook", #"""
glissade: 1
title: "Textbook: SGD on shuffled epochs"
group: Lecture notes
summary: Every row once an epoch, in a new order each time
notes: |
  What the notes' own comment asks for: each epoch is one permutation of the rows, cut into batches of five.
model: linear
data: {name: line, samples: 100, noise: 1}
start: [-0.8818, -0.9797]
optimizer: gd
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: shuffled}
steps: 1000
pace: 20

"""#),
  ("notes-sgd-momentum", #"""
glissade: 1
title: "Notes: SGD with momentum"
group: Lecture notes
summary: As notes-sgd, with a velocity that lives on across epochs
notes: |
  The velocity keeps 30 % of itself each step and is not reset between epochs.
model: linear
data: {name: line, samples: 100, noise: 1}
start: [-0.8818, -0.9797]
optimizer: {name: momentum, momentum: 0.3}
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: blocks}
steps: 1000
pace: 20

"""#),
  ("notes-adagrad", #"""
glissade: 1
title: "Notes: AdaGrad"
group: Lecture notes
summary: y = 2 + 3x + 4x², the sum of squares emptied at every epoch
notes: |
  The notes empty the accumulator at every epoch, and only therefore arrive with a rate of 0.01: without it
  (notes-adagrad-textbook) the loss is still 7.9 after 10,000 steps.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: adagrad, eps: 1e-8, reset_each_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100
lesson:
  title: The memory that only grows
  section: "Optimisation: adaptive methods"
  order: 30
  steps:
    - text: |
        AdaGrad gives each parameter a rate of its own: η divided by the root of the sum of all its squared gradients so
        far. Parameters that had much gradient slow down. The optimizer pane shows what is left of each rate.
      set: {views: [optimizer, loss, fit, parameters], pace: 100}
      watch: optimizer
    - text: |
        The textbook never empties the sum. With η = 0.01 on this parabola, where the loss begins at 35.4, the run takes
        10,000 steps.
      set: {reset_each_epoch: false, views: [loss, optimizer, fit, parameters]}
      advance: 10000
      watch: loss
      ask:
        text: Where is the loss then?
        choices: [below 1e-8, about 8, it diverged]
        answer: 2
        because: |
          7.94. The sum only grows, so the steps only shrink: it is still on its way, and would be for a very long time.
      facts: ["abs(loss - 7.941) < 1e-3", {when: abs(loss - 35.4) < 0.05, steps: 0}]
    - text: |
        Yet the notes report "almost perfect agreement". Their program sets the sum to zero at every epoch, each 200 steps:
        the first step of an epoch is a full η again.
      set: {views: [loss, optimizer, fit, parameters]}
      advance: 10000
      watch: loss
      ask:
        text: And with the emptied sum, after the same 10,000 steps?
        choices: [about 8 again, about 1, below 1e-8]
        answer: 3
        because: |
          6.4e-10. It works because of the reset, not because of AdaGrad: a choice that the notes never mention.
      facts: ["abs(loss / 6.37e-10 - 1) < 0.01"]
    - text: |
        The textbook's method is not bad; it wants another rate. AdaGrad's η may be large, since it is divided at once.
      press: ["=", r, t]
      watch: optimizer
      set: {reset_each_epoch: false, views: [loss, optimizer, fit, parameters], pace: full}
      goal:
        text: A loss below 1e-6 without any reset, by a rate of your choice
        when: reset_each_epoch == 0 and loss < 1e-6
        solution: {set: {learning_rate: 1}, steps: 10000}

"""#),
  ("notes-adagrad-textbook", #"""
glissade: 1
title: "Textbook: AdaGrad"
group: Lecture notes
summary: y = 2 + 3x + 4x², the sum of squares never emptied, so it stalls
notes: |
  With a rate of 0.01 the textbook's AdaGrad hardly moves after the first steps: its rates shrink like one over the
  root of time. Raise the rate to 1.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: adagrad, eps: 1e-8}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100
variants:
  - name: a rate of 1
    set: {learning_rate: 1}

"""#),
  ("notes-rmsprop", #"""
glissade: 1
title: "Notes: RMSprop"
group: Lecture notes
summary: A kick at the start of every epoch, because its memory is emptied there
notes: |
  The notes empty the running mean at every epoch. There is no bias correction, so the first update of an epoch is
  ten times the rate in every component: the loss jumps each time.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: rmsprop, rho: 0.99, eps: 1e-8, reset_each_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100
lesson:
  title: A kick at every epoch
  section: "Optimisation: adaptive methods"
  order: 32
  steps:
    - text: |
        RMSprop forgets: instead of a sum it keeps a running mean of the squared gradients, v ← ρ v + (1 - ρ) g², and steps
        by η g/√v. So its rates recover, where AdaGrad's only shrink.
      set: {views: [loss, optimizer, fit, parameters]}
      watch: optimizer
    - text: |
        The notes empty v at every epoch, so at the first step v = (1 - ρ) g², with ρ = 0.99.
      set: {views: [parameters, loss, optimizer, fit]}
      advance: 1
      watch: parameters
      ask:
        text: How many times η does each parameter move in that step?
        number: 10
        tolerance: 0.01
        because: |
          g/√((1 - ρ) g²) = 1/√0.01 = 10, whatever the gradient is: all three parameters moved by 0.1.
      facts: ["abs(p[0] + 0.3302) < 1e-7", "abs(p[1] - 0.0931) < 1e-7"]
    - text: |
        That is welcome far from the minimum. But here is the end of the ninth epoch, step 1800: the loss is down to 5.1e-6,
        and the run waits.
      set: {views: [loss, parameters, optimizer, fit]}
      advance: 1800
      watch: loss
      facts: ["abs(loss / 5.1e-6 - 1) < 0.01"]
    - text: |
        The next step is the first of a new epoch. Predict, then press `.` twice and watch the loss.
      press: ["."]
      watch: loss
      ask:
        text: What is the loss after it?
        choices: [5e-6 again, 0.036, 1e-9]
        answer: 2
        because: |
          The kick throws every parameter 0.1 away: 0.036, seven thousand times more. The step after it is as large and goes
          back. This repeats in each of the 50 epochs.
      goal:
        text: See the kick
        when: loss > 0.03 and step > 1800
        solution: {steps: 1801}
      facts: [{when: abs(loss - 0.0364) < 5e-5, steps: 1801}, {when: loss < 6e-6, steps: 1802}]
    - text: |
        Without the reset there are no kicks, but a floor: near the minimum RMSprop still moves by about η. A rate that falls
        to 0 takes the floor away.
      press: [s, S, ":"]
      watch: loss
      set: {reset_each_epoch: false, pace: full, views: [loss, schedule, optimizer, fit]}
      goal:
        text: A loss below 1e-12, with a schedule of your choice
        when: loss < 1e-12
        solution: {set: {schedule: cosine}, steps: 10000}

"""#),
  ("notes-rmsprop-textbook", #"""
glissade: 1
title: "Textbook: RMSprop"
group: Lecture notes
summary: y = 2 + 3x + 4x² by RMSprop, its memory kept
notes: |
  Near the solution RMSprop moves by about the rate whatever the gradient: the loss stops falling at a floor that
  the rate sets. A falling schedule lowers it.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: rmsprop, rho: 0.99, eps: 1e-8}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100
lesson:
  title: The sixteenth digit
  section: "Optimisation: adaptive methods"
  order: 34
  steps:
    - text: |
        Computers round every result to about sixteen digits. Usually that does no harm: near a minimum descent draws
        runs together. Two correct programs should agree then, shouldn't they?
      set: {views: [loss, parameters, optimizer, fit]}
      watch: loss
    - text: |
        Here is a run of 500 steps with η = 0.01. Its twin has the next number that a computer knows, 0.010000000000000002.
      set: {learning_rate: 0.010000000000000002, views: [parameters, loss, optimizer, fit]}
      advance: 500
      watch: parameters
      ask:
        text: How far apart are their parameters after 500 steps?
        choices: [about 1e-16, about 1e-8, about 0.01]
        answer: 1
        because: |
          4e-16, in the last digit. So far nothing grows: the difference is as small as it was made.
      facts: ["p[0] != 2.4458384190224747 and abs(p[0] - 2.4458384190224747) < 1e-15"]
    - text: |
        Close to the minimum RMSprop is nearly blind to size: g/√v is about 1 or -1 however small g is. The sign of a tiny
        gradient decides about a step of 0.01.
      set: {views: [parameters, loss, optimizer, fit]}
      advance: 5000
      watch: parameters
      ask:
        text: How far apart are the twins after 5000 steps?
        choices: [still about 1e-16, about 1e-10, about 0.006]
        answer: 3
        because: |
          0.0064: more than the distance of either to the minimum. From some 2000 steps on each step multiplies the
          difference; by 3600 it is 3e-7. This one stands at θ0 = 1.99991 then.
      facts:
        - "abs(p[0] - 1.9999069608) < 1e-9"
        - {when: "abs(max(|p[0] - 2.0000998201337596|, |p[1] - 2.9965857327110688|, |p[2] - 4.004931493223331|) - 2.638e-7) < 1e-9", set: {learning_rate: 0.010000000000000002}, steps: 3600}
    - text: |
        This is the twin, which ends at θ0 = 1.99819: one bit of the rate, and another run. "The same result" of two programs can mean the same loss,
        and never the same digits, where a method is chaotic.
      set: {learning_rate: 0.010000000000000002, views: [parameters, loss, optimizer, fit]}
      advance: 5000
      watch: parameters
      facts: ["abs(p[0] - 1.9981851794) < 1e-9", "abs(p[2] - 4.0013556740) > 0.006"]
    - text: |
        Gradient descent has no such trouble: its steps shrink with the gradient, and differences with them.
      press: [o, "=", r]
      set: {pace: full, views: [loss, parameters, optimizer, fit]}
      watch: loss
      goal:
        text: Come below 1e-12 with an optimizer that is not RMSprop
        when: optimizer != "rmsprop" and loss < 1e-12
        solution: {set: {optimizer: gd, learning_rate: 0.4}, steps: 10000}

"""#),
  ("notes-adam", #"""
glissade: 1
title: "Notes: Adam"
group: Lecture notes
summary: Moments emptied at every epoch, bias corrections that count epochs
notes: |
  The notes' Adam counts epochs where the paper counts steps, and empties both moments at every epoch. It still
  arrives, and faster than the textbook's, because every epoch begins with fresh, large steps.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: adam, eps: 1e-7, reset_each_epoch: true, step_per_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100
lesson:
  title: Adam, and the notes' Adam
  section: "Optimisation: adaptive methods"
  order: 36
  steps:
    - text: |
        Adam keeps two running means: m of the gradient, v of its square. Both begin at 0 and are too small at first, so they
        are divided by 1 - β^t. In the end it steps by η m/√v: the first step is η in every parameter.
      set: {views: [optimizer, loss, parameters, fit]}
      advance: 1
      watch: optimizer
      facts: ["abs(p[0] + 0.4202) < 1e-7", "abs(p[1] - 0.0031) < 1e-7"]
    - text: |
        In the paper t counts steps. In the notes' program t counts epochs, and both means are emptied at each of them.
      set: {views: [loss, optimizer, parameters, fit]}
      advance: 2000
      watch: loss
      ask:
        text: After 2000 steps the textbook's Adam has a loss of 0.0076. And the notes'?
        choices: [about the same, "much more, it is wrong after all", over ten thousand times less]
        answer: 3
        because: |
          4.3e-7. At each epoch it forgets the large gradients of the beginning, which the textbook's v remembers for about a
          thousand steps: so its steps stay bold. A mistake that helps, on this problem.
      facts: ["abs(loss / 4.276e-7 - 1) < 1e-3"]
    - text: |
        Here is the textbook's, after as many steps. It is slow because η = 0.01 is small for it, not because it is worse.
      set: {reset_each_epoch: false, step_per_epoch: false, views: [loss, optimizer, parameters, fit]}
      advance: 2000
      watch: optimizer
      facts: ["abs(loss - 0.0076) < 5e-5"]
    - text: |
        Give it a rate that suits it, and start again.
      press: ["=", "+", r]
      set: {reset_each_epoch: false, step_per_epoch: false, pace: 500, views: [loss, optimizer, parameters, fit]}
      watch: loss
      goal:
        text: A loss below 1e-4 within 2000 steps, by the textbook's Adam
        when: optimizer == "adam" and reset_each_epoch == 0 and step <= 2000 and loss < 1e-4
        solution: {set: {learning_rate: 0.2}, steps: 2000}

"""#),
  ("notes-adam-textbook", #"""
glissade: 1
title: "Textbook: Adam"
group: Lecture notes
summary: y = 2 + 3x + 4x² by Adam as published
notes: |
  Kingma and Ba's Adam: the moments live on, and the bias corrections count steps. Compare with notes-adam.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0}
start: [-0.4302, -0.0069, -0.6661]
optimizer: {name: adam, eps: 1e-7}
learning_rate: 0.01
batch: {size: 5, order: blocks}
steps: 10000
pace: 100

"""#),
  ("notes-logistic", #"""
glissade: 1
title: "Notes: logistic regression"
group: Lecture notes
summary: Four samples, three inputs, no intercept; the loss is a sum
notes: |
  The loss falls from 2.7726 to 1.0673 in 100 steps of 0.01, and goes on falling for ever: the four samples can
  be separated, so the weights grow without bound.
model: {kind: logistic, features: [x1, x2, x3]}
data: logistic_toy
reduction: sum
start: [0, 0, 0]
optimizer: gd
learning_rate: 0.01
steps: 100
pace: 10
variants:
  - name: ten times as long
    set: {steps: 1000, pace: 100}
lesson:
  title: A loss without a floor
  section: Logistic regression
  order: 40
  steps:
    - text: |
        Four samples, three inputs, two classes: the model answers p = 1/(1 + exp(-w·x)), and the loss is the sum of
        -ln of what it gave to the right class. It begins with all weights at 0.
      set: {views: [loss, parameters, spectrum]}
      advance: 0
      watch: parameters
      ask:
        text: "What is the loss then? (ln 2 = 0.693)"
        number: 2.7726
        tolerance: 0.002
        because: |
          With w = 0 every answer is 1/2, and each of the four samples costs ln 2: together 2.7726.
      facts: ["abs(loss - 4 log(2)) < 1e-12"]
    - text: |
        The notes take 100 steps of 0.01, down to a loss of 1.0673. A plane separates the two classes.
      set: {views: [loss, parameters, spectrum], pace: full}
      advance: 10000
      watch: loss
      ask:
        text: Where does the loss come to rest, if one only waits?
        choices: [near 1, at some small number, nowhere]
        answer: 3
        because: |
          0.169 at 1000, 0.0171 at 10,000: once the weights part the classes, twice of them is better still. There is no
          minimum; the weights grow for ever, ever more slowly.
      facts: ["abs(loss - 0.01714) < 1e-5", {when: "abs(loss - 1.0673) < 5e-5 and accuracy == 1", steps: 100}, {when: abs(loss - 0.169) < 5e-4, steps: 1000}]
    - text: |
        Let it run and look at the parameters: they have no place to go to. The gradient alone gets smaller.
      press: [t]
      watch: parameters
      set: {views: [parameters, loss, spectrum], pace: 2000}
      goal:
        text: Weights of length 7
        when: norm(p) >= 7
        solution: {steps: 15000}
    - text: |
        A little penalty on large weights, l2 = 0.1, gives the bowl a floor: now there is a best place.
      set: {l2: 0.1, views: [loss, parameters, spectrum], pace: 500}
      watch: loss
      goal:
        text: Come to rest (a gradient below 1e-6) at a loss of 0.718
        when: gradient_norm < 1e-6 and abs(loss - 0.718) < 0.001
        solution: {steps: 20000}

"""#),
  ("notes-gd-x2", #"""
glissade: 1
title: "Notes: descent on x²"
group: Lecture notes
summary: Ten steps of 0.1 from x = 5, each of which leaves 80 % of the distance
notes: |
  Every step multiplies x by 1 - 2η = 0.8: after ten steps x is 5 · 0.8¹⁰ = 0.5369. More of this bowl is in parabola.
  The notes' JAX works with single precision although 64 bits are asked for, so its numbers differ from the analytic ones
  by up to 1.6e-7; this program computes in double precision throughout.
function:
  formula: x^2
  x_range: [-6, 6]
  y_range: [-2, 36]
start: {x: 5}
optimizer: gd
learning_rate: 0.1
steps: 10
pace: 2
variants:
  - name: one step is enough
    set: {learning_rate: 0.5}
  - name: from side to side
    set: {learning_rate: 0.9, steps: 30}
  - name: the edge, 5 and -5 for ever
    set: {learning_rate: 1}
  - name: sixty steps
    set: {steps: 60, pace: 5}
lesson:
  title: One number decides
  section: Descent on functions
  order: 50
  steps:
    - text: |
        The simplest bowl: f = x², with slope 2x. A step of rate η goes from x to x - η 2x. We start at 5, with η = 0.1.
      set: {views: [function, loss, parameters], pace: 2}
      watch: function
      ask:
        text: Where is the ball after one step?
        number: 4
        tolerance: 0.001
        because: |
          5 - 0.1 · 10 = 4. Every step multiplies x by 1 - 2η = 0.8; after ten it is 5 · 0.8¹⁰ = 0.537.
      facts: [{when: abs(x - 4) < 1e-9, steps: 1}, {when: abs(x - 0.537) < 5e-4, steps: 10}]
    - text: |
        So all depends on that factor, 1 - 2η. What if it is 0?
      press: ["=", r, "."]
      set: {views: [function, loss, parameters], pace: 2}
      watch: function
      goal:
        text: Be at the minimum in one step
        when: step >= 1 and step <= 3 and abs(x) < 1e-9
        solution: {set: {learning_rate: 0.5}, steps: 1}
    - text: |
        A factor below 0 sends the ball to the other side at each step. With η = 0.9 it is -0.8: it comes down all the same.
      set: {learning_rate: 1, views: [function, loss, parameters], pace: 2}
      watch: function
      ask:
        text: And with η = 1?
        choices: [It comes down slowly, It jumps between 5 and -5 for ever, It flies away]
        answer: 2
        because: |
          The factor is -1: nothing is lost, nothing gained. η = 1 is the edge, 2 over the second derivative, which is 2.
      facts: ["lambda_max == 2", {when: x == -5, steps: 7}, {when: x == 5, steps: 8}, {when: abs(x) < 0.01, set: {learning_rate: 0.9}, steps: 30}]
    - text: |
        Beyond the edge it flies away. Take any rate above 1 and watch the loss.
      press: ["+", "=", r, t]
      set: {views: [function, loss, parameters], pace: 10}
      watch: loss
      goal:
        text: Throw the ball beyond 100
        when: abs(x) > 100
        solution: {set: {learning_rate: 1.1}, steps: 17}

"""#),
  ("notes-neuron", #"""
glissade: 1
title: "Notes: the McCulloch–Pitts neuron"
group: Lecture notes
summary: A neuron with weights 1 and 1 and a threshold of one half computes OR
notes: |
  The neuron fires where b + w·x is at least 0; the bias b is the threshold with its sign turned. No learning is needed:
  the weights are set by hand, and every row is right from the start. The variants with a wrong threshold
  learn by Rosenblatt's rule (see perceptron).
  In the notes the first formula has no bias, and a later one has; here it is always there.
model: perceptron
data: or
reduction: sum
batch: {size: 1, order: sequential}
start: [-0.5, 1, 1]
optimizer: gd
learning_rate: 1
steps: 24
pace: 4
variants:
  - name: AND, threshold 1.5
    set: {data: and, start: [-1.5, 1, 1]}
  - name: NAND, weights and threshold turned around
    set: {data: nand, start: [1.5, -1, -1]}
  - name: AND with the threshold of OR learns the right one
    set: {data: and}
  - name: XOR, for which there is no threshold
    set: {data: xor}

"""#),
  ("notes-neuron-xor", #"""
glissade: 1
title: "Notes: XOR from three neurons"
group: Lecture notes
summary: "OR and NAND in front of AND: two layers can do what one cannot"
notes: |
  Three McCulloch-Pitts neurons with weights of 1 and -1. The hidden ones are OR and NAND, and the output is the AND
  of the two: a band between two lines. The step has no slope, so such a net can be built by hand, but not
  trained by descent; with the sigmoid instead of the step it can.
model: {kind: mlp, hidden: [2], activation: step, output: step}
loss: mse
data: xor
start:
  layers:
    - weights: [[1, 1], [-1, -1]]
      biases: [-0.5, 1.5]
    - weights: [[1, 1]]
      biases: [-1.5]
optimizer: gd
learning_rate: 1
steps: 20
pace: 4
variants:
  - name: with sigmoids, trained from the same weights
    set: {activation: sigmoid, output: sigmoid, steps: 3000, pace: 100}
  - name: steps from other weights never learn
    set: {start: {initializer: normal}}
lesson:
  title: Three neurons, by hand
  section: Neural networks
  order: 60
  steps:
    - text: |
        McCulloch and Pitts (1943): a neuron adds its inputs, each times a weight, and fires if the sum passes a threshold.
        These three have weights of 1 and -1 only, and thresholds that somebody thought out.
      set: {views: [boundary, truth_table, network, hidden]}
      advance: 0
      watch: truth_table
      ask:
        text: The hidden two are OR and NAND. What must the third one be, for XOR?
        choices: [OR, AND, NOT]
        answer: 2
        because: |
          XOR is OR and NAND: at least one input, but not both. A band between two lines, which no single line can draw.
      facts: ["accuracy == 1"]
    - text: |
        Nobody trained it. Could descent have found such weights?
      set: {start: {initializer: normal}, views: [boundary, truth_table, network, loss], pace: 20}
      advance: 200
      watch: loss
      ask:
        text: Steps from random weights, 200 steps of descent. What changes?
        choices: [Everything, Only the output neuron, Nothing at all]
        answer: 3
        because: |
          The step is flat wherever it does not jump: its slope is 0, and so is every gradient. Such nets can be thought
          out, but not learnt by descent.
      facts: ["gradient_norm == 0"]
    - text: |
        Make the steps soft: sigmoids instead, from the same thought-out weights. Now there are slopes, and the net can be
        trained.
      press: [t, r]
      watch: boundary
      set: {activation: sigmoid, output: sigmoid, views: [boundary, truth_table, loss, hidden], pace: 300}
      goal:
        text: XOR right in all four rows, with a loss below 0.01
        when: accuracy >= 1 and loss < 0.01
        solution: {steps: 3000}

"""#),
  ("notes-universal-approximation", #"""
glissade: 1
title: "Notes: universal approximation"
group: Lecture notes
summary: One hidden layer of N sigmoids comes as close to the curve as you like, if N is large
notes: |
  The theorem says that some weights exist; it does not say that descent finds them. With four units the curve
  sin 2πx + x/2 is met roughly; compare the loss at the end for 8, 16 and 32 units. From this start 32 units end no
  better than 16: more could be reached, but training does not find it in 5000 steps.
  The theorem's conditions and those of the notes agree for the sigmoid: it is bounded, rising and continuous, and the output
  is linear.
model: {kind: mlp, hidden: [4], activation: sigmoid, output: identity}
loss: mse
data: {name: sine, samples: 100, noise: 0, slope: 0.5}
start:
  initializer: {name: normal, scale: 3}
optimizer: adam
learning_rate: 0.02
seed: 1
steps: 5000
pace: 200
variants:
  - name: N = 8
    set: {hidden: 8}
  - name: N = 16
    set: {hidden: 16}
  - name: N = 32
    set: {hidden: 32}
lesson:
  title: As close as you like
  section: Neural networks
  order: 76
  steps:
    - text: |
        One hidden layer of N sigmoids, added up, comes as close to any continuous curve as you like: so says the universal
        approximation theorem (Cybenko, 1989). Each unit is a soft stair. Here four of them have learnt a wave on a slope
        for 5000 steps; a mean squared error of 0.026 is left.
      set: {views: [fit, activations, network, loss]}
      advance: 5000
      watch: fit
      facts: ["abs(loss - 0.0262) < 5e-5"]
    - text: |
        Twice as many units, trained as long.
      set: {hidden: 8, views: [fit, loss, activations, network]}
      advance: 5000
      watch: fit
      ask:
        text: What is left with 8 units?
        choices: [the same, about half, about a twentieth]
        answer: 3
        because: |
          0.0013. With good weights the error goes about as 1/N, so its square would be a quarter; the rest is luck of
          training.
      facts: ["abs(loss - 0.001287) < 1e-6"]
    - text: |
        The theorem says that such weights exist. It does not say that descent finds them: from this start 16 units end at
        1.0e-4.
      set: {hidden: 32, views: [fit, loss, activations, network]}
      advance: 5000
      watch: loss
      ask:
        text: And 32 units, trained as long?
        choices: [half of that, no better than 16, a hundredth of that]
        answer: 2
        because: |
          1.1e-4. What could be reached and what training reaches are two things; longer runs and falling rates help.
      facts: ["abs(loss / 1.149e-4 - 1) < 0.01", {when: abs(loss / 1.0e-4 - 1) < 0.01, set: {hidden: 16}, steps: 5000}]
    - text: |
        Make it good: begin with 8 units, and find an optimizer, a rate or a schedule that does better than 0.0013.
      press: [o, s, "=", r, t]
      watch: loss
      set: {hidden: 8, pace: full, views: [fit, loss, activations, network]}
      goal:
        text: Eight units with a loss below 1e-4
        when: units == 8 and loss < 1e-4
        solution: {steps: 12000}

"""#),
  ("notes-gates-mlp", #"""
glissade: 1
title: "Notes: the gates by a 2-4-1 net"
group: Lecture notes
summary: XOR by four tanh units and a sigmoid, from a fixed start; the same for OR and AND
notes: |
  The multi-layer perceptron of the notes on the gates that linear and logistic regression were tried on before. The
  seventeen weights start from fixed numbers, so that the optimizers can be compared step by step.
model: {kind: mlp, hidden: [4], activation: tanh, output: sigmoid}
loss: bce
data: xor
start: [-0.185, -0.889, 0.577, -0.425, -0.099, -0.392, 0.053, 0.248, 0.166, 0.112, 0.289, 0.06, 0.628, 0.417, -0.945, 0.809, 0.1]
optimizer: gd
learning_rate: 1
steps: 500
pace: 30
variants:
  - name: momentum
    set: {optimizer: {name: momentum, momentum: 0.9}, learning_rate: 0.5}
  - name: AdaGrad
    set: {optimizer: {name: adagrad, eps: 1e-8}, learning_rate: 0.5}
  - name: RMSprop
    set: {optimizer: {name: rmsprop, rho: 0.99, eps: 1e-8}, learning_rate: 0.01}
  - name: Adam
    set: {optimizer: {name: adam, beta1: 0.9, beta2: 0.999, eps: 1e-8}, learning_rate: 0.05}
  - name: OR
    set: {data: or}
  - name: AND
    set: {data: and}

"""#),
  ("notes-mlpclassifier", #"""
glissade: 1
title: "Notes: scikit-learn's MLPClassifier"
group: Lecture notes
summary: "Twenty features, a hundred ReLU units, Adam: the notes' classifier on made-up data"
notes: |
  The notes call the data XOR, but it is scikit-learn's make_classification: a hundred samples of two Gaussian clusters
  with twenty features (here rounded to six decimals). What the notes print as "Test set accuracy" is the accuracy on the
  training set, since nothing was held out; the variant holds out 30 %. As in scikit-learn, the eps of Adam is
  not bias corrected, all samples are one batch, and the run ends when the loss has not improved by 1e-4 for
  ten steps. The start comes from scikit-learn's initializer with a seed of this program, so it ends near, but not
  at, step 293 as in the notes.
model: {kind: mlp, hidden: [100], activation: relu, output: sigmoid}
loss: bce
l2: 1e-4
penalty_per_sample: true
data:
  inputs: [
    [0.606548, 0.816958, 1.051321, 1.657125, -0.459718, -0.588964, 0.650323, 0.050317, 1.705484, 1.417674, -0.73729, 0.309817, 0.778174, -1.124787, -1.283933, 0.080751, 0.094996, -0.364538, 0.164665, -0.767804],
    [-3.053764, 0.921162, -1.458324, 0.240506, 0.612233, -0.513571, -0.192004, 0.398598, 0.744885, -0.999427, 0.479852, -0.961264, 0.578464, -1.070208, -1.28774, -1.494194, 0.494342, 0.204377, -1.552699, -0.446699],
    [0.606404, 0.680645, 1.021248, 1.495885, 0.67262, -0.693833, -1.470237, 0.599213, 2.428877, 0.675454, 2.293718, -0.214654, -1.01952, -1.204402, -1.28559, -0.477124, 0.52475, 1.037039, -0.830011, -0.03599],
    [1.61695, -1.515948, 2.449369, 0.623362, 0.242669, -0.512259, 0.129102, 1.40754, 0.20183, -0.434957, 0.502741, -1.219744, 0.109403, -0.024881, 0.676609, -0.198838, -0.545774, -0.203394, 1.558806, -0.700399],
    [-0.828148, -1.569173, 1.762609, -1.22388, 1.127751, -0.921486, -0.447308, -0.982161, 0.050293, 0.558264, -0.110728, 0.680979, -0.47459, -0.540548, 0.284574, 0.522655, -0.357514, 0.098942, -0.429386, -0.355413],
    [-0.424493, -0.844756, -1.699334, 0.684001, -0.177632, -1.371618, 0.361847, -1.787913, -1.510456, -0.35341, -0.731531, -2.227113, 1.013822, -1.443034, -0.77728, 1.228956, -0.275846, -1.154983, -1.565738, 1.309706],
    [-0.582192, -0.790959, -2.600642, -0.600504, 0.65218, 0.962351, 1.984411, -0.725323, -0.231485, -0.648636, 0.326813, -0.556268, 1.523097, 1.604956, 1.659809, -1.098149, 2.71195, 0.733073, -1.160443, 1.308932],
    [0.165211, 1.502849, -1.275114, -1.307971, -0.444995, 0.628833, -1.786935, 0.074876, -1.216271, 1.472396, 0.976296, 1.349228, 1.937132, 0.183878, -0.542169, 0.111973, 1.00909, -0.316632, -0.696028, -0.55168],
    [-0.133489, -0.696371, -0.212373, 0.096114, -0.621252, 0.505878, 0.346058, 1.155262, 1.050615, 0.152052, 1.986565, 0.354602, -1.340209, 0.963827, 1.098508, -0.31223, -1.774596, 1.131129, -1.279426, -0.710656],
    [-0.892647, 0.565746, -0.478614, 0.984012, -0.22676, -0.766852, 0.602451, 1.379758, -1.564508, -0.559681, -0.161198, 0.50143, -0.870888, -1.251279, -1.270646, 0.860891, 1.631692, -0.019001, -0.286385, -0.880189],
    [-0.222414, -0.901317, -0.139712, 1.011207, 0.648644, -1.027894, 1.032984, -0.143196, 0.107343, -1.476563, 1.47016, 0.853282, 0.36919, -0.966543, -0.366431, 0.54813, 1.386314, 3.958603, -0.870008, -1.63745],
    [-0.414847, -0.760706, -2.237087, 1.040089, -0.799547, -1.382723, 0.630196, -0.105345, -0.291595, -0.91844, 0.451946, 0.52888, -0.828628, -1.493637, -0.856778, -0.017718, -1.107713, 0.057121, -1.579156, -1.719394],
    [0.141641, -1.27406, 1.710662, 1.16144, -0.466155, -0.523636, -0.77507, 1.746435, 1.384991, -0.027529, -2.516304, 0.510938, -0.309121, -0.14343, 0.469691, 1.453918, 0.034944, 0.986352, -0.595668, 0.661681],
    [-0.839989, 0.896211, -0.426429, 0.318014, 0.175168, -0.555807, -0.019523, 0.111337, -0.053484, -0.890272, -2.298206, -2.664126, 0.316637, -1.115097, -1.31253, -0.228141, 0.393788, -0.973268, 1.456527, 0.58033],
    [1.872303, -0.525688, -0.727476, 0.208353, -0.997621, 0.988433, -0.746174, 0.718216, -1.1397, -0.72835, 0.767818, -0.227253, 1.758759, 1.525682, 1.473866, 0.567765, -1.023799, -0.578427, -1.268859, 1.504522],
    [-1.062929, 0.858878, -0.889962, -0.62328, -0.931682, 1.07339, 0.731145, -1.112314, -1.067702, -0.520361, -0.254633, -2.539955, -1.899463, 1.04458, 0.448964, -0.317816, 0.218078, -1.07138, -1.168961, -0.223575],
    [1.445445, 0.949132, 1.320418, 0.645153, 1.717089, 1.159745, -0.396293, 2.038777, -0.804277, 1.282142, -2.621012, 0.471534, 0.518969, 1.119558, 0.468043, -0.08157, 0.956689, 0.686483, -1.0434, 1.529248],
    [-0.99702, -1.294011, -1.942589, -0.237942, -0.442229, -0.838533, 1.122328, 0.438166, 0.323527, 1.155288, -0.106794, -2.037201, -0.618037, -0.549227, 0.151104, -2.114164, -2.506441, 1.278528, 1.451429, -0.411639],
    [-1.511077, 0.85565, 1.51475, -0.153236, 1.566686, -0.474959, -0.324032, 0.507984, -0.237748, -2.432509, -0.871422, 0.561638, 0.608749, -0.991348, -1.193939, -1.351649, 0.647925, 1.130725, -0.86483, -1.409209],
    [0.06075, -1.088642, 0.080927, -0.781912, -0.084508, -1.00227, 0.92145, 0.095425, -0.297362, -0.437509, 0.211125, -1.11647, 0.177188, -0.852613, -0.18832, -0.056824, -0.186579, -0.680678, 0.016528, 0.492337],
    [-0.807722, 1.382168, 0.310103, 1.306831, -1.424861, 0.072591, -1.056172, -0.610463, -0.903443, 0.316715, 1.233425, 0.872579, -1.40047, -0.496345, -1.036112, 0.607715, -0.291132, 0.963905, -0.022359, -0.827684],
    [-1.049068, 0.510276, 0.859871, 0.692574, 0.150016, -0.883714, 1.347105, -0.329052, 0.463534, -0.478672, 0.316659, 0.410266, 0.089729, -1.381293, -1.350162, 0.319657, -0.898683, -0.019232, -1.895267, 0.318154],
    [1.394081, -1.095305, -0.426667, 0.66408, 0.339488, 0.585676, 0.873006, 1.004093, 0.292931, -1.311324, -0.58878, 0.317858, 0.858286, 1.239652, 1.504631, 0.068032, 0.307331, -0.628463, 0.186212, 0.995704],
    [-2.61729, 0.823406, 0.075977, -0.660443, 0.363578, 0.842673, -2.318428, 1.189011, -0.866203, -0.816844, -1.814727, 0.496505, 0.152374, 0.756193, 0.232341, 1.575783, 1.53738, -1.1558, 0.181741, 1.159011],
    [-0.236437, -1.072233, 0.324274, -0.557495, 1.834718, -0.93426, 0.352494, -1.943323, 0.564383, 0.939169, 0.727813, 0.584647, -2.782534, -0.770151, -0.129258, -0.468674, 0.021863, -0.413029, 0.515074, 0.853281],
    [-1.314201, -1.272215, 0.321326, -0.988964, -0.77547, -0.216847, 0.216333, -1.323745, 1.897511, -0.949864, -0.241802, 0.100392, 0.666611, 0.259451, 0.794243, -0.017251, 0.514412, -0.97972, -0.009202, 0.363348],
    [1.631936, -0.951263, -1.76325, 0.627177, -0.186441, 0.424571, 0.058307, 0.288617, -0.355242, 0.162808, -0.401789, 0.275664, 0.007389, 0.965991, 1.217401, 0.2262, 1.387974, 0.197316, -0.199939, 0.569125],
    [1.010574, -0.450013, -1.856641, -0.248306, -1.36098, 0.061375, -0.421097, 0.438241, -0.34701, 1.402502, 0.20723, 0.299825, 0.626906, 0.273458, 0.427687, 0.136301, -2.151043, 0.60858, -1.434031, 0.683356],
    [-0.331283, -0.957105, 1.458108, 0.451284, 1.098996, -1.082209, 1.350107, -1.16017, -0.901634, -1.68406, 0.386539, -0.384832, 1.000881, -1.014122, -0.37922, 1.118133, -0.532234, -0.722392, -0.851456, 0.674396],
    [1.068986, 0.718515, -1.419149, 0.931256, -0.190548, -0.76874, -0.456988, 0.925501, 0.233339, 0.949809, -0.209753, 0.14011, 1.812528, -1.319182, -1.395699, 0.640986, -0.316901, -1.133792, 0.935148, 1.219874],
    [-0.002905, -1.189516, -0.292579, 1.496405, -1.201156, -0.095576, 0.537705, -0.348471, -0.299095, 1.670729, -0.06063, 0.32949, 0.440956, 0.383607, 0.856515, -0.282006, 0.8156, 0.219477, 0.964023, 0.049922],
    [1.63063, 1.161886, 0.933253, 0.185675, 0.764041, 0.76208, -0.539698, 0.378576, 1.687255, 0.637025, 0.172816, 0.873674, 0.405779, 0.505208, -0.125935, 0.833679, -0.216155, 1.998992, 0.930198, 2.160456],
    [-0.251852, 0.329535, -3.016032, 0.300254, 1.165335, 1.126431, -0.219552, 0.805913, 0.196645, -0.429596, -1.32649, 1.008196, 1.115489, 1.341041, 0.931689, 2.005141, -1.619646, -0.148941, 0.308204, -0.187626],
    [1.760249, -1.2523, 1.115841, 0.451616, -0.374805, -0.845959, 2.056356, -0.281736, -0.74997, 1.104174, -0.060652, -0.777859, -1.777566, -0.576859, 0.109617, -2.094248, 0.310272, 1.613361, -2.413503, -0.228766],
    [1.623462, -0.632628, -0.091079, -0.312603, 0.032615, 0.722648, -1.186552, -1.111818, -1.277636, 0.101203, 1.156444, 0.419595, 1.824819, 1.221756, 1.277538, -1.879287, 0.482176, 0.758637, 0.889039, -1.098083],
    [0.186075, 0.875677, -1.500177, -0.902832, -0.841569, 0.866604, 0.137885, 0.857548, -3.153357, 0.581509, -0.188117, 1.400618, 1.335141, 0.765298, 0.215673, -1.204101, 0.138879, 0.585953, -0.002747, -1.335695],
    [0.004768, -0.065393, -0.266491, -1.376883, 0.839534, 0.824271, -0.362646, -0.757451, -0.655617, -0.416559, 0.554253, 1.604324, 0.25186, 1.112574, 0.928661, 0.951382, -1.458336, 0.187289, 0.146532, 1.83587],
    [-2.791444, 1.060806, -2.262615, 0.489219, 0.209012, 0.790061, 0.202447, 1.521866, -1.764408, -1.116832, 2.005562, -0.176937, 1.553565, 0.585309, -0.014784, -1.22607, -0.419718, -0.482727, 0.452714, -0.038482],
    [-0.7908, 0.67698, 0.026, 1.018552, -0.592461, -0.592108, -0.45993, -1.181103, -2.304908, 1.230558, 1.223722, -0.477581, 1.448989, -1.068983, -1.174529, 1.302536, -1.348696, -1.485156, -0.059368, -0.362612],
    [2.172271, 0.648689, 1.549609, 1.812177, -0.010526, 1.168711, -0.928644, 1.493223, -0.388241, -0.51749, -0.825654, -1.400594, 0.296957, 1.260008, 0.719561, 0.613952, -1.070017, 0.109783, -0.463338, -1.28913],
    [-0.425071, 0.915333, -0.01009, 0.053782, -0.112299, 0.946698, -1.692303, 0.633509, 0.804123, -0.459582, 1.658399, 1.330506, 0.738054, 0.853705, 0.268852, 1.04144, 0.988511, -0.367832, -1.181063, 1.569756],
    [0.923756, 1.631472, -0.316239, 0.66659, -1.574073, 1.372686, 0.213329, 0.085283, 0.100593, -1.535752, -2.453892, -0.621207, 2.018122, 1.107558, 0.144759, -0.763143, 0.953992, 0.540533, 0.144987, 1.156955],
    [2.565453, -0.845212, 0.602265, 1.177052, 0.586619, 0.987186, 0.194175, 1.322694, 1.175179, -0.641108, -0.464115, -2.181028, 0.145652, 1.660864, 1.729899, 0.109318, 0.480846, -1.546561, -0.202694, -1.544396],
    [1.301225, 0.482297, 0.835058, -0.63259, -0.185892, 1.391278, -1.381391, 1.897161, 0.549422, -0.209847, -0.312392, -0.642874, 1.862913, 1.624112, 1.090113, -1.432067, -0.363053, 1.168926, -0.271229, -0.16602],
    [2.234722, -1.515553, 0.177946, 0.423003, 0.505054, -0.613337, -0.185811, -1.787738, -0.267004, -0.134249, 0.046846, 0.174054, -0.438055, -0.158049, 0.56887, 0.863263, -0.261202, -0.130195, 0.290788, -0.923078],
    [-0.430681, -0.301219, -0.587029, 0.568904, 0.318972, 1.207909, -0.686832, 1.079057, 0.264868, 1.9288, -0.597969, 0.261875, -0.623905, 1.718346, 1.526316, 0.123255, 0.8762, 0.88609, -0.913443, -0.397126],
    [-1.952105, -0.673259, -1.114871, -0.198998, 1.197831, -1.579213, -0.479185, -0.418938, 1.704594, 1.866471, -1.402329, 0.515414, -0.694921, -1.789624, -1.136032, 0.674571, -0.76731, 0.592473, 0.451123, 1.460892],
    [2.384405, 1.696063, -0.437908, -0.572602, -1.089535, 0.773484, -0.026964, 2.134552, 0.539138, -1.64975, -0.074497, -0.859827, 1.861565, 0.291472, -0.544065, 1.458773, 1.648551, 0.001055, -1.618318, -2.026206],
    [3.321079, 0.940461, -0.687487, -0.134793, -1.556942, -0.53016, 0.725917, 0.966221, -0.612442, 1.049218, -0.600225, 0.435986, -1.014804, -1.100299, -1.320914, -1.213338, -2.698362, 1.009787, -0.379518, 0.072252],
    [-0.300976, 1.017378, 0.947501, -0.031817, 0.108031, -0.476181, 1.498108, 0.288078, 0.029418, 0.112488, 0.807456, -2.076802, -0.193322, -1.06221, -1.3255, 0.017956, -0.503974, 0.282996, 0.312239, -1.270461],
    [0.608784, 1.120188, -0.369562, 1.539207, 1.033451, -0.577979, 1.700188, -1.090338, -0.146273, -1.148704, -1.881411, -2.144444, 0.237333, -1.24018, -1.516493, 0.731403, -0.017455, 0.095747, 0.497269, 0.954496],
    [-1.383379, -1.479553, -0.257395, 0.638929, 0.54673, -0.449164, 1.217716, -0.967012, -0.477382, -0.46566, 0.717429, 0.516552, 1.462268, 0.042554, 0.714348, 0.582087, 0.14937, 0.827791, -1.247734, 0.829894],
    [0.034066, -1.010154, -1.17341, 0.757328, 1.688384, 0.323403, -0.07095, 0.127315, 0.237324, -0.072892, 0.008359, -0.843911, 2.8273, 0.858092, 1.157317, -0.710053, -0.795627, 1.430933, -0.326745, 0.011437],
    [0.132248, 1.682271, -0.224236, 0.209097, -0.122154, 0.033744, -1.061797, -0.569149, -0.680852, 1.555016, -0.563237, 1.152599, 0.245423, -0.675969, -1.319113, -0.030911, -0.326061, 0.849587, 2.390146, 0.355717],
    [-1.182318, -0.707269, -0.310985, 0.66102, 0.618539, -1.561321, -1.233121, -0.120465, -0.443172, 1.792158, -0.665755, -0.498214, 0.82503, -1.751518, -1.089623, -1.39662, -0.001891, 0.674712, -1.674196, -0.861316],
    [-0.593344, 1.33139, 1.071252, -0.039178, -1.898812, -0.069652, 0.501725, -0.179612, -1.117111, -0.228754, 0.510308, 0.984952, -0.407252, -0.661766, -1.146383, 0.838635, -1.097154, 0.733023, -0.915792, -1.039182],
    [0.393109, 1.075109, 0.189862, 1.225156, -1.080711, -0.411155, -0.612407, 0.816044, 0.725474, -1.053546, -1.82392, 0.885826, -0.039669, -1.001371, -1.302894, -0.101932, 0.798064, -1.509573, 1.167075, 0.743357],
    [1.803589, 0.981733, 0.355285, -0.036281, -0.39469, -0.376858, -0.605981, 1.923815, -1.171813, -0.832395, -0.452525, -1.045534, 1.069966, -0.916257, -1.191234, 0.700982, 0.755392, 0.30196, 1.161286, -0.198937],
    [-1.461404, -1.103254, 1.47074, -1.072964, -1.945047, -0.892246, -0.518146, -0.952062, -0.915424, 0.495159, -0.516348, -1.347765, -0.06877, -0.701586, -0.059622, 1.008065, 0.337221, -0.664868, 0.351117, 0.785227],
    [0.276499, -1.543986, 0.884909, 0.134048, -0.25418, -0.493442, 0.262467, 0.284748, 1.399844, 1.202055, -0.733272, 0.758806, 1.543359, 0.011885, 0.71919, -0.867787, -0.877282, 1.232253, 0.836005, -1.440876],
    [0.078692, 0.982517, 0.784273, -0.50071, 1.636115, 0.576991, 0.544124, 0.010712, 0.427059, -1.023362, -1.193369, -0.777638, -0.762085, 0.338476, -0.178167, -0.188666, -0.319281, 1.096848, -1.526035, -0.156935],
    [-2.032893, 0.786943, -0.796065, 0.188553, 0.472793, 0.97274, 0.131782, -0.417498, 1.054207, 0.046831, -0.448322, 0.35466, 0.269699, 0.942949, 0.399939, 0.395831, 0.801308, -0.361404, -1.803944, 0.293572],
    [-1.125453, 1.373202, -1.744372, -0.81014, -0.191029, 1.715282, -0.086014, 1.407411, -0.786121, 0.614663, -0.342571, -0.385988, 0.739094, 1.668938, 0.716873, 1.630906, 0.715537, 0.43279, 1.256737, 1.648594],
    [0.321266, 0.243057, -0.438998, -0.139352, -0.045867, -1.111281, 0.004001, 0.531164, -0.218733, -0.728537, -0.725215, 1.29355, -0.000375, -1.566298, -1.376779, -0.679384, 0.590039, -0.70435, 1.536536, -0.950909],
    [1.007966, 1.300227, 0.528003, 0.434998, -0.199561, -0.173949, -0.423478, -0.94844, -0.654603, 0.910424, 0.392335, 0.104053, 1.125323, -0.785654, -1.232123, -1.34501, -0.314564, 0.074321, 0.448381, -1.295258],
    [-1.97573, -0.787021, 1.640554, 1.594465, -0.254853, 0.422949, -0.271939, -1.030798, -0.140911, -0.895442, -0.588931, 0.279155, 1.634603, 0.893526, 1.083388, 0.191364, 0.410873, 0.186937, 0.85179, -0.171441],
    [-0.343901, -0.715729, -0.108392, -0.822467, 0.777419, -1.479104, -0.593843, -0.625342, -0.118771, 0.721711, -1.000169, -0.069329, 0.608515, -1.639714, -0.995434, 1.765335, 0.450156, -0.508457, 1.044994, 0.87097],
    [-0.240701, -1.442449, 2.36973, -0.661892, -1.98783, -0.259028, -1.47958, 0.014448, 0.861289, 0.259032, -0.855671, 1.558688, 0.483884, 0.276846, 0.88653, -0.870802, 1.56242, 1.119899, -2.0482, 1.175245],
    [-0.601157, -0.626791, -1.164008, -0.258983, 0.181039, -1.522122, 0.089686, -0.563789, 1.107175, 0.189293, 0.556074, 0.169869, 0.19687, -1.734402, -1.112786, -0.758067, 0.693366, 0.557439, 1.693809, -0.808847],
    [0.334915, 1.049847, -0.740963, -0.745644, -0.961364, 0.482043, -2.329041, -0.698571, -1.427016, 0.048051, 1.70243, -0.453105, 0.084297, 0.184713, -0.333303, 1.072931, 0.136104, 0.826477, -0.372065, 2.215843],
    [0.65458, -0.847924, -0.79727, 1.388779, -0.705841, -1.314266, 0.824585, 3.030857, 1.192686, -0.661344, -0.051188, -0.135977, -0.867769, -1.366213, -0.713776, -0.826097, 0.282676, 0.956122, -0.725597, 0.621083],
    [-0.836049, -1.33233, 0.314432, 0.658537, -0.402468, 0.024272, -0.030297, 0.66788, -1.476899, 0.998902, 0.107595, 0.603036, -0.358589, 0.602457, 1.098911, -2.03254, 0.333115, 1.724392, 0.426924, 1.081093],
    [1.108617, 0.651448, 0.78047, 0.42592, -0.755663, -0.707875, -1.229574, 1.102237, 1.851438, 0.04908, -0.70292, 0.814343, -0.324204, -1.210377, -1.276997, -0.154491, -1.464054, -0.237875, 0.725551, -0.092432],
    [-0.53012, 1.045413, 0.718291, -0.183062, 0.35387, -0.364687, 0.932721, 0.19976, -0.186955, -0.221029, -0.40724, 0.385602, -0.12015, -0.927512, -1.229591, -0.116444, 1.291189, -0.069625, 0.160565, -2.277298],
    [2.065783, -1.316106, 1.622849, 0.417302, 1.123412, -0.913101, 0.58591, -0.955425, 0.305267, 0.784771, -1.471157, -0.279098, -0.880578, -0.637881, 0.089654, -0.694694, 0.013353, -0.599805, -0.830172, 0.621804],
    [1.575468, 0.823008, 0.040371, -0.508972, -0.456118, -0.54257, 0.903999, 1.423614, -0.97989, -0.166486, 1.206608, 1.068972, -0.266327, -1.066333, -1.239501, -1.335203, -0.156994, -2.790996, -0.282864, -0.10646],
    [-0.646491, -0.478191, 0.6441, -0.011734, 2.230274, 2.257082, -0.156843, 1.37988, -0.548761, -0.710501, -1.448992, -0.539033, -1.086301, 3.174625, 2.783862, -0.086427, 0.183634, 1.145927, 0.779492, -0.213988],
    [0.677808, 1.441844, -1.940681, -0.857497, -2.086391, 0.04357, -1.958169, 0.542645, 0.361802, -0.934182, -1.106573, 1.217941, 0.505382, -0.560086, -1.11502, 0.049062, -0.806178, 0.861623, -0.359224, -0.596086],
    [0.017165, -0.864477, -0.102887, 2.054624, 0.808844, -1.352337, 0.350167, -0.479157, 1.789755, 0.05341, -0.429142, 0.840862, 1.115702, -1.40922, -0.740905, -0.049703, 1.1469, 1.033687, 1.208456, 0.466643],
    [0.309318, -1.106869, 0.07984, 1.040038, 0.527951, 0.944836, 0.937555, -0.108898, -1.56112, 0.573265, 2.917309, 1.290993, 1.153213, 1.717186, 1.895642, 0.023357, 1.312895, -0.563986, 1.098689, -0.831173],
    [0.720686, -1.024897, -0.564164, 0.799241, -2.160628, 0.623742, 0.058372, 0.520812, 0.406656, 1.331533, -1.545448, 0.903709, -1.325491, 1.25959, 1.488376, -0.116567, 0.507252, -0.800787, 1.638962, 0.30359],
    [0.852704, -0.72215, -0.184176, 2.137828, -1.426555, -1.307595, 0.71479, -1.755926, 1.76796, -0.785534, 0.03536, 0.617986, -0.447895, -1.411294, -0.807991, -0.175459, -0.115985, -0.53302, -1.538793, -0.933915],
    [1.919792, 0.625776, 0.140395, 0.39788, -0.268371, -0.740073, 2.50598, -1.195862, -0.131676, -0.996011, -1.391694, 0.751337, 0.627437, -1.241749, -1.290537, -0.18242, -0.926872, 0.134373, 0.450218, -0.491125],
    [-1.149723, -0.854367, -0.24007, -2.498213, -0.019316, 1.183399, -0.500702, -1.310655, 0.269397, 0.384359, 0.425623, 0.477302, 0.77212, 1.922961, 1.945798, 0.91742, 0.08056, 0.915619, -0.626607, -0.372132],
    [1.373332, -0.403942, 0.320971, 0.964888, -1.322443, 1.35039, 0.941866, 2.150354, 0.602863, 2.424307, -0.527419, -0.561876, -1.237165, 1.94981, 1.760475, 0.747963, 2.167937, -0.170084, 0.774535, 0.273827],
    [0.461164, -0.852599, 0.805393, -0.109991, -0.448738, -1.360882, -0.17418, -0.168199, -0.672448, 0.008549, -1.175983, -0.195057, 0.920018, -1.42555, -0.759553, -0.537223, -0.701344, -0.190221, 1.010127, 0.156264],
    [-2.793085, -1.080775, 0.585662, 1.810535, 0.795026, -1.229757, -0.23084, -0.344987, -0.374438, -1.305727, 1.937529, 2.051173, -1.044589, -1.155307, -0.436417, -0.606998, 0.429526, -1.52568, 0.366332, 0.106223],
    [0.858011, -1.011038, 1.325923, -0.815547, -0.701649, 0.933262, -0.013304, -0.616746, -0.40737, -0.729927, -1.358797, -1.749405, -0.924541, 1.660921, 1.806156, 1.900779, -0.036379, 1.294182, -1.037289, -1.424334],
    [-0.977773, 1.112982, -0.369256, 1.005687, 1.060328, -0.327883, -0.348984, 0.614726, -1.711168, 0.353567, 0.171957, -0.522356, -1.395283, -0.908019, -1.2449, -0.260466, 0.265642, 0.098112, 0.490561, 0.445097],
    [0.92829, -0.789718, -0.125173, 0.189199, -2.170711, 1.037633, 0.25131, -0.300931, -0.615492, 1.223936, 0.083389, 0.341689, 1.451679, 1.70348, 1.738814, -1.005597, -0.775895, 0.949268, -0.424983, 0.893784],
    [-0.357188, -0.502186, 1.427547, 0.558803, 0.387735, 1.395566, -1.174024, -1.943922, -0.354799, -1.504891, -0.521376, 0.679301, -0.491014, 2.051321, 1.887616, 2.029997, 0.036197, -0.525103, -0.230114, -0.634405],
    [1.272623, 0.633783, 3.432663, 0.211234, -0.406071, 0.42463, -1.36928, -0.136373, -0.688408, 2.047655, -0.998566, 0.081083, -0.442655, 0.287333, -0.059202, -0.58668, -0.747526, -0.021947, 0.557533, 0.375235],
    [0.966539, -1.661536, 1.409253, 1.442877, -0.288997, -0.188553, 1.760415, 0.128377, -0.391816, -0.539682, 0.713049, 0.636583, -0.604603, 0.463393, 1.13789, -0.806185, 1.620912, 0.382715, 1.306206, -0.251674],
    [-1.873161, -1.369109, 0.07638, -0.475373, -2.142467, -0.575626, 0.794528, -1.021886, -0.830169, 0.47761, 0.920615, -1.306534, 2.110605, -0.171137, 0.490996, 1.232899, 0.367232, 0.086464, -0.035368, -0.422857],
    [-1.137304, 0.481346, 1.0749, -1.458982, 1.633276, -0.182559, -1.811754, -1.680674, 0.258742, 0.952548, -0.803073, 0.291005, -0.018258, -0.446328, -0.58171, -0.578326, -0.69781, 0.784905, 1.314941, -0.847453],
    [-0.017818, 0.752217, 0.112368, -1.067877, 0.394428, -0.584312, 0.457947, 0.572963, 0.725523, -0.076679, -0.600139, -0.036818, 0.571805, -1.090944, -1.226844, 0.915499, -0.150504, 0.185536, 0.146765, -0.4382],
    [1.829906, 0.709932, 0.759494, 0.590494, -0.449346, 0.755597, -1.136433, -0.952084, 1.085251, 1.077377, -1.425156, -1.10297, 0.439127, 0.690209, 0.231198, -1.089551, -1.103216, 0.834283, 0.715333, -1.38955],
    [-2.308039, -1.423689, 1.142564, 0.459782, -0.120889, -0.165523, 0.428659, 0.021172, -0.260561, -0.206331, 0.327068, -0.691269, 1.797919, 0.391846, 0.970792, 0.814625, -2.514925, -0.247016, -0.37912, 0.276103],
    [-1.537029, 2.14957, 0.324554, -0.349094, 0.988578, 0.462844, 0.121255, -0.889331, -0.242826, 0.239045, 0.503906, 2.113824, 0.913951, -0.311463, -1.239471, 0.514865, 0.505363, 2.153233, 1.319726, -0.87973],
    [0.37167, -0.955432, -0.14849, -1.398813, -1.113436, -1.208147, 0.644354, -0.459943, -0.06741, 0.081768, 1.853009, 0.372457, 0.513505, -1.180547, -0.514408, 1.101, -0.1834, -0.629442, 0.142251, 0.780027]
  ]
  targets: [1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0]
start:
  initializer: sklearn_glorot
optimizer: {name: adam, beta1: 0.9, beta2: 0.999, eps: 1e-8, epsilon_hat: true}
learning_rate: 0.001
seed: 1
steps: 300
pace: 30
stop: {patience: 10, tolerance: 1e-4}
variants:
  - name: with a real test set
    set: {data.test_fraction: 0.3}
  - name: on the real XOR gate
    set: {data: xor}
  - name: textbook Adam
    set: {epsilon_hat: false}
lesson:
  title: What a score is worth
  section: Neural networks
  order: 80
  steps:
    - text: |
        The notes train a net of 100 ReLU units on a hundred samples with twenty features, and call them XOR; they are two
        clusters of points. It begins by guessing: 44 of 100 are right.
      set: {views: [loss, activations, optimizer, parameters], pace: 30}
      watch: loss
      facts: ["accuracy == 0.44"]
    - text: |
        Adam, η = 0.001, all samples in each step.
      set: {views: [loss, activations, optimizer, parameters]}
      advance: 100
      watch: loss
      ask:
        text: How many steps until all hundred are right?
        choices: [fewer than 100, about 300, more than 1000]
        answer: 1
        because: |
          91 are right after 20 steps, 99 after 50, all of them after 100.
      facts: ["accuracy == 1", {when: accuracy == 0.91, steps: 20}, {when: accuracy == 0.99, steps: 50}, {when: finished and step == 295, steps: 300}]
    - text: |
        It goes on to step 295, until the loss no longer falls by 1e-4 in ten steps: scikit-learn's rule for stopping. The notes
        print the score as "Test set accuracy": 1.0.
      set: {data.test_fraction: 0.3, views: [loss, activations, optimizer, parameters]}
      advance: 100
      watch: loss
      ask:
        text: They had no test set. Hold out 30 samples; how many of those are right when all others are, after 100 steps?
        choices: [all 30, "23", "15, as by guessing"]
        answer: 2
        because: |
          23 of 30. With 2201 weights for 70 samples the net knows these by heart; the others it has to judge.
      facts: ["accuracy == 1", "abs(test_accuracy - 23/30) < 1e-9", "units == 100"]
    - text: |
        Longer training helps here, because the clusters are clean: the test loss still falls. Let it run.
      press: [t]
      watch: loss
      set: {data.test_fraction: 0.3, pace: 60, views: [loss, activations, optimizer, parameters]}
      goal:
        text: At least 27 of the 30 that were held out
        when: test_accuracy >= 0.9
        solution: {steps: 282}

"""#),
  ("notes-forward", #"""
glissade: 1
title: "Notes: forward pass of a 2-3-3-1 net"
group: Lecture notes
summary: Matrix times vector plus bias, then the activation, layer by layer
notes: |
  Before the first step, the net shows the forward pass of (0.5, -0.25): each layer is y = f(W y + b), tanh twice and
  no activation at the output, which answers 0.1527. Training then draws the answer to the target 1.
  The notes say that W of layer l has N(l-1) rows and N(l) columns; the product that they write down needs it the other way
  round, one row a unit, as here.
model: {kind: mlp, hidden: [3, 3], activation: tanh, output: identity}
loss: mse
data:
  inputs: [[0.5, -0.25]]
  targets: [[1]]
start:
  layers:
    - weights: [[-0.749, -0.586], [-0.897, -0.118], [-0.94, -0.086]]
      biases: [0.089, 0.561, -0.387]
    - weights: [[0.298, -0.443, 0.353], [0.182, -0.952, 0.118], [-0.481, -0.17, -0.433]]
      biases: [-0.556, -0.224, 0.873]
    - weights: [[0.386, -0.119, -0.686]]
      biases: [0.952]
optimizer: gd
learning_rate: 0.02
steps: 60
views: [network, activations, parameters, loss]
pace: 2
variants:
  - name: sigmoids
    set: {activation: sigmoid}
  - name: no activation at all
    set: {activation: identity}

"""#),
  ("notes-scaled-activation", #"""
glissade: 1
title: "Notes: c₁ f(c₂ x + c₃) + c₄"
group: Lecture notes
summary: One sigmoid, moved and scaled by four numbers, finds the curve that made the data
notes: |
  A net with one hidden unit is a scaled activation: c₂ and c₃ are its weight and bias, c₁ and c₄ those of the output.
  c₂ makes it steeper, c₃ moves it sideways, c₁ stretches it, c₄ lifts it. The points lie on 2σ(-3x + 0.5) - 1; descent
  from σ(-x) finds these numbers again.
model: {kind: mlp, hidden: [1], activation: sigmoid, output: identity}
loss: mse
data:
  inputs: [[-2], [-1.5], [-1], [-0.5], [0], [0.5], [1], [1.5], [2]]
  targets: [[0.996997635486526], [0.9866142981514305], [0.9413755384972873], [0.7615941559557646], [0.2449186624037092], [-0.4621171572600098], [-0.8482836399575129], [-0.9640275800758169], [-0.9918597245682077]]
start: [-1, 0, 1, 0]
optimizer: gd
learning_rate: 0.5
steps: 2000
pace: 60
variants:
  - name: from the mirrored side
    set: {start: [1, 0, -1, 0]}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.05}

"""#),
  ("notes-linear-collapse", #"""
glissade: 1
title: "Notes: layers without activation collapse"
group: Lecture notes
summary: Three linear layers are one linear layer, and XOR stays out of reach
notes: |
  The weights are those of notes-forward, but every activation is the identity: W₃W₂W₁x is one matrix times x, whatever
  the number of layers. Training ends at the flat plane 1/2 of xor-linear. Switch the activation to tanh, and the
  same net learns XOR.
model: {kind: mlp, hidden: [3, 3], activation: identity, output: identity}
loss: mse
data: xor
start:
  layers:
    - weights: [[-0.749, -0.586], [-0.897, -0.118], [-0.94, -0.086]]
      biases: [0.089, 0.561, -0.387]
    - weights: [[0.298, -0.443, 0.353], [0.182, -0.952, 0.118], [-0.481, -0.17, -0.433]]
      biases: [-0.556, -0.224, 0.873]
    - weights: [[0.386, -0.119, -0.686]]
      biases: [0.952]
optimizer: gd
learning_rate: 0.1
steps: 1000
pace: 60
variants:
  - name: tanh bends the plane
    set: {activation: tanh, steps: 3000}
  - name: ReLU folds it once, right for three of four
    set: {activation: relu, steps: 3000}
lesson:
  title: Layers that collapse
  section: Neural networks
  order: 90
  steps:
    - text: |
        Three layers, 2-3-3-1, but every activation is the identity. Each layer is a matrix and a shift, and a product of
        matrices is a matrix.
      set: {views: [boundary, network, loss, truth_table]}
      watch: network
    - text: |
        The net has 25 parameters and learns XOR with squared errors.
      set: {views: [boundary, truth_table, loss, network], pace: 200}
      advance: 1000
      watch: truth_table
      ask:
        text: How low can the loss go?
        choices: ["0, there are weights enough", "1/4", "ln 2"]
        answer: 2
        because: |
          1/4: W3 W2 W1 x + b is one plane, however many layers there are, and the best plane is flat at 1/2. Depth alone
          adds nothing.
      facts: ["abs(loss - 0.25) < 1e-6", "length(p) == 25"]
    - text: |
        The theorem's condition is not depth but the bend: put anything that is not a straight line between the layers. The
        weights stay when you switch, so begin afresh after.
      press: [a, A, r, t]
      watch: boundary
      set: {views: [boundary, truth_table, loss, activations], pace: 200}
      goal:
        text: The same net, XOR right in all four rows
        when: accuracy >= 1 and loss < 0.01
        solution: {set: {activation: tanh}, steps: 1000}
    - text: |
        ReLU bends too, but from these weights it folds the plane once only: three rows of four are right. What an activation
        can do and what a start lets it do are not the same.
      set: {activation: relu, views: [boundary, activations, loss, truth_table]}
      advance: 3000
      watch: boundary
      facts: ["accuracy == 0.75", "abs(loss - 1/6) < 1e-9"]

"""#),
  ("notes-activations", #"""
glissade: 1
title: "Notes: activations"
group: Lecture notes
summary: "One small net, five activations: sigmoid, tanh, step, sine and ReLU on the same curve"
notes: |
  Twelve hidden units fit a wave. Sigmoid and tanh build it from soft stairs, sine from waves, ReLU from straight
  pieces; through the step nothing is learnt in the hidden layer, because its slope is 0, so the stairs stay where they
  began and only their heights change.
  The notes require an activation that is bounded, rising and continuous, and then show three that are not: the step is not
  continuous, the sine does not only rise, and ReLU is not bounded.
model: {kind: mlp, hidden: [12], activation: sigmoid, output: identity}
loss: mse
data: {name: sine, samples: 100, noise: 0}
start:
  initializer: {name: normal, scale: 3}
optimizer: adam
learning_rate: 0.02
seed: 3
steps: 3000
pace: 100
variants:
  - name: tanh
    set: {activation: tanh}
  - name: step
    set: {activation: step}
  - name: sine
    set: {activation: sine}
  - name: ReLU
    set: {activation: relu}
lesson:
  title: What an activation must do
  section: Neural networks
  order: 95
  steps:
    - text: |
        The notes ask that an activation be not constant, bounded, rising and continuous. Sigmoid and tanh are all of that. Here
        twelve sigmoids fit a wave; the histogram shows where their inputs z lie on the curve.
      set: {views: [activations, fit, loss, network]}
      watch: activations
    - text: |
        Training goes through the slopes: each layer multiplies by φ'(z).
      watch: activations
      ask:
        text: What is the largest slope that the sigmoid has?
        number: 0.25
        tolerance: 0.001
        because: |
          σ' = σ (1 - σ), at most 1/4, at z = 0; far out it is nearly 0. Through ten layers a gradient is multiplied by at
          most 1/4 ten times: it vanishes. The slope of tanh is at most 1.
      facts: ["abs(sigmoid(0) (1 - sigmoid(0)) - 0.25) < 1e-15"]
    - text: |
        The notes go on to the step, the sine and ReLU: one is not continuous, one does not only rise, one is not bounded.
      set: {activation: step, views: [fit, activations, loss, network]}
      advance: 3000
      watch: fit
      ask:
        text: What do twelve step units learn in the hidden layer?
        choices: [the same as sigmoids, nothing, only the biases]
        answer: 2
        because: |
          The slope of the step is 0, so no gradient reaches the hidden weights: the stairs stay where they began, and only
          their heights are learnt. The loss ends at 0.223; sigmoids reached 0.023.
      facts: ["abs(loss - 0.223) < 5e-4", {when: abs(loss - 0.023) < 5e-4, set: {activation: sigmoid}}]
    - text: |
        The conditions are enough, but not all are needed: sine and ReLU fit the wave too, and modern nets are full of ReLU.
        What counts is any bend that is no polynomial (Leshno and others, 1993).
      press: [a, A, r, t]
      watch: fit
      set: {pace: 500, views: [fit, activations, loss, network]}
      goal:
        text: A loss below 0.001, with an activation of your choice
        when: loss < 0.001
        solution: {set: {activation: tanh}, steps: 3000}

"""#),
  ("boltzmann", #"""
glissade: 1
title: Restricted Boltzmann machine
group: Other networks
summary: Learns without a teacher which images are bars or stripes
notes: |
  Of the 512 images of nine pixels, 14 consist of whole rows or whole columns. The machine sees only these, and
  raises their probability by contrastive divergence: a step towards the data, a step away from what it dreams up
  itself. The bars show the exact probability of each pattern, and the images above what each hidden unit looks
  for. The estimate is noisy; compare the variant with the exact gradient.
network: {kind: boltzmann, hidden: 8, cd: 5}
data: {name: bars_and_stripes, side: 3}
optimizer: adam
learning_rate: 0.01
batch: full
steps: 3000
pace: 40
variants:
  - name: exact gradient
    set: {network.cd: 0}
  - name: one Gibbs step
    set: {network.cd: 1}

"""#),
  ("convolution", #"""
glissade: 1
title: Convolutional net
group: Other networks
summary: Four kernels slide over small images of digits and learn what to look for
notes: |
  Each kernel has nine weights and uses them at every place of the image; a layer of the same size with a weight
  for every pair of pixels would need hundreds of times as many. Left and Right slide the kernel, Up and Down
  change the image. The frame shows the patch, and the line below what the kernel makes of it. Watch the kernels
  turn from noise into detectors of strokes and edges.
network: {kind: convolutional, kernels: 4, kernel: 3, pool: 2}
data: {name: glyphs, samples: 200, noise: 0.05}
optimizer: adam
learning_rate: 0.02
batch: 20
steps: 1500
pace: 20
variants:
  - name: one kernel
    set: {network.kernels: 1}
  - name: no pooling
    set: {network.pool: 1}

"""#),
  ("deep-boltzmann", #"""
glissade: 1
title: Deep Boltzmann machine
group: Other networks
summary: Two hidden layers over the same images, learned by the exact gradient
notes: |
  The second hidden layer sees only the first. What a pattern switches on is found by mean field: both layers are
  updated in turn until they agree. The images are small enough to sum over every state, so that the descent
  follows the true likelihood. Left and Right choose the pattern.
network: {kind: boltzmann, hidden: 6, top: 4, cd: 0}
data: {name: bars_and_stripes, side: 3}
optimizer: adam
learning_rate: 0.03
batch: full
steps: 1500
pace: 30
variants:
  - name: a broader second layer
    set: {network.top: 8}

"""#),
  ("radial-basis", #"""
glissade: 1
title: Radial basis net
group: Other networks
summary: Nine fixed bumps whose weighted sum follows two waves
notes: |
  Each hidden unit answers only near its centre: a bump exp(−γ d²). The output adds the bumps up, so that with
  fixed centres the loss is a bowl in the weights. Narrow bumps (a large γ) leave holes between the centres; broad
  ones overlap so much that the bowl becomes a long valley. Left and Right single out one bump.
network: {kind: rbf, bumps: 9, gamma: 12}
data: {name: sine, samples: 60, noise: 0.1}
optimizer: adam
learning_rate: 0.05
batch: full
steps: 1000
pace: 30
variants:
  - name: narrow bumps
    set: {network.gamma: 200}
  - name: centres and widths learn too
    set: {network.learn_bumps: 1}

"""#),
  ("recurrent", #"""
glissade: 1
title: Recurrent net
group: Other networks
summary: A hidden state carries the first sign of a sequence past five steps of noise
notes: |
  The same weights read every element; only the hidden state goes on. The net is asked after the last element
  whether the first was 1 or −1. The lowest strip shows how much each state still depends on the first input: at
  the start it fades with every step, and learning makes it last. Left and Right change the sequence.
network: {kind: recurrent, units: 4}
data: {name: recall, samples: 64, length: 6, noise: 0.5}
optimizer: adam
learning_rate: 0.02
batch: full
steps: 1000
pace: 20
variants:
  - name: a longer sequence
    set: {data.length: 15}
  - name: one unit
    set: {network.units: 1}

"""#),
]
