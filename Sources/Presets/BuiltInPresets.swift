// Made from presets/ by `GLISSADE_UPDATE_PRESETS=1 swift test --filter BuiltInPresetsTests`; edit the files there.
// swift-format-ignore-file

/// The presets that the program carries, by heading; the notes' in their order, the others by name.
let builtInPresets: [(name: String, text: String)] = [
  ("first-loss", #"""
glissade: 1
title: A line through four points
group: First steps
summary: One number, the loss, says how badly a line fits; descent makes it small
notes: |
  The line is y = θ0 + θ1 x, so there are two numbers to learn. The loss is the mean of the squared distances between what
  the line says and what the points say. The best line is y = -0.1 + 2.04 x, with a loss of 0.043. It is not 0, because no
  line meets all four points.
model: linear
data:
  rows: [[1, 1.8], [2, 4.3], [3, 5.8], [4, 8.1]]
start: [0, 0]
loss: mse
optimizer: gd
learning_rate: 0.02
steps: 400
views: [fit, loss, parameters]
pace: 4
lesson:
  title: What a loss is
  section: First steps
  order: 1
  steps:
    - text: |
        Four points, and a line that is to meet them. So far it lies flat. The loss is one number that says how badly it
        does: the mean of the squared distances from the points to the line. Press the point key once: the program turns
        the line a little.
      press: ["."]
      set: {views: [fit, loss, parameters]}
      advance: 0
      watch: fit
      goal:
        text: Take one step
        when: step >= 1
        solution: {steps: 1}
    - text: |
        The line came nearer, and the loss at the upper right of its pane fell. That is all that learning is here:
        find the line for which the loss is smallest.
      set: {views: [fit, loss, parameters]}
      advance: 400
      watch: fit
      ask:
        text: Will the loss come down to exactly 0?
        choices: ["yes, if one waits", "no, it stays above 0"]
        answer: 2
        shows: [fit]
        hint: "A loss of 0 would mean that the line meets all four points at once."
        because: |
          No line meets all four points. The best one leaves a loss of 0.043, and this is nearly it.
      facts: ["loss > 0.043 and loss < 0.044"]
    - text: |
        Now let it run: the space bar starts it and stops it. Watch the line in one pane and the loss in the other.
      press: [space]
      set: {views: [fit, loss, parameters]}
      advance: 0
      watch: loss
      goal:
        text: Bring the loss below 0.1
        when: loss < 0.1
        solution: {steps: 60}

"""#),
  ("first-slope", #"""
glissade: 1
title: A ball on a curve
group: First steps
summary: The slope under a ball says which way is down, and how steep it is
notes: |
  The slope f′ is how much f rises when x grows by one, measured on so short a stretch that the curve looks straight. Where
  it is negative the curve falls to the right, where it is positive it falls to the left, and at the bottom it is 0.
  Gradient descent always goes against the slope. The key d draws the tangent, the straight line with that slope.
function:
  formula: (x - 1)^2 / 2 + 1
  x_range: [-5, 7]
  y_range: [0, 16]
start: {x: -3}
optimizer: gd
learning_rate: 0.1
steps: 80
views: [function, loss, parameters]
pace: 5
lesson:
  title: What a slope tells
  section: First steps
  order: 2
  steps:
    - text: |
        A ball on a curve; low is good. f′ at the upper right of the picture is the slope under the ball: how much f rises
        when x grows by one. Press d: the tangent is the straight line with that slope.
      press: [d, "."]
      set: {views: [function]}
      advance: 0
      watch: function
      goal:
        text: Take three steps with the point key, and watch f′
        when: step >= 3
        solution: {steps: 3}
    - text: |
        At x = -3 the slope is -4: the curve falls to the right. A ball goes against the slope: where it is negative, x
        grows. Now another place, x = 6, where the slope is 5.
      set: {start.x: 6, views: [function], pace: 5}
      watch: function
      ask:
        text: Which way does the ball go from there?
        choices: [to larger x, to smaller x, nowhere]
        answer: 2
        shows: [function]
        hint: "Against the slope: a positive slope means that the curve rises to the right."
        because: |
          The slope is positive, so down is to the left. It comes to rest at x = 1.
      facts: [{when: "abs(gradient_norm - 5) < 1e-12", steps: 1}, {when: "abs(x - 1) < 0.01", steps: 80}]
    - text: |
        What is the slope where the ball rests? Let it roll, and watch f′ on the way.
      press: [space]
      set: {views: [function], pace: 10}
      advance: 0
      watch: function
      ask:
        text: What is the slope at the lowest point of the curve?
        number: 0
        tolerance: 0.01
        shows: [function]
        hint: "There the curve falls neither to the left nor to the right."
        because: |
          It is 0: there the curve is level, and no direction is down. Descent stops where the slope is 0.
      goal:
        text: Roll until the slope, ‖gradient‖, is below 0.01
        when: gradient_norm < 0.01
        solution: {steps: 80}

"""#),
  ("first-step", #"""
glissade: 1
title: Steps down a bowl
group: First steps
summary: A step is the rate times the slope; a larger rate gets there sooner
notes: |
  A step goes from x to x - η f′(x). The rate η (eta) is chosen, the slope is what the curve has. Steps shrink by
  themselves towards the bottom, because the slope does.
function:
  formula: x^2
  x_range: [-5, 5]
  y_range: [-1, 26]
start: {x: 4}
optimizer: gd
learning_rate: 0.02
steps: 100
views: [function, loss, parameters]
pace: 5
lesson:
  title: What a step and a rate do
  section: First steps
  order: 3
  steps:
    - text: |
        A step goes against the slope, and its length is a number called the rate, η, times the slope. η stands at the top
        of the screen: it is 0.02. Take some steps, and see that they become shorter.
      press: ["."]
      set: {views: [function, loss]}
      advance: 0
      watch: function
      goal:
        text: Take five steps
        when: step >= 5
        solution: {steps: 5}
    - text: |
        Let us compute one. The ball is at x = 4, where the slope of x² is 8, and now η is 0.1. The new x is
        x - η · slope.
      set: {learning_rate: 0.1, views: [function, loss]}
      advance: 1
      watch: function
      ask:
        text: Where is the ball after this step?
        number: 3.2
        tolerance: 0.001
        shows: [function]
        hint: "The step is 0.1 · 8 = 0.8 long, to the left of 4."
        because: |
          4 - 0.1 · 8 = 3.2. At the new place the slope is smaller, and so is the next step.
      facts: ["abs(x - 3.2) < 1e-12"]
    - text: |
        With η = 0.02 the way down takes more than a hundred steps. A larger rate takes longer steps: press + a few times,
        or type one with =, then start again with r.
      press: ["+", "=", r]
      set: {views: [function, loss], pace: 10}
      watch: function
      goal:
        text: Come within 0.01 of the bottom in at most 20 steps
        when: step <= 20 and abs(x) < 0.01
        solution: {set: {learning_rate: 0.3}, steps: 10}

"""#),
  ("first-jump", #"""
glissade: 1
title: Two valleys
group: First steps
summary: Too long a step leaves the valley, and one that is much too long leaves the picture
notes: |
  The curve has two valleys, at x = 2.1004 and at x = -2.3495. A step is the rate times the slope, and on a steep wall it can be longer
  than the valley is wide. Then the ball lands in the other valley, or higher than it was, where it is steeper still.
function:
  formula: x^4 / 10 - x^2 + x / 2
  x_range: [-4, 4]
  y_range: [-5, 12]
start: {x: 3.2}
optimizer: gd
learning_rate: 0.05
steps: 60
views: [function, loss, parameters]
pace: 3
lesson:
  title: Why it can jump out of the valley
  section: First steps
  order: 4
  steps:
    - text: |
        Two valleys, and a ball high on the right wall. The rate is small. Let it roll with the space bar.
      press: [space]
      set: {views: [function, loss], pace: 10}
      advance: 0
      watch: function
      goal:
        text: Come to rest in the right valley, at x = 2.10
        when: abs(x - 2.1004) < 0.005
        solution: {steps: 60}
    - text: |
        At the start the slope is 7.2. With a rate of 0.7 the first step is therefore 5 long.
      set: {learning_rate: 0.7, views: [function, loss], pace: 3}
      advance: 1
      watch: function
      ask:
        text: Where does that step from x = 3.2 end?
        choices: [in the right valley, on the hill between, in the left valley]
        answer: 3
        shows: [function]
        hint: "Count 5 to the left of 3.2."
        because: |
          At x = -1.8: it flew over the hill. The slope was only known at the start; the step does not look where it goes.
      facts: ["abs(x + 1.845) < 0.001"]
    - text: |
        Too long a step can also end higher than it began, where the slope is steeper, and the next step is longer
        still. Take a large rate and watch the loss. Enter starts again at half the rate.
      press: ["=", r]
      set: {views: [function, loss], pace: 3}
      watch: loss
      goal:
        text: Throw the ball out of the picture, beyond 100
        when: abs(x) > 100
        solution: {set: {learning_rate: 1.5}, steps: 3}

"""#),
  ("first-two", #"""
glissade: 1
title: A long valley seen from above
group: First steps
summary: With two parameters every step goes the steepest way, which is not the shortest
notes: |
  The height is x²/2 + 5y²: ten times as steep along y as along x. A step goes against both slopes at once, straight down the
  steepest way, which crosses the lines of equal height at right angles. The steep direction limits the rate (below 0.2), and the flat one
  makes the way long.
function:
  formula: x^2 / 2 + 5 y^2
  x_range: [-5, 5]
  y_range: [-2.5, 2.5]
start: {x: 4, y: 1.5}
optimizer: gd
learning_rate: 0.02
steps: 200
views: [contour, loss, parameters]
pace: 10
lesson:
  title: What changes with two parameters
  section: First steps
  order: 5
  steps:
    - text: |
        Two numbers to learn, x and y, make a landscape. You see it from above: each line joins places of equal height,
        and the lowest place is in the middle. Let the ball roll.
      press: [space]
      set: {views: [contour, loss, parameters]}
      advance: 0
      watch: contour
      goal:
        text: Bring the loss, the height, below 1
        when: loss < 1
        solution: {steps: 120}
    - text: |
        Each parameter has a slope of its own, together they are called the gradient. At the start, (4, 1.5), the slope
        along x is 4 and along y it is 15.
      set: {views: [contour, loss, parameters], pace: 5}
      watch: contour
      ask:
        text: Where does the first step go?
        choices: [mostly along x, mostly along y, straight to the middle]
        answer: 2
        shows: [contour]
        hint: "The step along each parameter is the rate times the slope along it."
        because: |
          Along y, the steep way: down into the valley first, and only then along it. The steepest way is not the shortest.
      facts: [{when: "abs(p[0] - 3.92) < 1e-12 and abs(p[1] - 1.2) < 1e-12", steps: 1}]
    - text: |
        So the way along the valley is slow. A larger rate helps, until the ball jumps from wall to wall: above 0.2 it
        does not come down at all.
      press: ["=", r]
      set: {views: [contour, loss, parameters], pace: 10}
      watch: contour
      goal:
        text: A loss below 0.01 within 40 steps
        when: step <= 40 and loss < 0.01
        solution: {set: {learning_rate: 0.15}, steps: 40}

"""#),
  ("first-net", #"""
glissade: 1
title: A small network
group: First steps
summary: Four units bend a line around the points of one class
notes: |
  Each hidden unit adds up the two inputs, each times a weight of its own, and bends the sum with tanh: it draws one soft line. The output
  adds up the units, and its sign is the answer. Descent changes all weights at once, so that the loss falls. Three lines
  can enclose the inner points; four do it more easily.
model:
  kind: mlp
  hidden: [4]
  activation: tanh
data: {name: circle, samples: 120}
start:
  initializer: glorot_uniform
optimizer: adam
learning_rate: 0.05
seed: 1
steps: 400
views: [boundary, network, loss, hidden]
pace: 30
lesson:
  title: What a network is
  section: First steps
  order: 6
  steps:
    - text: |
        Points of two classes, one inside the other. In the network pane the two inputs stand at the left, four units in
        the middle, the answer at the right; each line is a weight, a number to learn. Let it learn.
      press: [space]
      set: {views: [boundary, network, loss, hidden]}
      advance: 0
      watch: network
      goal:
        text: Get 95 % of the points right
        when: accuracy >= 0.95
        solution: {steps: 400}
    - text: |
        The colour of the picture is what the network answers at each place, even where there are no points.
      set: {views: [boundary, network, loss, hidden]}
      advance: 0
      watch: boundary
      ask:
        text: What does the line between the two colours show?
        choices: [where the points end, where it is undecided, the way of descent]
        answer: 2
        shows: [boundary, network]
        hint: "On one side it answers one class, on the other side the other."
        because: |
          There both classes are equally likely to the network. It is called the decision boundary; learning moves it.
    - text: |
        Each unit draws one soft line, and the output puts the lines together. Now there is a single unit.
      set: {hidden: 1, views: [boundary, network, loss, hidden]}
      advance: 600
      watch: boundary
      ask:
        text: What does the boundary of one unit look like?
        choices: [a straight line, a circle, four corners]
        answer: 1
        shows: [network]
        hint: "One unit draws one line."
        because: |
          One straight line, with which nobody can enclose the inner points: at least a third of them stay wrong.
      facts: ["accuracy < 0.8"]
    - text: |
        Give it back its units. The form (e) lists everything that can be changed; the palette is quicker: type a colon,
        then hidden 4 and Enter.
      press: [":", e]
      set: {hidden: 1, views: [boundary, network, loss, hidden], pace: 60}
      watch: boundary
      goal:
        text: Get 99 % of the points right, with more units
        when: units >= 2 and accuracy >= 0.99
        solution: {set: {hidden: 4}, steps: 600}

"""#),
  ("first-fit", #"""
glissade: 1
title: A curve through noisy points
group: First steps
summary: Too few units cannot follow the curve, too many follow the noise; test points tell
notes: |
  The points scatter about a sine. Half of them are for training, half are kept aside for the test. What counts is the loss over points that
  were not learnt from. One unit cannot bend as the curve does: it underfits. Many units, trained long, go through every
  training point and swing in between: they overfit.
model: {kind: mlp, hidden: [3], activation: tanh, output: identity}
loss: mse
data: {name: sine, samples: 30, noise: 0.3, test_fraction: 0.5}
start:
  initializer: {name: normal, scale: 2}
optimizer: adam
learning_rate: 0.03
seed: 1
steps: 3000
views: [fit, loss, network, parameters]
pace: 200
lesson:
  title: Too simple, too free
  section: First steps
  order: 7
  steps:
    - text: |
        The points scatter about a curve. The net learns from one half; the other half, the test points, it never sees.
        What counts is how well it does on those. A single unit first: let it learn.
      press: [space]
      set: {hidden: 1, views: [fit, loss, network]}
      advance: 0
      watch: fit
      goal:
        text: Let it learn for 500 steps
        when: step >= 500
        solution: {steps: 500}
    - text: |
        One unit is one bend, and the curve has more: both losses stay high. That is underfitting. Now thirty units for
        fifteen training points.
      set: {hidden: 30, views: [fit, loss, network]}
      advance: 3000
      watch: fit
      ask:
        text: The loss over the training points goes to nearly 0. And over the test points?
        choices: [to nearly 0 as well, it stays far higher]
        answer: 2
        shows: [fit]
        hint: "It can go through every training point, and do anything between them."
        because: |
          It went through the training points, noise and all, and swings in between. That is overfitting: the noise of
          the test points is another one.
      facts: ["loss < 0.03 and test_loss > 0.3"]
    - text: |
        Find what is neither too simple nor too free. Type a colon, then hidden 3 (or another number) and Enter, r to start
        again and the space bar to run. With thirty units watch the test loss fall, and then rise.
      press: [":", r, space]
      set: {hidden: 30, views: [fit, loss, network], pace: 200}
      advance: 0
      watch: loss
      goal:
        text: A test loss below 0.15 with at most eight units
        when: units <= 8 and test_loss < 0.15
        solution: {set: {hidden: 3}, steps: 3000}

"""#),
  ("first-batches", #"""
glissade: 1
title: A few points at a time
group: First steps
summary: Each step looks at a batch of the points only, so that more steps cost the same
notes: |
  A step that looks at all 400 points costs as much as forty steps that look at ten each. The gradient of a batch is a
  guess, a little wrong each time, but forty rough steps go much farther than one exact one. One pass over all points is an epoch.
  Near the minimum the guesses keep the loss from settling; a smaller rate or a larger batch calms it.
model: linear
data: {name: line, samples: 400, noise: 1}
start: [-3, 3]
optimizer: gd
learning_rate: 0.05
steps: 400
views: [fit, loss, contour, batches]
pace: 10
lesson:
  title: Why batches
  section: First steps
  order: 8
  steps:
    - text: |
        Four hundred points and a line. Each step looks at all of them, which is exact, and slow where there are millions.
        Take some steps.
      press: ["."]
      set: {views: [fit, loss, contour, batches]}
      advance: 0
      watch: fit
      goal:
        text: Take three steps
        when: step >= 3
        solution: {steps: 3}
    - text: |
        Now each step looks at 10 points only, others each time: a batch. One pass over all 400 is called an epoch, and
        costs the same work as one step before.
      set: {batch: 10, views: [fit, loss, contour, batches]}
      advance: 40
      watch: fit
      ask:
        text: How many steps are in an epoch now?
        number: 40
        tolerance: 0
        shows: [fit, loss]
        hint: "400 points, 10 in each step."
        because: |
          400 / 10 = 40 steps for the work of one. Each is a guess, but forty guesses went much farther than one exact
          step.
      facts: [epoch == 1]
    - text: |
        See what that is worth. The key b chooses the size of the batch; r starts again. With all points in each step,
        this takes far more epochs.
      press: [b, r]
      set: {views: [fit, loss, contour, batches], pace: 10}
      advance: 0
      watch: loss
      goal:
        text: A loss below 1.1 within five epochs
        when: epoch <= 5 and loss < 1.1
        solution: {set: {batch: 10}, steps: 200}

"""#),
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
views: [function, loss, parameters, basin]
pace: 30
map: learning_rate 1e-3..1, start.x -5..5
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
views: [contour, loss, basin, parameters]
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
  ("momentum-map", #"""
glissade: 1
title: Rate and momentum in a ravine
group: Two variables
summary: Press m for a map of which each pixel is a run; its edge is 2(1 + γ)/λ, its best place as theory says
notes: |
  The ravine is a hundred times steeper across than along. The map counts the steps to a loss of 1e-6 for each rate and
  momentum: without momentum (at the bottom) even the best rate needs hundreds, at the brightest place some fifty.
  The line is theory's limit of the rate, 2(1 + γ)/λ with λ = 100; the best place should be at η = 0.033, γ = 0.67.
  Click a pixel to watch that very run.
function:
  landscape: {name: quadratic, kappa: 100}
  x_range: [-12, 12]
  y_range: [-3, 3]
start: {x: 10, y: 1}
optimizer: {name: momentum, momentum: 0.67}
learning_rate: 0.033
steps: 1000
stop: {loss_below: 1e-6}
views: [contour, loss, map, parameters]
pace: 20
map: learning_rate 1e-4..0.1, momentum 0..0.99, steps

"""#),
  ("optimizer-race", #"""
glissade: 1
title: A race down Rosenbrock's valley
group: Two variables
summary: Four optimizers from one start, side by side; who leads at first need not lead in the end
notes: |
  All runs start at (-1.2, 1) at the same rate, which suits some better than others: `race fair` in the palette looks for
  each one's best rate first. Tab to the ranking: Up and Down choose whom the other panes show, Space hides a curve.
function:
  landscape: rosenbrock
  x_range: [-2, 2]
  y_range: [-1, 3]
start: {x: -1.2, y: 1}
optimizer: gd
learning_rate: 0.001
steps: 2000
stop: {loss_below: 0.001}
pace: 200
race: optimizer gd, momentum, nesterov, adam

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
views: [contour, loss, eigen_error, spectrum, parameters]
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
views: [boundary, truth_table, loss, network, parameters]
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
views: [boundary, truth_table, loss, network, parameters]
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
views: [boundary, truth_table, loss, network, parameters]
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
views: [boundary, truth_table, loss, network, parameters]
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
views: [boundary, truth_table, loss, network, parameters]
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
        shows: [boundary, truth_table]
        hint: "More than one round, and fewer than AND took."
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
        choices: [It found something, "It errs in all four rows, round after round", It stands still]
        answer: 2
        shows: [boundary, truth_table]
        hint: "It changes its weights whenever it errs, and there is no line."
        because: |
          From the third round on each ends with the weights it began with, (0, -1, 0), after four mistakes: each row is
          wrong when its turn comes, though two of four look right at the end. The rule has no way to say that there is no
          line.
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
        shows: [boundary]
        hint: "One unit draws one soft line."
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
        units: they are moved about until the output can part them.
      set: {hidden: 2, optimizer: gd, learning_rate: 1, seed: 3, pace: 100, views: [hidden, boundary, loss, network]}
      watch: hidden
      ask:
        text: In the hidden space, which kind of boundary does the output draw?
        choices: [a curve, a straight line, two lines]
        answer: 2
        hint: "The output unit adds up its inputs, as a logistic regression does."
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
  The lecture notes go on to logistic regression and find it "somewhat better"; with scikit-learn's default penalty, which they use,
  it gets only three rows of OR right, where least squares has all four.
model: linear
data: xor
start: [0.9, -0.6, 0.4]
optimizer: gd
learning_rate: 0.3
steps: 400
views: [boundary, truth_table, loss, network, parameters]
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
        shows: [truth_table, boundary]
        hint: "The plane has to be fair to opposite corners: their targets are equal."
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
        Logistic regression answers with a probability. The default of scikit-learn holds the weights back (C = 1, an l2
        penalty of 1).
      set: {kind: logistic, data: or, reduction: sum, l2: 1, learning_rate: 0.5, start: [0, 0, 0], views: [truth_table, boundary, loss, parameters]}
      advance: 1000
      watch: truth_table
      ask:
        text: How many of OR's four rows does it get right?
        number: 3
        tolerance: 0
        hint: "Held back weights leave only the constant: what does it answer to all?"
        because: |
          It answers "one" to all: with so few samples the penalty outweighs them. Least squares had all four. Without the penalty it learns OR at once.
      facts: ["accuracy == 0.75", {when: accuracy == 1, set: {l2: 0}, steps: 1000}]
    - text: |
        And XOR? Without any penalty, from weights of 0.9, -0.6 and 0.4.
      set: {kind: logistic, views: [boundary, truth_table, loss, parameters], learning_rate: 1, pace: 60}
      watch: loss
      ask:
        text: To what value does the loss fall?
        number: 0.693
        tolerance: 0.002
        shows: [boundary, truth_table]
        hint: "It ends by answering 1/2 to all: what does -ln of that cost?"
        because: |
          ln 2, the cost of answering 1/2. A line cannot part XOR, whatever the loss: it takes a hidden layer.
      facts: [{when: abs(loss - log(2)) < 1e-9, steps: 1000}]
    - text: |
        See it come to a standstill: the gradient goes to 0 with half of the rows wrong.
      press: [t]
      watch: boundary
      goal:
        text: "Stuck at ln 2, with ‖gradient‖ below 1e-6"
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
views: [boundary, truth_table, loss, network, parameters]
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
map: hidden 1..16, learning_rate 1e-3..1, accuracy
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
  ("playground-circle", #"""
glissade: 1
title: "Playground: circle"
group: Classroom
summary: "As the page opens: four units, then two, find a ring"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [4, 2], activation: tanh, output: tanh}
data: {name: playground_circle, test_fraction: 0.5, page_seed: "0.59701"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 5000
pace: 250
variants:
  - name: squares as inputs, no hidden layer
    set: {hidden: "", features: "x1^2,x2^2"}
  - name: noise
    set: {data.noise: 30}

"""#),
  ("playground-dead-weights", #"""
glissade: 1
title: "Playground: L1 cuts weights"
group: Classroom
summary: A penalty that carries a weight over zero cuts it for good
notes: |
  TensorFlow Playground's L1 rule, `l1_rule: clip`: a weight whose step with the penalty goes over zero becomes zero and
  stays zero. Watch how many of the first layer's weights are left; with `proximal` they may come back.
model: {kind: mlp, hidden: [6, 3], activation: tanh, output: tanh, features: [x1, x2, x1^2, x2^2, x1*x2, sin(x1), sin(x2)]}
data: {name: playground_circle, noise: 10, test_fraction: 0.5, page_seed: "0.5"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 5000
pace: 250
l1: 0.003
l1_rule: clip
variants:
  - name: proximal
    set: {l1_rule: proximal}
  - name: L2 instead
    set: {l1: 0, l2: 0.003}

"""#),
  ("playground-gauss", #"""
glissade: 1
title: "Playground: two clouds"
group: Classroom
summary: "One straight line parts them, with no hidden layer at all"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [], activation: tanh, output: tanh}
data: {name: playground_gauss, noise: 25, test_fraction: 0.5, page_seed: "0.31415"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 2500
pace: 250
variants:
  - name: the page's net
    set: {hidden: "4,2"}

"""#),
  ("playground-gaussian", #"""
glissade: 1
title: "Playground: hills and hollows"
group: Classroom
summary: "Six cones, up and down, from two inputs"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [6, 4], activation: tanh, output: identity}
data: {name: playground_gaussian, test_fraction: 0.5, page_seed: "0.77777"}
loss: half_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 30000
pace: 250
variants:
  - name: ReLU
    set: {activation: relu}

"""#),
  ("playground-plane", #"""
glissade: 1
title: "Playground: plane"
group: Classroom
summary: "A slope is learned; the output is linear"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [], activation: tanh, output: identity}
data: {name: playground_plane, test_fraction: 0.5, page_seed: "0.30303"}
loss: half_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.01
steps: 2000
pace: 250
variants:
  - name: a hidden layer
    set: {hidden: 3}

"""#),
  ("playground-spiral", #"""
glissade: 1
title: "Playground: spiral"
group: Classroom
summary: "The page's hardest; two inputs alone take long"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [8, 8], activation: tanh, output: tanh}
data: {name: playground_spiral, test_fraction: 0.5, page_seed: "0.00001"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 25000
pace: 250
variants:
  - name: ReLU
    set: {activation: relu, learning_rate: 0.01}
  - name: noise
    set: {data.noise: 10}

"""#),
  ("playground-spiral-features", #"""
glissade: 1
title: "Playground: spiral, all inputs"
group: Classroom
summary: "Squares, product and sines as inputs unwind it much sooner"
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [8, 8], activation: tanh, output: tanh, features: [x1, x2, x1^2, x2^2, x1*x2, sin(x1), sin(x2)]}
data: {name: playground_spiral, test_fraction: 0.5, page_seed: "0.00001"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 10000
pace: 250
variants:
  - name: sines alone
    set: {features: "sin(x1),sin(x2)"}

"""#),
  ("playground-xor", #"""
glissade: 1
title: "Playground: exclusive or"
group: Classroom
summary: Signs that agree against signs that differ
notes: |
  TensorFlow Playground's problem with the page's own data, weights and steps: an epoch is 25 steps, and what its last
  batch leaves over belongs to the next epoch's first. The seed is the page's: `page_seed` takes any text, as links do.
model: {kind: mlp, hidden: [4, 2], activation: tanh, output: tanh}
data: {name: playground_xor, test_fraction: 0.5, page_seed: "0.40404"}
loss: signed_mse
start: {initializer: playground}
batch: {size: 10, order: carried}
learning_rate: 0.03
steps: 5000
pace: 250
variants:
  - name: the product as input, no hidden layer
    set: {hidden: "", features: "x1*x2"}
  - name: ReLU
    set: {activation: relu}

"""#),
  ("notes-ad", #"""
glissade: 1
title: "Notes: three ways to a derivative"
group: Lecture notes
summary: Finite differences make a V over h; automatic differentiation has no h, and a flat line
notes: |
  What automatic differentiation is, and what it is not. The program below is taken apart into elementary operations; a
  forward sweep carries values and slopes, a backward sweep the adjoints, and the chain rule makes the derivative of them,
  exact to the last digits. It costs a few evaluations, however many variables there are.
  A finite difference (f(x + h) - f(x))/h errs by truncation for large h and by cancellation for small h: the forward one
  is best near h = 1e-8 (3e-8 off), the central one near 1e-6 (6e-11 off), and at 1e-15 the error is 0.17.
  In the notes the sentence about round-off breaks off in the middle.
function:
  formula: sin(2 pi x + x^2)
  x_range: [-1, 2]
  y_range: [-1.5, 1.5]
start: {x: 0.5}
optimizer: gd
learning_rate: 0.002
steps: 200
views: [gradient_check, tape, function, loss]
pace: 5
variants:
  - name: at 0.3, where the tape of the oracle stands
    set: {start.x: 0.3}

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
views: [function, tape, loss, parameters]
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
        hint: "Think of the subtraction f(x + h) - f(x) when both numbers agree in nearly all their digits."
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
        hint: "Its error goes with the square of h."
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
        text: Come so near the valley's floor that the slope, ‖gradient‖, is below 1e-12
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
views: [function, tape, loss, parameters]
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
views: [contour, tape, loss, parameters]
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
views: [parameters, tape, loss]
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
views: [function, tape, loss, parameters]
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
views: [function, tape, loss, parameters]
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
        hint: "The program computes one of its two formulas there; which one?"
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
        shows: [function]
        hint: "From -2 to 0 it is 2; how many steps of 0.15 are more than that?"
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
views: [function, tape, loss, parameters]
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
views: [function, tape, loss, parameters]
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
  The notes' program stops only at exactly 0 or 1, so that at 2.5 it recurses until Python gives up, and it fails with a TypeError at
  0 and 1; this one stops at every n <= 1, where its slope is 0.
function:
  formula: "fact(n) = n <= 1 ? 1 : n fact(n-1); fact(n)"
  x_range: [0, 5]
  y_range: [-1, 30]
start: {n: 2}
optimizer: gd
learning_rate: 0.02
steps: 100
views: [function, tape, loss, parameters]
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
        n (n - 1) …, and products can be differentiated. Look at the tape: one factor for each call but the last, which
        answers 1.
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
        hint: "At n = 2 the inner call fact(1) ends at once, so the program computes n times 1."
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
        hint: "n (n - 1) is n² - n; take its derivative at 3."
        because: |
          The slope of n² - n is 2n - 1 = 5: the step went from 3 to 2.9. At each whole number a factor comes or goes, and
          the slope jumps, which shows as a kink.
      facts: ["abs(n - 2.9) < 1e-12"]
    - text: |
        Below 1 the program answers 1 whatever n is: the slope is 0, and descent ends on that ledge.
      set: {start.n: 3, views: [function, loss, tape, parameters], pace: 20}
      watch: function
      goal:
        text: Roll on to the ledge, where the slope, ‖gradient‖, is 0
        when: n <= 1 and gradient_norm == 0
        solution: {steps: 80}

"""#),
  ("notes-ols-gd", #"""
glissade: 1
title: "Notes: OLS by gradient descent"
group: Lecture notes
summary: y = 4 + 3x with noise, 1000 steps of 1/λmax
notes: |
  The program that the notes begin with, on the data that numpy draws for the seed 2025. The Hessian's eigenvalues are 0.347
  and 4.408; the notes' rate, 1/λmax = 0.2269, is half of what would still converge. The first step ends the error along the
  steepest axis, and each further one leaves 0.921 of the other. With 1.99/λmax it still converges, with 2/λmax the loss stays at
  31.2, with 2.01/λmax it grows.
  The result equals the normal equations' to about 13 digits.
model: linear
data: {name: line, samples: 100, noise: 1, numpy: true}
start: [1.04680799533498, 0.5384741528527396]
optimizer: gd
learning_rate: 1/lambda_max
seed: 2025
steps: 1000
views: [contour, fit, loss, spectrum, eigen_error, parameters]
pace: 20
variants:
  - name: best fixed rate near 2/(λmin + λmax)
    set: {learning_rate: 1.85/lambda_max}
  - name: just inside the limit
    set: {learning_rate: 1.99/lambda_max, steps: 2000}
  - name: at the edge
    set: {learning_rate: 2/lambda_max}
  - name: beyond the edge
    set: {learning_rate: 2.01/lambda_max}
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
        The notes take η = 1/λmax, here 0.2269. A step multiplies the error along an eigenvector by 1 - ηλ.
      set: {views: [spectrum, contour, loss, fit, parameters], pace: 1}
      watch: spectrum
      ask:
        text: What becomes of the error along the steepest direction in the first step?
        choices: [It halves, It is gone, It changes sign]
        answer: 2
        shows: [fit]
        hint: "Put η = 1/λmax into 1 - ηλ, for λ = λmax."
        because: |
          1 - η λmax = 0: one step ends that error for good, and the loss falls from 31.3 to 1.03. The rest creeps along
          the flat direction, where each step leaves 1 - λmin/λmax = 0.921 of it.
      facts: ["abs(learning_rate - 0.2269) < 5e-5", "abs(loss - 31.3) < 0.05", {when: abs(loss - 1.03) < 5e-3, steps: 1}, "abs(1 - lambda_min/lambda_max - 0.921) < 5e-4"]
    - text: |
        So could the rate be larger? The factor 1 - ηλ must stay between -1 and 1, for every λ. Here λmax is 4.408.
      set: {views: [spectrum, loss, contour, fit, parameters], pace: 5}
      watch: spectrum
      ask:
        text: What is the largest η at which the steepest error does not grow?
        number: 0.4537
        tolerance: 0.003
        shows: [fit]
        hint: "At the edge 1 - η λmax is -1."
        because: |
          1 - η λmax = -1 gives η = 2/λmax = 0.4537, twice the notes' rate. There the error along the steepest direction
          changes its sign at each step and never shrinks.
      facts: ["abs(lambda_max - 4.408) < 5e-4", "abs(2/lambda_max - 0.4537) < 5e-5"]
    - text: |
        Find that edge. Raise the rate while it runs: the ball goes from side to side, and then ever farther. Restart to be
        fair: only a run at one rate tells what that rate does.
      press: ["]", "[", "=", r]
      watch: spectrum
      set: {learning_rate: 0.38, views: [spectrum, loss, contour, fit, parameters], pace: 20}
      goal:
        text: Converge (loss below 1) with a rate of at least 0.449
        when: learning_rate >= 0.449 and unchanged >= 100 and loss < 1
        solution: {set: {learning_rate: 0.449}, steps: 300}
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
        text: Be within 1e-9 of the lowest loss, 0.996024, in at most 90 steps
        when: step <= 90 and loss < 0.9960235467164927
        solution: {set: {learning_rate: 0.4206}, steps: 80}
      facts: ["abs(2/(lambda_min + lambda_max) - 0.4206) < 5e-5", {when: "abs(loss - 0.996024) < 5e-7", steps: 1000}]

"""#),
  ("notes-ols-momentum-after", #"""
glissade: 1
title: "Notes: OLS, momentum after descent"
group: Lecture notes
summary: Thirty steps of plain descent, then thirty with momentum from where those ended
notes: |
  What the notes' program does: momentum starts from the place that plain descent has reached, so that the two cannot be
  compared. At step 30 the optimizer changes, with a velocity of 0; watch the loss bend. The gradients that the notes print
  are those before each step. notes-ols-momentum starts both from the same place.
model: linear
data: {name: line, samples: 100, noise: 0, numpy: true}
start: [-1.3907691097183095, -0.8462700209824422]
optimizer: gd
learning_rate: 1/lambda_max
seed: 2025
steps: 60
views: [contour, loss, spectrum, eigen_error, optimizer, fit]
pace: 5
changes:
  - {step: 30, optimizer: {name: momentum, momentum: 0.3}}

"""#),
  ("notes-ols-momentum", #"""
glissade: 1
title: "Textbook: OLS with momentum, a fair comparison"
group: Lecture notes
summary: Noise-free line, heavy ball with γ = 0.3 and others, all from the same start
notes: |
  Sixty steps of 1/λmax from the same place: plain descent ends at a loss of 2.6e-5, γ = 0.3 at 1.4e-7, γ = 0.6 at 5.8e-14,
  and γ = 0.9 swings so far that it is still at 8.4e-2. The best heavy ball takes a rate that plain descent could not stand,
  because its limit is 2(1 + γ)/λmax, and ends at 7e-25.
  In the notes momentum only begins where thirty steps of descent have ended, which compares nothing: notes-ols-momentum-after.
model: linear
data: {name: line, samples: 100, noise: 0, numpy: true}
start: [-1.3907691097183095, -0.8462700209824422]
optimizer: {name: momentum, momentum: 0.3}
learning_rate: 1/lambda_max
seed: 2025
steps: 60
views: [contour, loss, spectrum, eigen_error, optimizer, fit]
pace: 5
variants:
  - name: no momentum
    set: {optimizer: gd}
  - name: γ = 0.6
    set: {momentum: 0.6}
  - name: γ = 0.9 swings
    set: {momentum: 0.9}
  - name: the best heavy ball
    set: {momentum: 0.3154760300289253, learning_rate: 0.5532563924902433}
lesson:
  title: A ball with memory
  section: "Optimisation: ordinary least squares"
  order: 22
  steps:
    - text: |
        Plain descent forgets every step. From this start 60 steps at η = 1/λmax leave a loss of 2.6e-5: the flat
        direction is slow. A heavy ball remembers: v ← γ v + η ∇f, then θ ← θ - v.
        All runs of this lesson have one start.
      set: {optimizer: gd, views: [contour, loss, optimizer, fit, spectrum]}
      advance: 60
      watch: contour
      facts: ["abs(loss - 2.6e-5) < 5e-7", "step == 60"]
    - text: |
        Now γ = 0.3, with the same start and rate.
      set: {momentum: 0.3, views: [loss, contour, optimizer, fit, spectrum]}
      advance: 60
      watch: loss
      ask:
        text: What is left of the loss after 60 steps?
        choices: [about as much, about two hundred times less, more]
        answer: 2
        shows: [fit]
        hint: "Along the flat direction the steps add up."
        because: |
          1.4e-7. Along the flat direction the steps add up; along the steep one they cancel.
      facts: ["abs(loss - 1.35e-7) < 1e-10"]
    - text: |
        γ = 0.6 does far better still: 5.8e-14 after 60 steps.
      set: {momentum: 0.9, views: [contour, loss, optimizer, fit, spectrum]}
      advance: 60
      watch: contour
      ask:
        text: And γ = 0.9?
        choices: [better again, about the same, worse than no momentum at all]
        answer: 3
        shows: [fit]
        hint: "Think of a ball that cannot stop."
        because: |
          0.084: the ball cannot stop. It swings through the minimum and back, and loses only a little each time. Too much
          memory is as bad as none.
      facts: ["abs(loss - 0.084) < 5e-4", {when: abs(loss - 5.8e-14) < 5e-16, set: {momentum: 0.6}}]
    - text: |
        Momentum moves the edge too: steps that overshoot are damped by those before. The heavy ball's limit is
        2(1 + γ)/λmax. Here η is 3.7/λmax, far beyond plain descent's limit, and it converges.
      set: {momentum: 0.9, learning_rate: 3.7/lambda_max, pace: 20, views: [loss, spectrum, contour, optimizer, fit]}
      watch: loss
      ask:
        text: With γ = 0.9, at how many times 1/λmax does it begin to grow?
        number: 3.8
        tolerance: 0.05
        shows: [fit]
        hint: "Put γ into 2(1 + γ)."
        because: |
          2 (1 + 0.9) = 3.8. Try 3.9: type the rate, restart, and watch.
      facts:
        - "abs(learning_rate lambda_max - 3.7) < 1e-9"
        - {when: loss < 1e-5, steps: 200}
        - {when: loss > 1e10, set: {learning_rate: 3.9/lambda_max}, steps: 200}
    - text: |
        There is a best pair: γ = ((√κ - 1)/(√κ + 1))² with κ = λmax/λmin = 12.7, and η = (1 + √γ)²/λmax. Work it out, set
        both (`:` then momentum 0.3), and restart.
      press: [":", "=", r]
      watch: loss
      set: {views: [loss, spectrum, contour, optimizer, fit], pace: 5}
      goal:
        text: A loss below 1e-20 within 60 steps
        when: step <= 60 and loss < 1e-20
        solution: {set: {momentum: 0.3155, learning_rate: 0.5533}, steps: 60}
      facts: ["abs(lambda_max/lambda_min - 12.7) < 0.05"]

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
data: {name: line, samples: 100, noise: 1, numpy: true}
start: [-0.8818438712087864, -0.9797363230081843]
optimizer: gd
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: numpy_blocks, after: 464}
seed: 2025
steps: 1000
views: [contour, fit, loss, batches, schedule, optimizer]
pace: 20
variants:
  - name: constant 0.1, the ball of noise stays
    set: {schedule: constant, learning_rate: 0.1}
  - name: constant 0.05, a smaller ball
    set: {schedule: constant, learning_rate: 0.05}
  - name: constant 0.01, still on its way
    set: {schedule: constant, learning_rate: 0.01}
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
        shows: [fit, contour, loss]
        hint: "One block is missed by all twenty draws with probability (19/20)²⁰."
        because: |
          A block is missed with probability (19/20)²⁰ = 0.358, so 20 · (1 - 0.358) = 12.8 are seen. Shuffling, as in
          notes-sgd-textbook, sees every point.
      facts: ["abs(20 (1 - (19/20)^20) - 12.83) < 0.005"]
    - text: |
        Keep the rate constant, at 0.1. The lowest possible loss is 0.9960.
      set: {schedule: constant, learning_rate: 0.1, views: [contour, loss, fit, schedule, parameters], pace: 100}
      watch: contour
      ask:
        text: Where does the run come to rest?
        choices: [at the minimum, a little beside it, nowhere]
        answer: 3
        shows: [contour, fit]
        hint: "At the minimum of all points, what is the gradient of one block?"
        because: |
          Each block pulls to a minimum of its own, so even at the best place the steps go on: a ball of noise. It is the
          smaller the smaller the rate; try 0.05 and 0.01.
      facts:
        - {when: "abs(loss - 0.9960) < 5e-5", set: {optimizer: gd, batch: full}, steps: 2000}
        - {when: "loss > 1.06", steps: 600}
        - {when: "loss > 1.01", steps: 1000}
    - text: |
        So the rate should fall, but not too fast, or the run stops on its way. The notes take t0/(t + t1): 5/(t + 50).
      set: {views: [schedule, contour, loss, fit, parameters], pace: 100}
      watch: schedule
      ask:
        text: What is the rate at the beginning, t = 0?
        number: 0.1
        tolerance: 0.001
        shows: [contour, fit, loss]
        hint: "Put t = 0 into 5/(t + 50)."
        because: |
          5/50 = 0.1, the constant rate from before; after a thousand steps it is 0.0048, and the ball has shrunk with it.
      facts: ["abs(learning_rate - 0.1) < 1e-12", {when: abs(learning_rate - 0.0048) < 5e-5, steps: 1000}]
    - text: |
        Shrink the ball: start from the constant rate and choose a schedule, or lower the rate by hand, as you like.
      press: [s, S, "-", t]
      watch: contour
      set: {schedule: constant, learning_rate: 0.1, views: [contour, loss, schedule, fit, parameters], pace: 200}
      goal:
        text: "Loss below 0.9962, with a rate that keeps you there (below 0.002)"
        when: loss < 0.9962 and learning_rate < 0.002 and step >= 1000
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
data: {name: line, samples: 100, noise: 1, numpy: true}
start: [-0.8818438712087864, -0.9797363230081843]
optimizer: gd
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: shuffled}
seed: 2025
steps: 1000
views: [contour, fit, loss, batches, schedule, optimizer]
pace: 20

"""#),
  ("notes-sgd-momentum", #"""
glissade: 1
title: "Notes: SGD with momentum"
group: Lecture notes
summary: As notes-sgd, with a velocity that lives on across epochs
notes: |
  The velocity keeps 30 % of itself each step and is not reset between epochs. As in the notes, the rate stands inside the
  velocity, so that old gradients keep the greater rate that they came with.
model: linear
data: {name: line, samples: 100, noise: 1, numpy: true}
start: [-0.8818438712087864, -0.9797363230081843]
optimizer: {name: momentum, momentum: 0.3, rate_inside: true}
learning_rate: 1
schedule: {name: inverse_time, t0: 5, t1: 50}
batch: {size: 5, order: numpy_blocks, after: 464}
seed: 2025
steps: 1000
views: [contour, fit, loss, batches, schedule, optimizer]
pace: 20

"""#),
  ("notes-adagrad", #"""
glissade: 1
title: "Notes: AdaGrad"
group: Lecture notes
summary: y = 2 + 3x + 4x², the sum of squares emptied at every epoch
notes: |
  The notes empty the accumulator at every epoch, and only therefore arrive with a rate of 0.01: without it
  (notes-adagrad-textbook) the loss is still 7.9 after 10,000 steps. They report "almost perfect agreement", and do not mention the reset.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: adagrad, eps: 1e-8, reset_each_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, optimizer, parameters]
pace: 100
lesson:
  title: The memory that only grows
  section: "Optimisation: adaptive methods"
  order: 30
  steps:
    - text: |
        AdaGrad gives each parameter a rate of its own: η divided by the root of the sum of all its squared gradients so
        far. Parameters that had much gradient slow down. The optimizer pane shows what is left of each rate.
      set: {views: [loss, optimizer, fit, parameters], pace: 100}
      watch: optimizer
    - text: |
        The textbook never empties the sum. With η = 0.01 on this parabola, where the loss begins at 35.4, the run takes
        10,000 steps.
      set: {reset_each_epoch: false, views: [loss, optimizer, fit, parameters]}
      advance: 10000
      watch: loss
      ask:
        text: Where is the loss then?
        choices: [below 1e-7, about 8, it diverged]
        answer: 2
        shows: [fit, loss]
        hint: "The sum can only grow. What becomes of the steps?"
        because: |
          7.90. The sum only grows, so the steps only shrink: it is still on its way, and would be for a very long time.
      facts: ["abs(loss - 7.90) < 5e-3", {when: abs(loss - 35.4) < 0.05, steps: 0}]
    - text: |
        Now the same with the sum set to zero at every epoch, each 200 steps: the first step of an epoch is a full η
        again.
      set: {views: [loss, optimizer, fit, parameters]}
      advance: 10000
      watch: loss
      ask:
        text: And with the emptied sum, after the same 10,000 steps?
        choices: [about 8 again, about 1, below 1e-7]
        answer: 3
        shows: [fit, loss]
        hint: "Each epoch begins with full steps again."
        because: |
          1.5e-8. It works because of the reset, not because of AdaGrad.
      facts: ["abs(loss - 1.5e-8) < 5e-10"]
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
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: adagrad, eps: 1e-8}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, optimizer, parameters]
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
  ten times the rate in every component: the loss jumps each time, in the tenth epoch from 4e-5 to 3.5e-2.
  Near the solution the method moves by the sign of the gradient alone, so that rounding decides: a twin whose data differ by
  1e-15 goes the same way at first and another one later.
model: {kind: linear, features: [poly(2)]}
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: rmsprop, rho: 0.99, eps: 1e-8, reset_each_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, twin, parameters]
pace: 100
variants:
  - name: a twin whose data differ by 1e-15
    set: {data.noise: 1e-15}
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
        Here v is emptied at every epoch, so at the first step v = (1 - ρ) g², with ρ = 0.99.
      set: {views: [parameters, loss, optimizer, fit]}
      advance: 1
      watch: parameters
      ask:
        text: How many times η does each parameter move in that step?
        number: 10
        tolerance: 0.01
        shows: [fit, loss]
        hint: "Divide g by the root of 0.01 g²."
        because: |
          g/√((1 - ρ) g²) = 1/√0.01 = 10, whatever the gradient is: all three parameters moved by 0.1.
      facts: ["abs(p[0] - (-0.4302109211165122 + 0.1)) < 1e-6", "abs(p[1] - (-0.006894004894863691 + 0.1)) < 1e-6"]
    - text: |
        That is welcome far from the minimum. But here is the end of the ninth epoch, step 1800: the loss is down to 4.4e-5,
        and the run waits.
      set: {views: [loss, parameters, optimizer, fit]}
      advance: 1800
      watch: loss
      facts: ["abs(loss / 4.4e-5 - 1) < 0.01"]
    - text: |
        The next step is the first of a new epoch. Answer first, then press `.` twice and watch the loss.
      press: ["."]
      watch: loss
      ask:
        text: What is the loss after it?
        choices: [4e-5 again, 0.035, 1e-9]
        answer: 2
        hint: "It begins with an emptied v: think of the first step of all."
        because: |
          The kick throws every parameter 0.1 away: 0.035, eight hundred times more. The step after it is as large and goes
          back. This repeats in each of the 50 epochs.
      goal:
        text: See the kick
        when: loss > 0.03 and step > 1800
        solution: {steps: 1801}
      facts: [{when: abs(loss - 0.035) < 5e-4, steps: 1801}, {when: loss < 5e-5, steps: 1802}]
    - text: |
        Without the reset there are no kicks, but a floor: near the minimum RMSprop still moves by about η. A rate that falls
        to 0 takes the floor away: choose a schedule, then restart.
      press: [s, S, r]
      watch: loss
      set: {reset_each_epoch: false, pace: full, views: [loss, schedule, optimizer, fit]}
      goal:
        text: A loss below 1e-12, with a schedule of your choice
        when: schedule != "constant" and loss < 1e-12
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
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: rmsprop, rho: 0.99, eps: 1e-8}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, twin, parameters]
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
        shows: [fit, loss]
        hint: "So far both run down the same slope, which draws them together."
        because: |
          4e-16, in the last digit. So far nothing grows: the difference is as small as it was made.
      facts: ["p[1] != 3.2284789112913184 and abs(p[1] - 3.2284789112913184) < 1e-15"]
    - text: |
        Close to the minimum RMSprop is nearly blind to size: g/√v is about 1 or -1 however small g is. The sign of a tiny
        gradient decides about a step of 0.01. (The twin pane's twin begins 1e-15 aside instead.)
      set: {views: [parameters, twin, loss, fit]}
      advance: 5000
      watch: parameters
      ask:
        text: How far apart are the twins after 5000 steps?
        choices: [still about 1e-16, about 1e-10, about 0.005]
        answer: 3
        shows: [fit, loss]
        hint: "Where the sign of a tiny gradient decides, small differences grow."
        because: |
          0.005, as large as the runs' own wandering. From some 2000 steps on each step multiplies the difference: 7e-11 at
          3000, 4e-6 at 3600. One of them has twice the loss of the other at the end.
      facts:
        - "abs(p[0] - 1.9898632039146271) < 1e-12 and abs(loss - 1.15e-4) < 1e-6"
        - {when: "abs(max(|p[0] - 2.0008216657152644|, |p[1] - 2.9959035307818795|, |p[2] - 4.004026780110103|) - 6.67e-11) < 1e-12", set: {learning_rate: 0.010000000000000002}, steps: 3000}
        - {when: "abs(max(|p[0] - 2.003534098129987|, |p[1] - 3.0045745645469513|, |p[2] - 4.002392239320526|) - 3.75e-6) < 1e-8", set: {learning_rate: 0.010000000000000002}, steps: 3600}
        - {when: "abs(max(|p[0] - 1.9898632039146271|, |p[1] - 2.996212565397608|, |p[2] - 4.003902925186226|) - 0.0051) < 5e-5", set: {learning_rate: 0.010000000000000002}, steps: 5000}
    - text: |
        This is the twin, which ends at θ0 = 1.98891, where the first had 1.98986: one bit of the rate, and another run. "The
        same result" of two programs can mean the same loss, and never the same digits, where a method is chaotic.
      set: {learning_rate: 0.010000000000000002, views: [parameters, loss, optimizer, fit]}
      advance: 5000
      watch: parameters
      facts: ["abs(p[0] - 1.98891) < 5e-6", "abs(loss / 2.35e-4 - 1) < 0.01"]
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
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: adam, eps: 1e-7, reset_each_epoch: true, step_per_epoch: true}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, optimizer, parameters]
pace: 100
lesson:
  title: Adam, and a forgetful Adam
  section: "Optimisation: adaptive methods"
  order: 36
  steps:
    - text: |
        Adam keeps two running means: m of the gradient, v of its square. Both begin at 0 and are too small at first, so they
        are divided by 1 - β^t. In the end it steps by η m/√v: the first step is η in every parameter.
      set: {views: [loss, optimizer, parameters, fit]}
      advance: 1
      watch: optimizer
      facts: ["abs(p[0] - (-0.4302109211165122 + 0.01)) < 1e-6", "abs(p[1] - (-0.006894004894863691 + 0.01)) < 1e-6"]
    - text: |
        In the paper t counts steps. Here t counts epochs, and both means are emptied at each of them.
      set: {views: [loss, optimizer, parameters, fit]}
      advance: 2000
      watch: loss
      ask:
        text: After 2000 steps the textbook's Adam has a loss of 0.0055. And this one?
        choices: [about the same, much more, over ten thousand times less]
        answer: 3
        shows: [fit, loss]
        hint: "Who remembers the large gradients of the beginning takes small steps."
        because: |
          8.4e-8. At each epoch it forgets the large gradients of the beginning, which the textbook's v remembers for about a
          thousand steps: so its steps stay bold.
      facts: ["abs(loss / 8.4e-8 - 1) < 0.01"]
    - text: |
        Here is the textbook's, after as many steps. It is slow because η = 0.01 is small for it, not because it is worse.
      set: {reset_each_epoch: false, step_per_epoch: false, views: [loss, optimizer, parameters, fit]}
      advance: 2000
      watch: optimizer
      facts: ["abs(loss - 0.0055) < 5e-5"]
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
data: {name: quadratic, samples: 1000, noise: 0, numpy: true}
start: [-0.4302109211165122, -0.006894004894863691, -0.6660530588759729]
optimizer: {name: adam, eps: 1e-7}
learning_rate: 0.01
batch: {size: 5, order: numpy_blocks, after: 2008}
seed: 2025
steps: 10000
views: [fit, loss, internals, optimizer, parameters]
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
views: [loss, network, parameters, optimizer]
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
        hint: "With w = 0 every answer is 1/2, which costs ln 2 for each of the four samples."
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
        shows: [loss]
        hint: "If weights w part the classes, what do the weights 2w?"
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
        text: Come to rest (‖gradient‖ below 1e-6) at a loss of 0.718
        when: gradient_norm < 1e-6 and abs(loss - 0.718) < 0.001
        solution: {steps: 20000}

"""#),
  ("notes-jax", #"""
glissade: 1
title: "Notes: JAX, a program to be compiled"
group: Lecture notes
summary: "One function, three transformations: differentiate it, compile it, run it on many points at once"
notes: |
  JAX turns a function of Python into another one: grad differentiates it, jit compiles it, vmap runs it on a whole array.
  The same three happen here: the tape is the function's derivative, the formula is compiled to a short program before the
  first step, and the curve is drawn by evaluating eight points at a time.
  JAX computes with single precision unless 64 bits are switched on: on this run its x is off by up to 6.5e-7, while with
  64 bits all digits agree. This program computes in double precision throughout.
  In the notes the imports of this section are needed by those that follow; they fail when run alone.
function:
  formula: x sin(x^2 + 1)
  x_range: [-2, 2]
  y_range: [-2.5, 2.5]
start: {x: 1}
optimizer: gd
learning_rate: 0.01
steps: 300
views: [tape, function, gradient_check, loss]
pace: 10

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
views: [function, loss, spectrum, eigen_error, parameters]
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
        shows: [function]
        hint: "The slope at 5 is 10; the step is 0.1 times that."
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
        shows: [function]
        hint: "The factor 1 - 2η is -1 now."
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
  ("notes-gd-xsin", #"""
glissade: 1
title: "Notes: descent on x sin(x² + 1)"
group: Lecture notes
summary: 300 steps of 0.01 from x = 1 cross the top at 0 and end just short of -1.0123
notes: |
  x = 1 lies 0.0123 left of the top at 1.0123, so the ball rolls left: it crosses 0 and after 300 steps is still 0.0011
  short of the minimum -1.01229.
  Between -5 and 5 there are eight minima, each of which holds a ball only while the rate is below 2/f'': 0.0058, 0.0104,
  0.0271, 0.313, 0.0637, 0.0156, 0.0076 and 0.0047 from left to right. With a rate of 0.01, 23 % of all starts between -5 and 5
  never come to rest within 5,000 steps, with 0.05 about 31 %:
  `glissade sweep notes-gd-xsin --over start=-5..5/1000 --steps 5000` counts them.
  From 4 with a rate of 0.05 the ball is thrown about before it settles, if it does: a start that differs by one part in
  1e16 ends elsewhere.
  The notes draw the curve with 100 points, too few for the waves beyond 4.
function:
  formula: x sin(x^2 + 1)
  x_range: [-5, 5]
  y_range: [-5.5, 5.5]
start: {x: 1}
optimizer: gd
learning_rate: 0.01
steps: 300
views: [function, loss, basin, spectrum, parameters]
pace: 30
variants:
  - name: just left of the top, 1.01
    set: {start.x: 1.01, steps: 2000, pace: 100}
  - name: just right of the top, 1.02
    set: {start.x: 1.02, steps: 2000, pace: 100}
  - name: start 4, rate 0.001, settles at 4.0385
    set: {start.x: 4, learning_rate: 0.001, steps: 2000, pace: 100}
  - name: start 4, rate 0.005, settles at 4.0385
    set: {start.x: 4, learning_rate: 0.005, steps: 2000, pace: 100}
  - name: start 4, rate 0.01, hops between two places
    set: {start.x: 4, learning_rate: 0.01, steps: 2000, pace: 100}
  - name: start 4, rate 0.02, hops between two places
    set: {start.x: 4, learning_rate: 0.02, steps: 2000, pace: 100}
  - name: start 4, rate 0.05, the last bit decides where to
    set: {start.x: 4, learning_rate: 0.05, steps: 2000, pace: 100}
  - name: start 5, rate 0.05, thrown to 1.9601
    set: {start.x: 5, learning_rate: 0.05, steps: 2000, pace: 100}
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
        shows: [function]
        hint: "On which side of the top at 1.0123 does it begin?"
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
        shows: [function]
        hint: "The rate is above the limit of this floor, but the walls beside it are high."
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
views: [boundary, truth_table, network, activations, loss]
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
views: [boundary, hidden, truth_table, loss, network]
pace: 4
variants:
  - name: with sigmoids, trained from the same weights
    set: {activation: sigmoid, output: sigmoid, steps: 3000, pace: 100}
  - name: steps from other weights never learn
    set: {start: {initializer: normal}}
lesson:
  title: Three neurons, by hand
  section: Gates
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
        hint: "XOR: at least one, and not both. Both neurons have to agree."
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
        shows: [boundary, truth_table]
        hint: "What is the slope of a step, where it does not jump?"
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
views: [forward, network, loss, parameters, activations]
pace: 2
variants:
  - name: sigmoids
    set: {activation: sigmoid}
  - name: no activation at all
    set: {activation: identity}

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
views: [boundary, hidden, truth_table, loss, network]
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
  ("notes-xor-starts", #"""
glissade: 1
title: "Notes: XOR from random starts"
group: Lecture notes
summary: How many hidden units XOR needs, and how much luck
notes: |
  The same net as in notes-gates-mlp, but every seed (R) begins with other weights. With one hidden unit no start learns XOR, with
  two about six of ten do, with three more than nine of ten, with four nearly all:
  `glissade sweep notes-xor-starts --over hidden=1,2,3,4 --over seed=1..200` counts them. A start that fails sits at a place where
  two corners share an answer. Adam (the variant) is fooled a little more often.
model: {kind: mlp, hidden: [2], activation: tanh, output: sigmoid}
loss: bce
data: xor
start: {initializer: uniform}
optimizer: gd
learning_rate: 1
seed: 1
steps: 2000
views: [boundary, hidden, truth_table, loss, network]
pace: 60
variants:
  - name: one hidden unit
    set: {hidden: 1}
  - name: three hidden units
    set: {hidden: 3}
  - name: four hidden units
    set: {hidden: 4}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.05}

"""#),
  ("notes-universal-construction", #"""
glissade: 1
title: "Notes: universal approximation, built by hand"
group: Lecture notes
summary: N sigmoids as a staircase meet the curve without any training, to about 1/N
notes: |
  A proof in numbers: unit k is a step of slope 4N between (k - 1)/N and k/N, and its output weight is what
  sin 2πx + x/2 rises there. Nothing is learned; at step 0 the greatest error over [0, 1] is 0.251 for N = 4, and 0.093, 0.050,
  0.026, 0.013 and 0.0064 for N = 8 to 128 (the variants): half as large with every doubling. The loss is the mean square of the
  error. Training then improves on it; notes-universal-approximation begins with random weights instead.
model: {kind: mlp, hidden: [4], activation: sigmoid, output: identity}
loss: mse
data:
  inputs: [0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.075, 0.08, 0.085, 0.09, 0.095, 0.1, 0.105, 0.11, 0.115, 0.12, 0.125, 0.13, 0.135, 0.14, 0.145, 0.15, 0.155, 0.16, 0.165, 0.17, 0.175, 0.18, 0.185, 0.19, 0.195, 0.2, 0.205, 0.21, 0.215, 0.22, 0.225, 0.23, 0.235, 0.24, 0.245, 0.25, 0.255, 0.26, 0.265, 0.27, 0.275, 0.28, 0.285, 0.29, 0.295, 0.3, 0.305, 0.31, 0.315, 0.32, 0.325, 0.33, 0.335, 0.34, 0.345, 0.35, 0.355, 0.36, 0.365, 0.37, 0.375, 0.38, 0.385, 0.39, 0.395, 0.4, 0.405, 0.41, 0.415, 0.42, 0.425, 0.43, 0.435, 0.44, 0.445, 0.45, 0.455, 0.46, 0.465, 0.47, 0.475, 0.48, 0.485, 0.49, 0.495, 0.5, 0.505, 0.51, 0.515, 0.52, 0.525, 0.53, 0.535, 0.54, 0.545, 0.55, 0.555, 0.56, 0.565, 0.57, 0.575, 0.58, 0.585, 0.59, 0.595, 0.6, 0.605, 0.61, 0.615, 0.62, 0.625, 0.63, 0.635, 0.64, 0.645, 0.65, 0.655, 0.66, 0.665, 0.67, 0.675, 0.68, 0.685, 0.69, 0.695, 0.7, 0.705, 0.71, 0.715, 0.72, 0.725, 0.73, 0.735, 0.74, 0.745, 0.75, 0.755, 0.76, 0.765, 0.77, 0.775, 0.78, 0.785, 0.79, 0.795, 0.8, 0.805, 0.81, 0.815, 0.82, 0.825, 0.83, 0.835, 0.84, 0.845, 0.85, 0.855, 0.86, 0.865, 0.87, 0.875, 0.88, 0.885, 0.89, 0.895, 0.9, 0.905, 0.91, 0.915, 0.92, 0.925, 0.93, 0.935, 0.94, 0.945, 0.95, 0.955, 0.96, 0.965, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 1]
  targets: [0.000000, 0.033911, 0.067791, 0.101608, 0.135333, 0.168934, 0.202381, 0.235643, 0.268690, 0.301491, 0.334017, 0.366238, 0.398125, 0.429648, 0.460779, 0.491490, 0.521754, 0.551541, 0.580827, 0.609583, 0.637785, 0.665407, 0.692424, 0.718812, 0.744547, 0.769607, 0.793969, 0.817611, 0.840513, 0.862655, 0.884017, 0.904581, 0.924328, 0.943242, 0.961307, 0.978507, 0.994827, 1.010255, 1.024776, 1.038381, 1.051057, 1.062794, 1.073583, 1.083417, 1.092287, 1.100188, 1.107115, 1.113062, 1.118027, 1.122007, 1.125000, 1.127007, 1.128027, 1.128062, 1.127115, 1.125188, 1.122287, 1.118417, 1.113583, 1.107794, 1.101057, 1.093381, 1.084776, 1.075255, 1.064827, 1.053507, 1.041307, 1.028242, 1.014328, 0.999581, 0.984017, 0.967655, 0.950513, 0.932611, 0.913969, 0.894607, 0.874547, 0.853812, 0.832424, 0.810407, 0.787785, 0.764583, 0.740827, 0.716541, 0.691754, 0.666490, 0.640779, 0.614648, 0.588125, 0.561238, 0.534017, 0.506491, 0.478690, 0.450643, 0.422381, 0.393934, 0.365333, 0.336608, 0.307791, 0.278911, 0.250000, 0.221089, 0.192209, 0.163392, 0.134667, 0.106066, 0.077619, 0.049357, 0.021310, -0.006491, -0.034017, -0.061238, -0.088125, -0.114648, -0.140779, -0.166490, -0.191754, -0.216541, -0.240827, -0.264583, -0.287785, -0.310407, -0.332424, -0.353812, -0.374547, -0.394607, -0.413969, -0.432611, -0.450513, -0.467655, -0.484017, -0.499581, -0.514328, -0.528242, -0.541307, -0.553507, -0.564827, -0.575255, -0.584776, -0.593381, -0.601057, -0.607794, -0.613583, -0.618417, -0.622287, -0.625188, -0.627115, -0.628062, -0.628027, -0.627007, -0.625000, -0.622007, -0.618027, -0.613062, -0.607115, -0.600188, -0.592287, -0.583417, -0.573583, -0.562794, -0.551057, -0.538381, -0.524776, -0.510255, -0.494827, -0.478507, -0.461307, -0.443242, -0.424328, -0.404581, -0.384017, -0.362655, -0.340513, -0.317611, -0.293969, -0.269607, -0.244547, -0.218812, -0.192424, -0.165407, -0.137785, -0.109583, -0.080827, -0.051541, -0.021754, 0.008510, 0.039221, 0.070352, 0.101875, 0.133762, 0.165983, 0.198509, 0.231310, 0.264357, 0.297619, 0.331066, 0.364667, 0.398392, 0.432209, 0.466089, 0.500000]
start: {layers: [{weights: [[16], [16], [16], [16]], biases: [-2, -6, -10, -14]}, {weights: [[1.125, -0.875, -0.875, 1.125]], biases: [0]}]}
optimizer: adam
learning_rate: 0.001
steps: 1000
pace: 20
views: [approximation, fit, loss, network, activations]
variants:
  - name: N = 8
    set: {hidden: 8, start: {layers: [{weights: [[32], [32], [32], [32], [32], [32], [32], [32]], biases: [-2, -6, -10, -14, -18, -22, -26, -30]}, {weights: [[0.769607, 0.355393, -0.230393, -0.644607, -0.644607, -0.230393, 0.355393, 0.769607]], biases: [0]}]}}
  - name: N = 16
    set: {hidden: 16, start: {layers: [{weights: [[64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64], [64]], biases: [-2, -6, -10, -14, -18, -22, -26, -30, -34, -38, -42, -46, -50, -54, -58, -62]}, {weights: [[0.413933, 0.355673, 0.248023, 0.10737, -0.04487, -0.185523, -0.293173, -0.351433, -0.351433, -0.293173, -0.185523, -0.04487, 0.10737, 0.248023, 0.355673, 0.413933]], biases: [0]}]}}
  - name: N = 32
    set: {hidden: 32, start: {layers: [{weights: [[128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128], [128]], biases: [-2, -6, -10, -14, -18, -22, -26, -30, -34, -38, -42, -46, -50, -54, -58, -62, -66, -70, -74, -78, -82, -86, -90, -94, -98, -102, -106, -110, -114, -118, -122, -126]}, {weights: [[0.210715, 0.203218, 0.188512, 0.167162, 0.139988, 0.108035, 0.072531, 0.03484, -0.00359, -0.041281, -0.076785, -0.108738, -0.135912, -0.157262, -0.171968, -0.179465, -0.179465, -0.171968, -0.157262, -0.135912, -0.108738, -0.076785, -0.041281, -0.00359, 0.03484, 0.072531, 0.108035, 0.139988, 0.167162, 0.188512, 0.203218, 0.210715]], biases: [0]}]}}
  - name: N = 64
    set: {hidden: 64, start: {layers: [{weights: [[256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256], [256]], biases: [-2, -6, -10, -14, -18, -22, -26, -30, -34, -38, -42, -46, -50, -54, -58, -62, -66, -70, -74, -78, -82, -86, -90, -94, -98, -102, -106, -110, -114, -118, -122, -126, -130, -134, -138, -142, -146, -150, -154, -158, -162, -166, -170, -174, -178, -182, -186, -190, -194, -198, -202, -206, -210, -214, -218, -222, -226, -230, -234, -238, -242, -246, -250, -254]}, {weights: [[0.10583, 0.104886, 0.103007, 0.100211, 0.096526, 0.091986, 0.086636, 0.080526, 0.073716, 0.066272, 0.058264, 0.049771, 0.040873, 0.031657, 0.022212, 0.012628, 0.002997, -0.006587, -0.016032, -0.025248, -0.034146, -0.042639, -0.050647, -0.058091, -0.064901, -0.071011, -0.076361, -0.080901, -0.084586, -0.087382, -0.089261, -0.090205, -0.090205, -0.089261, -0.087382, -0.084586, -0.080901, -0.076361, -0.071011, -0.064901, -0.058091, -0.050647, -0.042639, -0.034146, -0.025248, -0.016032, -0.006587, 0.002997, 0.012628, 0.022212, 0.031657, 0.040873, 0.049771, 0.058264, 0.066272, 0.073716, 0.080526, 0.086636, 0.091986, 0.096526, 0.100211, 0.103007, 0.104886, 0.10583]], biases: [0]}]}}
  - name: N = 128
    set: {hidden: 128, start: {layers: [{weights: [[512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512], [512]], biases: [-2, -6, -10, -14, -18, -22, -26, -30, -34, -38, -42, -46, -50, -54, -58, -62, -66, -70, -74, -78, -82, -86, -90, -94, -98, -102, -106, -110, -114, -118, -122, -126, -130, -134, -138, -142, -146, -150, -154, -158, -162, -166, -170, -174, -178, -182, -186, -190, -194, -198, -202, -206, -210, -214, -218, -222, -226, -230, -234, -238, -242, -246, -250, -254, -258, -262, -266, -270, -274, -278, -282, -286, -290, -294, -298, -302, -306, -310, -314, -318, -322, -326, -330, -334, -338, -342, -346, -350, -354, -358, -362, -366, -370, -374, -378, -382, -386, -390, -394, -398, -402, -406, -410, -414, -418, -422, -426, -430, -434, -438, -442, -446, -450, -454, -458, -462, -466, -470, -474, -478, -482, -486, -490, -494, -498, -502, -506, -510]}, {weights: [[0.052974, 0.052856, 0.05262, 0.052266, 0.051796, 0.051211, 0.050511, 0.0497, 0.048778, 0.047748, 0.046612, 0.045374, 0.044035, 0.0426, 0.041072, 0.039454, 0.037751, 0.035966, 0.034103, 0.032168, 0.030165, 0.028099, 0.025974, 0.023796, 0.021571, 0.019303, 0.016997, 0.01466, 0.012297, 0.009914, 0.007517, 0.005111, 0.002702, 0.000296, -0.002102, -0.004485, -0.006848, -0.009185, -0.01149, -0.013758, -0.015984, -0.018162, -0.020286, -0.022353, -0.024356, -0.026291, -0.028153, -0.029938, -0.031642, -0.033259, -0.034788, -0.036223, -0.037561, -0.0388, -0.039935, -0.040965, -0.041887, -0.042699, -0.043398, -0.043984, -0.044454, -0.044807, -0.045043, -0.045161, -0.045161, -0.045043, -0.044807, -0.044454, -0.043984, -0.043398, -0.042699, -0.041887, -0.040965, -0.039935, -0.0388, -0.037561, -0.036223, -0.034788, -0.033259, -0.031642, -0.029938, -0.028153, -0.026291, -0.024356, -0.022353, -0.020286, -0.018162, -0.015984, -0.013758, -0.01149, -0.009185, -0.006848, -0.004485, -0.002102, 0.000296, 0.002702, 0.005111, 0.007517, 0.009914, 0.012297, 0.01466, 0.016997, 0.019303, 0.021571, 0.023796, 0.025974, 0.028099, 0.030165, 0.032168, 0.034103, 0.035966, 0.037751, 0.039454, 0.041072, 0.0426, 0.044035, 0.045374, 0.046612, 0.047748, 0.048778, 0.0497, 0.050511, 0.051211, 0.051796, 0.052266, 0.05262, 0.052856, 0.052974]], biases: [0]}]}}

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
views: [approximation, fit, loss, network, activations]
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
        shows: [fit]
        hint: "Errors are squared, and twice as many stairs are more than twice as good here."
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
        shows: [fit]
        hint: "What could be reached is not what training reaches in 5000 steps."
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
  ("notes-mlpclassifier", #"""
glissade: 1
title: "Notes: scikit-learn's MLPClassifier"
group: Lecture notes
summary: "Twenty features, a hundred ReLU units, Adam: the notes' classifier on made-up data"
notes: |
  The notes call the data XOR, but it is scikit-learn's make_classification: a hundred samples in four Gaussian clusters,
  two for each class, with twenty features. What the notes print as "Test set accuracy" is the accuracy on the
  training set, since nothing was held out; the variant holds out 30 %. As in scikit-learn, the eps of Adam is
  not bias corrected, all samples are one batch, and the run ends when the loss has not improved by 1e-4 for
  ten steps: after step 293 with a score of 1. Data and first weights are scikit-learn's own numbers for random_state 1,
  so the loss follows the notes' digit by digit.
model: {kind: mlp, hidden: [100], activation: relu, output: sigmoid}
loss: bce
l2: 1e-4
penalty_per_sample: true
data:
  inputs: [
    [0.6065484004132948, 0.8169576552292701, 1.0513207678487513, 1.6571246380429256, -0.45971768103806804, -0.5889639283997878, 0.6503232142523461, 0.05031708614713537, 1.7054835177554424, 1.4176740129993604, -0.7372896277599319, 0.30981675860748836, 0.7781741790995664, -1.1247870673132985, -1.2839326571904788, 0.08075098862302005, 0.09499611006916124, -0.3645380497066375, 0.16466506584920662, -0.7678037460245601],
    [-3.053764380426305, 0.9211620527137556, -1.458324460393154, 0.24050555214736213, 0.612232523128053, -0.5135714384457012, -0.1920036966310444, 0.3985983881614373, 0.7448845364406519, -0.9994265013581795, 0.4798523711538174, -0.96126359903051, 0.578464420256242, -1.0702075452630866, -1.2877402745290303, -1.4941937652746844, 0.49434165098237876, 0.20437739492116297, -1.5526987831768355, -0.44669920347712],
    [0.6064039443038369, 0.6806453725571615, 1.0212481260989013, 1.4958847658844756, 0.672619748121479, -0.6938327191844218, -1.4702370890213132, 0.5992132354592584, 2.428876969522979, 0.6754538092042119, 2.293717612357178, -0.2146538422260227, -1.0195198494057163, -1.2044023899134095, -1.2855897996918022, -0.47712420646933207, 0.5247504922968238, 1.0370389817739079, -0.8300109855676734, -0.03599018172719132],
    [1.6169495988573002, -1.515948232402207, 2.4493686490613973, 0.6233621765780327, 0.24266944108179458, -0.5122593507202906, 0.12910157971072544, 1.4075400002412286, 0.20183017887400403, -0.4349566829552277, 0.5027408819999043, -1.2197443969790327, 0.10940269642542817, -0.024881331568074927, 0.676608506785208, -0.19883786288889674, -0.5457741679825677, -0.20339444896455844, 1.5588055406198593, -0.7003985049212547],
    [-0.8281475891882739, -1.569173295285787, 1.7626089014166477, -1.2238796505752447, 1.1277513449502294, -0.9214858455021991, -0.44730816175337745, -0.982160958028669, 0.05029323902704858, 0.5582642185676373, -0.11072841404109841, 0.6809789273140514, -0.47458986707940803, -0.5405480622938028, 0.28457414401065645, 0.5226551740981221, -0.357514214019013, 0.09894224603249625, -0.4293859732130132, -0.35541349049214155],
    [-0.4244927905709274, -0.8447563883059632, -1.6993336047222958, 0.684001328181953, -0.17763219598355098, -1.3716183918465341, 0.36184731583956825, -1.7879128911997157, -1.5104563750875688, -0.35340998286701436, -0.7315309817303334, -2.2271126318500145, 1.0138224669717055, -1.4430343804661172, -0.7772795758036832, 1.2289555856506973, -0.27584606256114336, -1.1549826349293644, -1.5657381506559054, 1.3097059056826534],
    [-0.5821924381263328, -0.7909593484619164, -2.6006418091130947, -0.6005043386242819, 0.6521796358150284, 0.9623511817158221, 1.9844112488851215, -0.7253231367820491, -0.23148483037082923, -0.6486357676015769, 0.3268129791190551, -0.5562679686162673, 1.5230967139279845, 1.604955511620123, 1.6598085923477202, -1.0981486325572187, 2.7119498738951555, 0.7330725605424461, -1.160443193869437, 1.308932334281501],
    [0.16521058652925405, 1.5028491135772468, -1.2751138646701632, -1.307971343663687, -0.4449950027159164, 0.6288332494639143, -1.7869354037797818, 0.07487609788866709, -1.2162710225821391, 1.4723963067285686, 0.9762962980812675, 1.3492276782627104, 1.9371315806243106, 0.1838779306256657, -0.5421693731575574, 0.11197268749652817, 1.0090902626721503, -0.31663164258546, -0.6960276712961552, -0.5516802438110113],
    [-0.13348866936606069, -0.6963713971623636, -0.21237328549062034, 0.09611414233952063, -0.6212517704302448, 0.5058784949381919, 0.34605774628467395, 1.1552617554181506, 1.0506146488672723, 0.15205234093342904, 1.9865651109424, 0.3546020521128279, -1.3402091759035006, 0.9638271581260496, 1.098508476485806, -0.3122296613778122, -1.7745959882248337, 1.1311286004249619, -1.279426156313522, -0.7106557706807829],
    [-0.8926466735128841, 0.5657460618460208, -0.47861407386118443, 0.9840122369402405, -0.22676019216958399, -0.7668517498107499, 0.6024509012396099, 1.3797581916062172, -1.5645078538111965, -0.5596814219185569, -0.16119831954123737, 0.5014295898933301, -0.8708876496519611, -1.251279235331693, -1.2706456489653906, 0.8608912410184296, 1.6316915136307972, -0.01900052154731654, -0.28638491539517374, -0.8801890645415797],
    [-0.22241402852990858, -0.9013165369891059, -0.13971173044107246, 1.0112070637749084, 0.6486436440906672, -1.0278935697523073, 1.0329837789497511, -0.14319574500723764, 0.10734329382358966, -1.4765626605201803, 1.4701603438257402, 0.8532821858237332, 0.36919046954687373, -0.9665431085889107, -0.36643113173400077, 0.5481295846881931, 1.3863142642463189, 3.9586027040379634, -0.870008223190852, -1.6374495930083417],
    [-0.4148469012882354, -0.76070628662207, -2.2370865111124707, 1.0400891531540952, -0.7995474906917599, -1.3827227916024891, 0.630195670684911, -0.10534471250754213, -0.2915945955008327, -0.918440038300026, 0.45194603732122307, 0.528879745585174, -0.8286279788564058, -1.4936367574578562, -0.8567783394763328, -0.01771831791014226, -1.1077125022845524, 0.057120996082092076, -1.5791562853944654, -1.719394474619523],
    [0.14164053766580517, -1.2740604216250282, 1.7106618386711354, 1.1614399816743937, -0.466154856825928, -0.5236363553189447, -0.7750702870734348, 1.7464350892279725, 1.3849913436486387, -0.027529386267978004, -2.516303860965749, 0.5109377744920892, -0.30912131864186215, -0.14343039571032767, 0.46969069407141123, 1.4539175816088175, 0.03494358936374005, 0.9863521802120643, -0.5956678809102903, 0.6616810764659825],
    [-0.8399889146122471, 0.8962111442886294, -0.42642861763352236, 0.31801429641916884, 0.1751677292180687, -0.555807124496892, -0.019522558320273307, 0.11133726638297002, -0.053483692735156345, -0.8902715521082489, -2.298205880537852, -2.664125939262139, 0.3166372357039576, -1.115096789245087, -1.3125295694776544, -0.22814069070045617, 0.39378773124931865, -0.9732675852492401, 1.456527386472777, 0.5803301126032293],
    [1.8723032622753264, -0.5256884293056863, -0.727476109719801, 0.20835292145425172, -0.9976208418380527, 0.9884329561431903, -0.7461737106573472, 0.7182163825618534, -1.1397000880327837, -0.7283500854473723, 0.7678181289908628, -0.2272525093603447, 1.758759350083834, 1.5256816099035826, 1.473866206225582, 0.5677647396556529, -1.0237993163261987, -0.5784269725316454, -1.2688589591737998, 1.5045218666646716],
    [-1.062928762372351, 0.858878412833396, -0.8899615103210368, -0.6232799937115168, -0.9316815621596365, 1.073390030861595, 0.7311453695585632, -1.112314290206408, -1.0677023428943548, -0.5203610271366949, -0.2546330654656022, -2.539955403305674, -1.8994630996214505, 1.0445796551926436, 0.44896385555865026, -0.3178155663147815, 0.21807849778616917, -1.0713798803867007, -1.168961344799233, -0.22357488745522028],
    [1.4454453080128968, 0.9491322319035848, 1.32041791273182, 0.6451526531285782, 1.7170887330563231, 1.159745242939114, -0.396293291842643, 2.0387771395785603, -0.8042769927232138, 1.2821418300893201, -2.6210116358079985, 0.4715342680872849, 0.5189693714083458, 1.1195576811232828, 0.46804323694512895, -0.08157001965169976, 0.9566894896320624, 0.6864826401316457, -1.0433996069036862, 1.5292478634014344],
    [-0.9970197955296825, -1.2940110779908132, -1.9425891814764555, -0.23794193575218264, -0.4422292795131728, -0.8385330579779915, 1.1223283216570923, 0.4381663472912375, 0.3235273536014321, 1.1552878860882252, -0.10679398677922511, -2.037201225680795, -0.6180368476815788, -0.549226918773297, 0.15110436298871086, -2.114163921916826, -2.506440652676061, 1.2785280828417218, 1.4514292605909354, -0.41163916318848254],
    [-1.5110766079102027, 0.8556503653237062, 1.514750382482251, -0.15323616176709168, 1.5666862010961442, -0.4749585734662154, -0.3240323290200066, 0.5079843366153792, -0.23774809814536352, -2.432508512647113, -0.8714220655949576, 0.5616380965234054, 0.6087490823417022, -0.9913480270175553, -1.1939386213559833, -1.3516493853176743, 0.6479248123129182, 1.130725354529131, -0.8648299414655872, -1.4092092764721913],
    [0.060750195799506745, -1.08864221912124, 0.0809271009732786, -0.7819116826868007, -0.0845080274046298, -1.00227024191723, 0.9214500686595114, 0.0954250871912577, -0.2973618827735036, -0.437508982828581, 0.21112475500771674, -1.1164700178847444, 0.17718772027596041, -0.8526129539800149, -0.1883197906770774, -0.0568244808858473, -0.18657899351146628, -0.6806781410088858, 0.01652756730561561, 0.4923365559366488],
    [-0.8077223666950638, 1.3821680520636574, 0.3101025961317004, 1.306830585767448, -1.4248609016543665, 0.07259145227551371, -1.0561721364058085, -0.6104632434424175, -0.903442726359496, 0.31671499153867405, 1.2334249092992629, 0.8725789897317252, -1.4004699771244002, -0.4963453932336306, -1.0361117864390623, 0.6077152484722893, -0.29113217079433823, 0.9639045974419587, -0.022359372022848555, -0.8276839572730029],
    [-1.0490677451686161, 0.5102760277623307, 0.8598709717969121, 0.6925743475393558, 0.15001627872780374, -0.8837137617293215, 1.3471054646704976, -0.3290515493410809, 0.4635343217316655, -0.4786723564156615, 0.31665889515665435, 0.41026574539684446, 0.08972911744465112, -1.3812928009388217, -1.3501624031281574, 0.3196569419445935, -0.8986831933186461, -0.01923163409763723, -1.895266947476466, 0.31815419967868935],
    [1.39408104250043, -1.0953045764472056, -0.42666728403845283, 0.6640795475273731, 0.33948780556898744, 0.5856758773236511, 0.8730058373155313, 1.004093104601491, 0.2929311256805711, -1.3113243820094933, -0.5887796071685205, 0.317857879102256, 0.8582860008822079, 1.2396521458449874, 1.5046309787019239, 0.06803203466841243, 0.30733106704705815, -0.6284625527547907, 0.18621169846960364, 0.9957039414105046],
    [-2.617290094387935, 0.8234061405589016, 0.07597729042272197, -0.6604431907601538, 0.36357788599044405, 0.8426727764817533, -2.318428477687406, 1.18901075705839, -0.8662026807009421, -0.8168444258601902, -1.814727087567263, 0.4965050383582789, 0.15237420731890447, 0.7561926045162353, 0.23234074458975013, 1.575783445862164, 1.5373798077309975, -1.1558002714875353, 0.1817410298295303, 1.1590106388629562],
    [-0.2364369518129867, -1.072233433471332, 0.32427424344842104, -0.5574947217860433, 1.8347176266496867, -0.9342596012249823, 0.352494364369333, -1.9433234056683528, 0.5643828554943137, 0.9391687441964878, 0.7278134999996488, 0.5846466104774262, -2.7825344676529227, -0.770151304106994, -0.1292580494912439, -0.46867381627789134, 0.02186283662655242, -0.4130293097110322, 0.5150736136393657, 0.8532812219556223],
    [-1.314201032526822, -1.272214654075065, 0.32132583346258753, -0.9889644570915376, -0.7754704347039222, -0.21684714147266673, 0.21633295762047405, -1.323745411228554, 1.8975108071393503, -0.9498638594876591, -0.2418018653228728, 0.10039172239954759, 0.6666106854061105, 0.2594510608154039, 0.7942432805440788, -0.017250865259717214, 0.5144115605663222, -0.9797201914449796, -0.009201544243399692, 0.36334791857426507],
    [1.6319358486550282, -0.9512632743451133, -1.7632498009912314, 0.6271770353915255, -0.18644127128388416, 0.4245713154727605, 0.05830738274408399, 0.2886167156768053, -0.35524151349696165, 0.1628082503067918, -0.40178883383188707, 0.2756640751500719, 0.007388983706183854, 0.9659912960266402, 1.2174005107553543, 0.22619975684315669, 1.3879738095489653, 0.19731599174779044, -0.19993939322127943, 0.5691245958247787],
    [1.0105737112975397, -0.45001335183617575, -1.8566414222240666, -0.2483058331869234, -1.360979773904556, 0.061375280128589095, -0.4210968850658138, 0.43824139301753284, -0.34700994911158545, 1.4025015262856404, 0.20722994601150022, 0.29982520177529054, 0.6269063059702962, 0.27345841117938086, 0.4276866596722046, 0.13630100537027234, -2.1510431552039577, 0.6085800501276962, -1.4340307289520844, 0.6833562545792692],
    [-0.3312831699326283, -0.9571052582878091, 1.4581082386095199, 0.4512840160401709, 1.0989963327471792, -1.0822091120011355, 1.350106818681726, -1.1601701049822761, -0.901634490475998, -1.6840599858682372, 0.3865391451330911, -0.38483224883279044, 1.000881423680301, -1.0141218514574206, -0.37922014243282587, 1.1181333967176956, -0.5322340208981775, -0.7223919054141509, -0.8514556565308268, 0.6743961048208689],
    [1.0689859716189178, 0.7185151967920194, -1.4191487771444868, 0.9312556787681191, -0.19054829766145195, -0.7687401936378444, -0.4569878575935375, 0.9255012147023857, 0.23333912626012182, 0.9498088152113293, -0.20975293542255413, 0.14010988130475283, 1.8125278151175406, -1.3191816119088027, -1.395699476144611, 0.6409858663835063, -0.31690119652834625, -1.133792035393578, 0.9351477795910749, 1.2198743790306215],
    [-0.002905450275541419, -1.1895158822868352, -0.2925789353599082, 1.496405311360214, -1.20115565525345, -0.09557565198589614, 0.5377050874408872, -0.34847114011929786, -0.2990949667611442, 1.6707292217109244, -0.06063030227924242, 0.3294899667614772, 0.4409560006804435, 0.3836069255502118, 0.8565149860332738, -0.2820059024109606, 0.815600359710878, 0.2194774937754363, 0.9640226322174184, 0.04992248806785643],
    [1.6306297921390362, 1.161885794245385, 0.9332532965859972, 0.18567535375888505, 0.7640414200481108, 0.7620800953817761, -0.5396976528131852, 0.37857557679582865, 1.687255223155202, 0.6370253187948584, 0.1728160841036588, 0.8736742226670051, 0.40577898662854966, 0.5052080891615653, -0.12593506631254325, 0.8336788128625253, -0.21615514939953132, 1.9989920138971085, 0.9301982055403866, 2.160455726859277],
    [-0.2518521972500833, 0.32953519100085304, -3.0160319852092985, 0.3002536763201884, 1.1653354411392074, 1.1264307328700598, -0.21955216709416556, 0.8059133073385901, 0.19664529496690467, -0.42959567390032527, -1.3264896477767878, 1.0081956109102623, 1.115489374094808, 1.3410414660308667, 0.9316886884474573, 2.0051405255465915, -1.6196456938206558, -0.14894122914447525, 0.30820413383639916, -0.18762634911122614],
    [1.7602492264490932, -1.2523000412629781, 1.1158411079241686, 0.45161595055524156, -0.3748046873026527, -0.8459590598353022, 2.0563555231982935, -0.28173626906561283, -0.7499696172756662, 1.1041743263032135, -0.06065249177480989, -0.7778588266274128, -1.7775663758059874, -0.5768591826939635, 0.10961652473298626, -2.094247816222812, 0.3102722877837673, 1.6133613745631155, -2.4135030011737877, -0.22876582887016242],
    [1.6234621032930863, -0.6326280608722747, -0.09107873492717967, -0.3126030136650717, 0.03261548315667647, 0.7226479860782518, -1.1865517009450086, -1.1118180907755213, -1.2776363350812348, 0.10120308649831945, 1.1564436063936467, 0.41959523754955963, 1.824818786589987, 1.2217557983293135, 1.2775379054722091, -1.8792869914501684, 0.4821757484334599, 0.7586370630214484, 0.8890393567021025, -1.0980831454210314],
    [0.18607451711335346, 0.8756766958641274, -1.500176883494792, -0.9028317425037818, -0.841569337976489, 0.8666039996407752, 0.1378848679098275, 0.8575475535903946, -3.1533574501910486, 0.5815092832414559, -0.1881168334309667, 1.40061788580469, 1.3351413277186313, 0.7652983208618925, 0.2156726016896959, -1.2041013496697026, 0.13887887453617104, 0.5859527865195064, -0.002747395727973415, -1.3356954516986081],
    [0.0047678317763124615, -0.06539297212173456, -0.2664905609060913, -1.3768830410058717, 0.8395342227862145, 0.8242707881663274, -0.3626459187674246, -0.7574510334031589, -0.6556166871463461, -0.41655905987390124, 0.5542525399087611, 1.604323943116341, 0.2518597032535034, 1.1125737640444677, 0.9286614591754386, 0.9513818124799459, -1.4583359393639643, 0.18728869413965668, 0.1465320727650737, 1.8358695455399285],
    [-2.7914440379218326, 1.060805759683466, -2.2626153263456037, 0.4892191937564925, 0.20901228007003622, 0.7900610484075024, 0.2024473569139789, 1.521865766667497, -1.7644080806307176, -1.1168322572362501, 2.005561575887981, -0.1769365572253719, 1.5535652215621067, 0.5853089782648663, -0.0147841532425754, -1.2260699612397163, -0.4197178699128385, -0.48272686236554857, 0.4527136222363632, -0.03848246228477962],
    [-0.7907999537751678, 0.6769797904714763, 0.025999994185658175, 1.018552474767882, -0.5924612851532695, -0.5921076021510432, -0.45993010443458127, -1.181103172771823, -2.304907937770138, 1.2305581999547246, 1.2237222119601092, -0.4775808546567209, 1.4489894041582356, -1.068983302789473, -1.174529340734813, 1.3025355364861801, -1.3486964467972422, -1.4851564513254543, -0.05936790254849916, -0.36261208757725877],
    [2.1722705158214577, 0.6486894986083219, 1.5496088532112626, 1.8121770915950168, -0.010526175421014809, 1.168711259417633, -0.9286442753793525, 1.4932228006540538, -0.38824090698920655, -0.517489822461975, -0.8256538909305323, -1.4005944466686508, 0.2969573677573097, 1.2600082963940582, 0.7195614549699602, 0.613951564079822, -1.0700169041291103, 0.10978294611235115, -0.4633379678363312, -1.2891300394749206],
    [-0.4250709757555864, 0.9153327108762745, -0.010089768356528127, 0.053782404427079926, -0.11229908338733986, 0.9466983729905991, -1.6923025488503851, 0.6335088707785933, 0.8041228510204734, -0.45958183317236806, 1.6583993398079262, 1.3305061151948567, 0.7380536853593032, 0.8537049489011581, 0.2688519636192485, 1.0414396343771428, 0.9885106422191401, -0.3678322013658868, -1.1810628977377973, 1.5697555099121938],
    [0.9237559690639651, 1.6314716409992926, -0.3162393276322203, 0.6665899190285886, -1.5740734251337336, 1.3726855919936463, 0.21332926939765448, 0.08528298217914626, 0.10059341767972574, -1.5357522087918913, -2.453891930331267, -0.6212073387910747, 2.0181218523403635, 1.1075577162964059, 0.14475914101068005, -0.7631426010826766, 0.953992230218348, 0.5405331612446118, 0.14498732700110628, 1.156954884598025],
    [2.5654527807167797, -0.8452117052958092, 0.6022651275385377, 1.1770522557766416, 0.5866185186008445, 0.987185854015231, 0.19417501629377704, 1.32269398510864, 1.175178687557355, -0.6411078151978892, -0.4641149056482057, -2.1810279670819495, 0.14565181728648766, 1.6608643673019423, 1.7298987623325246, 0.10931836390543528, 0.48084611326516874, -1.5465610399686571, -0.20269390770746232, -1.5443957813866982],
    [1.3012248377291613, 0.48229725868170137, 0.8350583653611483, -0.6325901423895697, -0.18589217762224536, 1.391277959202877, -1.3813911531218699, 1.8971606873858808, 0.5494218269801783, -0.20984694852691854, -0.3123921151914365, -0.642873594919632, 1.8629130897734716, 1.6241116834836178, 1.0901130268954682, -1.4320670261489077, -0.363053450794692, 1.1689263743278715, -0.2712287151202614, -0.1660198696946643],
    [2.2347217376258857, -1.5155533980938527, 0.17794555796161068, 0.42300320958327586, 0.5050537522920976, -0.6133374678355927, -0.1858108567803287, -1.787737708417842, -0.26700417934191467, -0.1342485646303186, 0.046846204858301294, 0.17405446616172857, -0.4380545074876235, -0.15804852585605333, 0.5688700470750185, 0.8632633989374148, -0.2612019194565117, -0.1301952082016756, 0.29078794646870554, -0.9230779570843294],
    [-0.43068062707394905, -0.3012192552334021, -0.5870290051548038, 0.568904090502716, 0.3189718257204604, 1.2079085668135294, -0.6868316257783892, 1.0790570549507297, 0.2648676257857707, 1.9288003053541174, -0.5979685425002383, 0.26187547894034024, -0.6239051526686622, 1.7183462235334843, 1.526315991737616, 0.12325546357279293, 0.876199862650358, 0.8860899202069914, -0.9134434096547731, -0.3971256828561419],
    [-1.9521052872452325, -0.6732591914514583, -1.1148710523659369, -0.19899818380372442, 1.197830841721251, -1.579213277592109, -0.47918491512740585, -0.41893789767812306, 1.7045941713724069, 1.8664713751521251, -1.4023291454531368, 0.515413801783241, -0.6949209011852391, -1.7896239271341705, -1.1360316544389306, 0.6745707069560037, -0.7673098263317347, 0.5924728014240198, 0.4511229387345986, 1.460892380463078],
    [2.384405138467877, 1.6960625319779126, -0.4379082110154881, -0.5726018173106335, -1.0895350051014767, 0.7734840535884626, -0.02696438928302991, 2.1345515589126642, 0.5391382220705605, -1.6497503040146722, -0.07449741537318715, -0.8598270238675055, 1.8615651022774895, 0.29147249644937434, -0.5440646677874069, 1.4587732107662719, 1.6485510899956075, 0.0010547699418268317, -1.6183179316099756, -2.0262064158338595],
    [3.3210787561703645, 0.9404606680017669, -0.6874873930601744, -0.13479312929572362, -1.5569415578650314, -0.5301604413186968, 0.7259168525208212, 0.9662208625783415, -0.6124421282843443, 1.0492182907525678, -0.6002253303773148, 0.43598619629640983, -1.014803690858671, -1.1002991768293602, -1.3209141259153936, -1.2133381258287046, -2.698361741666047, 1.0097873349475586, -0.37951751553387963, 0.07225189915588459],
    [-0.30097615395533844, 1.0173780380336601, 0.9475011673456759, -0.03181717269879145, 0.10803081731234535, -0.4761805088670687, 1.498108183577034, 0.28807816700515054, 0.02941761897076564, 0.11248774241419583, 0.8074559170052702, -2.076802021923554, -0.1933216404740039, -1.0622095678983725, -1.3254997138601483, 0.017955891650826426, -0.5039739491423175, 0.2829955338110016, 0.3122386890129999, -1.2704607763854796],
    [0.6087836589081088, 1.1201882602372137, -0.3695624253374333, 1.5392070096550627, 1.0334508032642373, -0.5779787939636708, 1.700188146645526, -1.0903383324548148, -0.1462732746113538, -1.1487042296369459, -1.8814108671660597, -2.1444440467284505, 0.23733269933959658, -1.2401798500046124, -1.5164933267521812, 0.7314025171250657, -0.017454951836177974, 0.09574677111013467, 0.4972690986459772, 0.9544956665476875],
    [-1.383379352486164, -1.4795530788738203, -0.25739499650682995, 0.6389293194198086, 0.546730265916426, -0.449164289687046, 1.217716255875353, -0.9670123710082098, -0.47738166223266104, -0.4656597324338331, 0.7174286220370574, 0.5165524660423712, 1.4622679827754739, 0.04255401941729353, 0.7143483436867825, 0.5820873874833424, 0.14936995811488732, 0.8277914282922316, -1.2477341209058204, 0.8298943774311116],
    [0.0340658625538518, -1.010153512125304, -1.1734099063320942, 0.7573281242970629, 1.6883837829950057, 0.3234031937096121, -0.07094967490085848, 0.1273146355720885, 0.23732436396319365, -0.072892245211876, 0.008359162757482943, -0.843911487937803, 2.82729979405965, 0.8580922510223817, 1.157317168200701, -0.7100525489930525, -0.7956266127891249, 1.430932797842637, -0.32674455138175723, 0.011436571155416278],
    [0.13224777891978462, 1.6822707033005866, -0.22423577212349852, 0.20909667657552103, -0.1221540151116833, 0.03374359412864931, -1.061796761310848, -0.5691486535119704, -0.6808515740173174, 1.5550159943330888, -0.5632366041174566, 1.1525991350106037, 0.24542284918911964, -0.6759687711021607, -1.3191129184946184, -0.030911417604135967, -0.32606130576013626, 0.8495868450948219, 2.3901459623335115, 0.35571726157601685],
    [-1.1823181265096336, -0.7072687732622599, -0.3109849783028509, 0.6610202875986929, 0.6185391307862932, -1.5613205931518552, -1.2331207354464266, -0.12046457178850745, -0.44317193070063776, 1.792158208975567, -0.6657545181991266, -0.4982135636310781, 0.8250298244389859, -1.751517505533999, -1.0896234689579252, -1.396620424595432, -0.0018914828380037015, 0.6747115256879723, -1.674195807618932, -0.861316360776042],
    [-0.593343754242419, 1.3313904904923288, 1.0712524278458908, -0.039178256209496685, -1.8988120593192948, -0.06965245766408969, 0.5017251093451655, -0.17961229465135792, -1.1171106924391125, -0.22875417122021255, 0.5103075967452559, 0.9849516717192109, -0.40725204301996576, -0.6617657163505566, -1.1463825918342687, 0.8386347472283774, -1.0971543602553622, 0.7330232317190783, -0.9157918490686792, -1.039182322034903],
    [0.3931092448539835, 1.0751093827463263, 0.18986164938309566, 1.2251558492732308, -1.0807106924455065, -0.4111552669765177, -0.6124069731288238, 0.8160436843240609, 0.7254740044815357, -1.053546073700315, -1.8239198526251938, 0.8858257989659072, -0.03966870009048212, -1.0013709060905582, -1.3028936775852598, -0.10193203926360005, 0.7980637952989431, -1.5095726842240433, 1.167075165999964, 0.7433565435138623],
    [1.8035889814864974, 0.9817325103304815, 0.35528450700622954, -0.036281288553702225, -0.3946896809955576, -0.3768575295118104, -0.6059813205385978, 1.923815425970925, -1.1718133792211223, -0.8323953476886892, -0.4525249732840256, -1.0455342473768945, 1.069965538950133, -0.9162570072508538, -1.1912340832370663, 0.7009821215232441, 0.7553920291908554, 0.3019600454061449, 1.1612856933418074, -0.198937450283896],
    [-1.4614036047221062, -1.103254449777097, 1.470739856691369, -1.072964278711645, -1.9450469586120391, -0.8922459169723619, -0.5181455523987548, -0.952062100706259, -0.9154243682317061, 0.49515861120031657, -0.5163479086460222, -1.3477649412536636, -0.06877046307863847, -0.7015863214125388, -0.05962246956517367, 1.0080654330757632, 0.33722093830845856, -0.6648677669672133, 0.35111689651096534, 0.7852269196346882],
    [0.27649930482218366, -1.5439863682448276, 0.8849088144648833, 0.13404819655462313, -0.2541798676073683, -0.4934419503102885, 0.2624674454632686, 0.28474811084905793, 1.3998439424809859, 1.2020548621997058, -0.7332716038953129, 0.7588056600979309, 1.5433591108044837, 0.011884782462284083, 0.7191897695109623, -0.8677872228729256, -0.8772815189181883, 1.232253070828436, 0.8360047194342688, -1.44087602429184],
    [0.0786920498406861, 0.9825172025725438, 0.7842731671070845, -0.5007103655935266, 1.6361151221599526, 0.5769906094303858, 0.5441240835875532, 0.010712426627731694, 0.42705853717417924, -1.0233622014868475, -1.1933686903629275, -0.7776383573759467, -0.7620848052451318, 0.3384759714138843, -0.17816707453758238, -0.18866633890511852, -0.3192808587483191, 1.0968481478561416, -1.5260351879826028, -0.15693506698282467],
    [-2.0328934519997985, 0.786942709597332, -0.7960652494953289, 0.18855331528016264, 0.47279300368474003, 0.9727401898473325, 0.13178230051752346, -0.41749782273416436, 1.0542070356357671, 0.04683135799744122, -0.44832165562495413, 0.3546604863959199, 0.2696988468097705, 0.9429487859603741, 0.3999386980899159, 0.39583055113614785, 0.8013076084574321, -0.3614038605351397, -1.8039436253159022, 0.29357208724825684],
    [-1.1254527462501986, 1.373202481615052, -1.7443723745538922, -0.810140030643709, -0.19102917139960773, 1.7152818169568484, -0.08601351309313744, 1.4074105946578879, -0.7861212702401676, 0.6146625861253558, -0.34257094231237883, -0.3859880935287451, 0.7390938362426234, 1.6689381963122045, 0.7168733610333716, 1.6309062540803745, 0.7155367850567184, 0.4327901996345385, 1.2567374708813324, 1.6485940770510845],
    [0.3212659144838316, 0.2430571053270948, -0.43899766366627757, -0.13935180545092124, -0.04586668606976747, -1.1112806695933521, 0.004000841975375483, 0.5311637934562251, -0.21873345896770915, -0.7285374894247015, -0.7252149257453662, 1.2935496206633084, -0.00037500875835609604, -1.5662979526093899, -1.3767786864954947, -0.6793837829972343, 0.5900394641608302, -0.7043503315234588, 1.5365363280210986, -0.9509092510507696],
    [1.0079664776005783, 1.3002271693976186, 0.5280034220718364, 0.43499832426284113, -0.1995607179962165, -0.1739488348158997, -0.4234782972255359, -0.9484396564537968, -0.654603168524978, 0.9104236030030839, 0.3923349111243075, 0.10405338970908944, 1.1253234986642537, -0.7856539027746522, -1.2321229394222903, -1.3450100202683752, -0.3145638619172873, 0.07432055368263171, 0.44838065078168743, -1.2952578852810872],
    [-1.9757301418738367, -0.7870211259165836, 1.640553648555269, 1.5944646318222213, -0.25485294724388907, 0.4229485203375627, -0.2719387996845504, -1.0307980277587836, -0.1409107523901582, -0.8954415239499194, -0.5889311760437443, 0.2791554536346638, 1.634602501369415, 0.8935255771727444, 1.083388138019995, 0.19136391513892, 0.410872937999071, 0.18693704577199538, 0.851789637515316, -0.17144118747753334],
    [-0.3439007092103924, -0.7157289319767337, -0.10839206717353982, -0.8224671889042517, 0.7774192052488628, -1.4791038434535024, -0.5938430672545096, -0.625342001465988, -0.11877117210308928, 0.7217112921126926, -1.0001691898725158, -0.06932869669048287, 0.6085146984848496, -1.6397143433448393, -0.9954337044368323, 1.7653351005190716, 0.45015551276717897, -0.5084571342754007, 1.0449944096738975, 0.8709698025322423],
    [-0.24070050175198632, -1.4424493014755475, 2.369730189064904, -0.6618918349396725, -1.9878295313946217, -0.2590283786953198, -1.479580034616112, 0.014448415017786457, 0.8612885153914502, 0.2590319017920037, -0.8556713923944985, 1.5586882545223812, 0.4838836493413234, 0.2768456951397781, 0.8865296778147749, -0.8708015526080608, 1.5624195294929633, 1.1198990035561387, -2.048200458740775, 1.175244992708054],
    [-0.6011568006493835, -0.6267911264653537, -1.1640079711612021, -0.25898285340053234, 0.18103874435787085, -1.5221223519045628, 0.08968640732259017, -0.5637887345823027, 1.1071754509490623, 0.1892931975586576, 0.5560735100773853, 0.1698692553475717, 0.19686977925029145, -1.7344021309857651, -1.1127858529438386, -0.7580673285562323, 0.6933662256603845, 0.5574394528580334, 1.693809113288081, -0.8088471964721285],
    [0.33491514376705933, 1.049847448356764, -0.7409633426063588, -0.745644049670234, -0.9613638025614542, 0.4820433472108376, -2.3290411224270056, -0.6985706620498542, -1.427015628711627, 0.04805070666646386, 1.7024300469079419, -0.45310495137793355, 0.08429739091029076, 0.1847131839764633, -0.333302672555107, 1.0729310979967936, 0.13610446388547395, 0.8264765570684348, -0.3720646810099599, 2.2158433358479184],
    [0.6545801525867004, -0.8479244482669415, -0.7972697854931297, 1.3887793963702684, -0.7058405074022839, -1.314265596621741, 0.8245846250334574, 3.0308571123720305, 1.1926860677546935, -0.6613442431530187, -0.05118844760766421, -0.13597732610058932, -0.8677686776235903, -1.3662132351783334, -0.713776384671148, -0.8260974318473202, 0.28267571224842025, 0.9561217041246964, -0.7255971191344275, 0.6210827008390084],
    [-0.8360494800523847, -1.3323295243665356, 0.3144319337524709, 0.6585368715597955, -0.4024676245696163, 0.02427221944822144, -0.030296779438812003, 0.6678795613643351, -1.476898981185481, 0.9989016489932808, 0.10759493816851504, 0.6030359101266989, -0.35858879766530466, 0.6024567132039619, 1.098911228628536, -2.0325397888215875, 0.33311455047149896, 1.724391719951887, 0.4269243288256842, 1.0810929930210922],
    [1.108616757989675, 0.6514479975305996, 0.7804699297583744, 0.425920176502816, -0.7556627651019651, -0.7078753199953223, -1.229574253546429, 1.1022367325853422, 1.8514378945735097, 0.049080397141630476, -0.7029204029101687, 0.8143431291489254, -0.32420421948521105, -1.2103769142405079, -1.2769966957675323, -0.1544911938105286, -1.4640535735805917, -0.2378752654568325, 0.7255505180787332, -0.09243231854158614],
    [-0.5301198002000516, 1.0454127183695738, 0.7182907357543429, -0.1830619869619735, 0.35387042688284037, -0.36468688570038665, 0.9327214136880919, 0.19975955519262756, -0.18695501653274957, -0.22102890178833562, -0.4072400240119308, 0.38560229234432525, -0.12014997562874898, -0.927511556882103, -1.2295905732663428, -0.11644414827166405, 1.2911889028508758, -0.06962453945512911, 0.16056499174251157, -2.2772979966603657],
    [2.0657833202188343, -1.3161058368433323, 1.622849085954001, 0.41730200497486253, 1.1234121620219353, -0.9131006293308349, 0.5859104311026156, -0.9554252623736892, 0.30526704024401075, 0.7847706510155895, -1.471156925832625, -0.27909772154329027, -0.8805775998441709, -0.6378813461098549, 0.08965399440569326, -0.6946935952872263, 0.013352676347176594, -0.5998045310708474, -0.8301718953151139, 0.6218035043055724],
    [1.5754679085723808, 0.8230083646013602, 0.040371431022839264, -0.5089722778228615, -0.45611755514868535, -0.5425696017200331, 0.9039991740035269, 1.4236144293489872, -0.9798902516618007, -0.16648595488595935, 1.2066078980355681, 1.0689716222012626, -0.2663268843187201, -1.0663326118206502, -1.2395007399697764, -1.3352027230151915, -0.15699367249331792, -2.7909964066938464, -0.2828635516348445, -0.10646012155553987],
    [-0.646491026783994, -0.4781910157533783, 0.6440999879429353, -0.011734214376557668, 2.230274147801679, 2.257081698491103, -0.15684261051476847, 1.3798799010709466, -0.5487608291523853, -0.710500674666955, -1.448991548522045, -0.5390325800200371, -1.0863009072108918, 3.1746248283618392, 2.7838620885846597, -0.08642687384180807, 0.1836335742581206, 1.1459273541343218, 0.7794918660522115, -0.21398778156152834],
    [0.6778075711198115, 1.4418442523100685, -1.9406809643648932, -0.857496824739772, -2.0863905654565262, 0.04357015966384772, -1.9581690855990108, 0.542645294566316, 0.3618016405710469, -0.934181843147949, -1.1065730673918852, 1.2179409008013473, 0.5053819027529176, -0.5600855392873527, -1.1150198724732157, 0.04906169237310281, -0.806178211953457, 0.8616231013412039, -0.3592240957107388, -0.596086334587662],
    [0.017164726374088564, -0.8644771179653412, -0.1028872175735376, 2.054624102518116, 0.8088443602656821, -1.3523373173194326, 0.3501671588282789, -0.4791570987860799, 1.7897546832062712, 0.05340953679834792, -0.42914227823509377, 0.8408615581411037, 1.1157018027844863, -1.4092197789788181, -0.7409047447185034, -0.04970257915867584, 1.146900376399483, 1.033686867939501, 1.208456328551963, 0.46664326722884075],
    [0.3093178022046615, -1.1068686024315901, 0.07983961125628633, 1.04003845453448, 0.5279505543325392, 0.94483626840192, 0.9375548428677463, -0.10889846683804266, -1.561119890658687, 0.5732654485250398, 2.917308762873108, 1.290993371628489, 1.1532126213747222, 1.7171855904392395, 1.895641694434588, 0.023357027569657567, 1.3128954115297282, -0.5639864584101567, 1.09868850104712, -0.8311734031854027],
    [0.720685934762169, -1.024896506979975, -0.5641639305453827, 0.79924087113552, -2.1606280042996677, 0.6237424535503907, 0.058371883962996744, 0.5208121988777386, 0.40665564934853815, 1.3315325235789282, -1.5454476374197936, 0.9037094332179562, -1.325491265694986, 1.2595903942213162, 1.4883763958420124, -0.11656742405674565, 0.5072515845393727, -0.8007870395667669, 1.6389616031539602, 0.3035897590687767],
    [0.8527040617252863, -0.7221501487859445, -0.18417632565374534, 2.1378280674394823, -1.426555420520532, -1.3075949925406947, 0.7147895974858154, -1.7559256402328518, 1.7679599483110264, -0.7855339969202355, 0.03536009705475734, 0.6179855339203347, -0.4478951847161186, -1.4112941444566791, -0.8079912995574008, -0.1754589686617526, -0.11598518547239624, -0.5330203260835993, -1.5387932457446432, -0.9339146556265013],
    [1.9197922864280879, 0.6257757305844439, 0.14039543644735017, 0.39788042488185116, -0.26837130412057664, -0.7400726732711926, 2.505980285318673, -1.1958615103244818, -0.13167562628701832, -0.9960108890883996, -1.3916938760540336, 0.7513372351604846, 0.6274370827531105, -1.24174887178873, -1.2905367714778977, -0.18242040636309756, -0.9268719392086243, 0.1343731160397544, 0.4502177420378455, -0.49112513779081807],
    [-1.149722788141142, -0.854366644572202, -0.24006956675279084, -2.4982127142596626, -0.019316006687580132, 1.183399238633567, -0.5007015751875076, -1.3106545656253938, 0.2693974528048613, 0.3843593530746588, 0.42562257961103717, 0.47730239639188415, 0.7721196774406992, 1.922961290651386, 1.9457976894302216, 0.9174197664022404, 0.0805603706020881, 0.9156188854932334, -0.626607444597052, -0.37213191587612243],
    [1.373332455126111, -0.40394190691776144, 0.3209710832687655, 0.9648881368696258, -1.3224429713422496, 1.3503902613309968, 0.9418661752421255, 2.1503538075928947, 0.6028630022873442, 2.424306619264515, -0.5274194569670009, -0.561876346268859, -1.2371647009313789, 1.9498100498575859, 1.7604752337080989, 0.7479633293378322, 2.167937070050156, -0.17008356268584848, 0.7745345235289796, 0.2738270906665688],
    [0.46116409997701746, -0.8525989473220963, 0.8053934242321815, -0.10999149016360682, -0.44873803267162277, -1.3608824689920727, -0.1741803443079907, -0.16819883974471597, -0.6724480387865963, 0.008548945436024693, -1.1759826714413153, -0.19505734087590118, 0.9200179332477632, -1.425549824985629, -0.7595532711067904, -0.5372230238753384, -0.7013444262571769, -0.1902210250848615, 1.0101271773347245, 0.15626385027008327],
    [-2.79308500014654, -1.0807753635832964, 0.5856620001723825, 1.8105349141254563, 0.7950260944248447, -1.2297568461578698, -0.23083974313546946, -0.34498721015497946, -0.37443831884322065, -1.3057269225577375, 1.9375288136160798, 2.0511734428574444, -1.0445893819077916, -1.155307462979723, -0.4364167525546182, -0.6069983982000461, 0.4295261400219645, -1.5256803162293577, 0.36633201454005826, 0.1062227240352178],
    [0.858011452091081, -1.0110381310913266, 1.3259226834884819, -0.8155473512047462, -0.7016485321639636, 0.9332623481957533, -0.013304221307496948, -0.6167464250611666, -0.40736968517438427, -0.7299266122876394, -1.3587968411019296, -1.749405421729222, -0.9245412115760476, 1.6609209254055308, 1.8061555285727575, 1.9007793197238256, -0.03637864376409459, 1.2941823132591743, -1.0372891693549846, -1.4243336751810016],
    [-0.977773001532967, 1.1129815865575163, -0.36925590182896817, 1.0056866803112163, 1.0603275091568074, -0.3278828020901664, -0.34898419091555255, 0.6147262758274484, -1.7111676596244927, 0.3535672160026291, 0.17195713216759081, -0.5223564651356952, -1.395283025065327, -0.9080187105349204, -1.2449000501865837, -0.2604660588653798, 0.2656424025142851, 0.09811224622199123, 0.4905610438096389, 0.445096710344572],
    [0.9282902149250671, -0.7897177628633508, -0.12517266458702858, 0.18919875182509854, -2.17071105907707, 1.03763331093803, 0.25130963208627743, -0.3009307161993995, -0.615491639425755, 1.2239360089168974, 0.08338883723590933, 0.3416885988728869, 1.4516789083179342, 1.7034797291290866, 1.7388144055128192, -1.005597221955974, -0.7758948239718666, 0.949268086233381, -0.4249831950984578, 0.893784105381041],
    [-0.3571875256030163, -0.5021860016596111, 1.4275469513273447, 0.5588029881851114, 0.3877346627429501, 1.3955659623772412, -1.1740236765428438, -1.9439217583317874, -0.35479876201067406, -1.5048912837795123, -0.521376385408038, 0.6793011449496629, -0.4910144326991102, 2.0513213259539107, 1.8876156208145258, 2.029997487440461, 0.036197462760435326, -0.5251033939389392, -0.2301140634512672, -0.6344047103008461],
    [1.2726233312944941, 0.6337831373961069, 3.432663431795559, 0.2112336611600396, -0.4060709011954884, 0.4246303814566009, -1.3692804052133245, -0.13637250975649887, -0.6884075431685927, 2.047654837143558, -0.9985664147892049, 0.08108320579792591, -0.4426554096701531, 0.28733318230820093, -0.059201868642649744, -0.586680439697456, -0.7475262685796005, -0.02194676383127246, 0.557532641377321, 0.375235451102576],
    [0.9665392502290573, -1.6615363522198907, 1.4092533893640082, 1.4428769284963092, -0.2889973430098159, -0.1885525569649488, 1.7604151835753223, 0.12837699015594436, -0.3918162398080484, -0.5396815622024924, 0.7130490503032691, 0.6365834094146309, -0.604602969164376, 0.4633931528247659, 1.137889846461295, -0.8061848173822241, 1.6209122856217475, 0.3827151737243639, 1.3062060651354486, -0.2516742076314244],
    [-1.8731609776353015, -1.3691094733631584, 0.076380480159592, -0.4753728751379821, -2.1424667290773685, -0.5756257452703244, 0.7945282396010823, -1.0218859446413093, -0.830168864022708, 0.47761018181755727, 0.9206151180549562, -1.3065340728440185, 2.1106050536007097, -0.17113665499432762, 0.4909957677783018, 1.2328991923762371, 0.3672318138838647, 0.08646440652428741, -0.03536792487871091, -0.4228569613907754],
    [-1.1373044112741126, 0.48134583957987176, 1.0748997485451033, -1.458981958986978, 1.6332762095790374, -0.1825586319740627, -1.8117537147191385, -1.6806744727713117, 0.2587424943122645, 0.9525478184314949, -0.8030726661534776, 0.29100454237039114, -0.018257535174047008, -0.44632785408655806, -0.5817104211518146, -0.5783257170197853, -0.6978099001267304, 0.784904647387373, 1.3149407875180261, -0.847452537849712],
    [-0.017817549053938987, 0.7522169209103866, 0.11236848879221897, -1.0678765764865552, 0.3944280300121126, -0.5843122036824221, 0.45794707630974174, 0.5729627259567562, 0.7255225582535588, -0.07667936270573186, -0.600138799235613, -0.03681765651702741, 0.5718048788649898, -1.090943592521065, -1.226844055373155, 0.9154992680625726, -0.1505043256504516, 0.1855356209665554, 0.14676526338688947, -0.4382002673386686],
    [1.829906238047157, 0.7099324035277045, 0.7594935929950941, 0.5904938662003054, -0.44934584755239315, 0.7555967573321555, -1.1364331013176956, -0.9520840716488203, 1.0852513203699437, 1.0773765676263816, -1.4251561722623798, -1.1029695489243718, 0.43912737321880185, 0.6902091905636294, 0.23119765719706126, -1.0895510984630417, -1.1032163462730862, 0.8342832052517575, 0.7153334491047734, -1.389550238470516],
    [-2.3080385136282993, -1.4236894299492604, 1.1425639200052216, 0.45978170021018383, -0.1208893104863365, -0.16552343762975263, 0.4286587396338861, 0.02117182858814892, -0.2605605906223512, -0.20633091204487983, 0.3270684075693673, -0.6912689567621623, 1.7979193663881117, 0.3918458650696157, 0.9707917379401885, 0.8146250149842883, -2.514924624405778, -0.24701649088573535, -0.37911961080083867, 0.2761027539232751],
    [-1.537028866939562, 2.1495704232528388, 0.3245535159290734, -0.34909369658323175, 0.988578084408599, 0.4628444246819853, 0.12125495370357839, -0.8893309139745152, -0.24282642147418337, 0.2390447056304451, 0.5039062191897026, 2.1138237591194438, 0.9139508148791163, -0.3114632017569354, -1.2394708640283274, 0.514864837855844, 0.5053634415125542, 2.1532334692629522, 1.3197259119719253, -0.8797298016122248],
    [0.37167029121186534, -0.9554321835841253, -0.14848980305939366, -1.3988128186664763, -1.1134361029729902, -1.2081469192000633, 0.6443536660303223, -0.45994283084068716, -0.06741002494685439, 0.08176781880561644, 1.853009485069379, 0.3724568515114425, 0.5135054799885475, -1.1805466694228324, -0.5144077078910526, 1.1010002026684818, -0.1834001973200239, -0.62944160405378, 0.14225137252631778, 0.7800271353386294]
  ]
  targets: [1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0]
start:
  initializer: {name: sklearn_glorot, numpy: true}
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
        A net of 100 ReLU units, and a hundred samples with twenty features each: four clusters of points, two of each
        class, side by side. It begins by guessing: 55 of 100 are right.
      set: {views: [loss, parameters, activations, optimizer], pace: 30}
      advance: 0
      watch: loss
      facts: ["accuracy == 0.55"]
    - text: |
        Adam, η = 0.001, all samples in each step.
      set: {views: [loss, parameters, activations, optimizer]}
      advance: 100
      watch: loss
      ask:
        text: How many steps until all hundred are right?
        choices: [fewer than 100, about 300, more than 1000]
        answer: 1
        shows: [loss]
        hint: "There are 2201 weights for a hundred samples."
        because: |
          89 are right after 20 steps, 98 after 50, all of them after 100.
      facts: ["accuracy == 1", {when: accuracy == 0.89, steps: 20}, {when: accuracy == 0.98, steps: 50}, {when: finished and step == 293, steps: 300}]
    - text: |
        It goes on to step 293, until the loss no longer falls by 1e-4 in ten steps: scikit-learn's rule for stopping. The
        score is 1.0, of samples that it learnt from.
      set: {data.test_fraction: 0.3, views: [loss, parameters, activations, optimizer]}
      advance: 100
      watch: loss
      ask:
        text: "Hold out 30 samples: how many of those are right when all others are, after 100 steps?"
        choices: [all 30, "24", "15, as by guessing"]
        answer: 2
        shows: [loss]
        hint: "Better than guessing, but not by heart."
        because: |
          24 of 30. With 2201 weights for 70 samples the net knows these by heart; the others it has to judge.
      facts: ["accuracy == 1", "abs(test_accuracy - 24/30) < 1e-9", "units == 100"]
    - text: |
        Training on does not change that: when it stops there are still 24. But the way down matters as well; another
        optimizer, rate or batch ends in another net.
      press: [o, "=", b, r]
      watch: loss
      set: {data.test_fraction: 0.3, pace: 60, views: [loss, parameters, activations, optimizer]}
      goal:
        text: At least 27 of the 30 that were held out (0.9)
        when: test_accuracy >= 0.9
        solution: {set: {optimizer: gd, learning_rate: 0.1}, steps: 150}
      facts: [{when: "finished and abs(test_accuracy - 24/30) < 1e-9", steps: 300}]

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
views: [scaled_activation, loss, parameters, activations]
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
views: [boundary, truth_table, loss, activations, network, requirements]
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
        shows: [boundary, network]
        hint: "A product of matrices is a matrix: the best it can be is one plane."
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
views: [fit, activations, requirements, loss, network]
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
        An activation shall be not constant, bounded, rising and continuous, says a classical theorem. Sigmoid and tanh are
        all of that. Here twelve sigmoids fit a wave; the histogram shows where their inputs z lie on the curve.
      set: {views: [activations, requirements, fit, loss]}
      watch: activations
    - text: |
        Training goes through the slopes: each layer multiplies by φ'(z).
      watch: activations
      ask:
        text: What is the largest slope that the sigmoid has?
        number: 0.25
        tolerance: 0.001
        hint: "σ' = σ (1 - σ), which is largest where σ is 1/2."
        because: |
          σ' = σ (1 - σ), at most 1/4, at z = 0; far out it is nearly 0. Through ten layers a gradient is multiplied by at
          most 1/4 ten times: it vanishes. The slope of tanh is at most 1.
      facts: ["abs(sigmoid(0) (1 - sigmoid(0)) - 0.25) < 1e-15"]
    - text: |
        Others are not all of that: the step is not continuous, the sine does not only rise, ReLU is not bounded. Take the step.
      set: {activation: step, views: [fit, activations, loss, network]}
      advance: 3000
      watch: fit
      ask:
        text: What do twelve step units learn in the hidden layer?
        choices: [the same as sigmoids, nothing, only the biases]
        answer: 2
        shows: [fit]
        hint: "Training goes through the slopes, and that of a step is 0."
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
  ("double-descent", #"""
glissade: 1
title: Double descent
group: Theory
summary: As many features as samples is the worst number of features; more are better again
notes: |
  Random waves cos(w x + b) as features, 20 noisy samples, and among all weights that fit best those of least norm. With few features
  the curve cannot follow; with 20 it goes through every sample and shoots far off in between; with many it goes through every sample
  and is smooth again: there are many such curves, and the least norm picks a calm one. The norm of the weights peaks with the error.
  The pane draws samples and features anew with each seed, and shows median and quartiles: the mean near p = n is infinite in theory,
  and one draw alone may have its worst elsewhere. The noise (key data.noise) raises the peak. A penalty (l2) or early stopping
  takes it away. The variants with normal inputs have an exact formula, dotted: τ (1 + p/(n−p−1)) below n, and beyond it.
  Gradient descent from 0 tends to the same solution.
  Belkin, Hsu, Ma, Mandal (2019), arXiv 1812.11118; Belkin, Hsu, Xu (2019), arXiv 1903.07571; Hastie et al. (2019), arXiv 1903.08560.
model:
  kind: linear
  features: ["fourier(20:28)"]
  biases: false
data: {name: even_wave, samples: 200, noise: 0.15, test_fraction: 0.9}
start: {initializer: least_norm}
loss: mse
optimizer: gd
learning_rate: 0.01
seed: 4
steps: 100
pace: 10
views: [feature_count, fit, parameters, loss]
variants:
  - name: 8 features
    set: {features: "fourier(8:28)"}
  - name: 100 features
    set: {features: "fourier(100:28)"}
  - name: normal inputs, with the exact formula
    set: {data: {name: linear_truth, samples: 200, dimension: 100, noise: 0.2, test_fraction: 0.9}, features: "first(20)"}
  - name: no noise
    set: {data.noise: 0}
  - name: descent from 0
    set: {features: "fourier(100:28)", start.initializer: zeros, steps: 1000, pace: 200, learning_rate: 0.01}
lesson:
  title: Too many is better than enough
  section: Theory
  order: 204
  steps:
    - text: |
        20 samples of a noisy curve; the model adds up random waves, and its weights are the best ones of least norm. Eight
        waves are too few to follow every sample.
      set: {features: "fourier(8:28)", views: [fit, feature_count, parameters]}
      watch: fit
      ask:
        text: With 20 waves for 20 samples it can go through all. How will its test error be?
        choices: [better, about the same, much worse]
        answer: 3
        shows: [fit]
        hint: "There is exactly one way through all samples, noise included."
        because: |
          Much worse: there is just one way through 20 noisy samples with 20 waves, and it needs enormous weights.
    - text: |
        Here are 20 waves. The training error is 0.
      set: {views: [fit, feature_count, parameters]}
      watch: fit
      ask:
        text: And with 100 waves?
        choices: [worse still, better again]
        answer: 2
        shows: [fit]
        hint: "There are many ways through all samples now, and the one of least norm is taken."
        because: |
          Better again. Among many ways through all samples, the one with the least weights is calm. That is double descent.
      facts: ["loss < 1e-12", "test_loss > 5"]
    - text: |
        The error over the number of features, over many draws: it peaks where p = n, and the norm of the weights with it.
      set: {views: [feature_count, fit, parameters]}
      watch: feature_count
      press: [":"]
      goal:
        text: Come to a test error below 0.1 with a training error of 0 (in the palette, features fourier(100:28) and the like)
        when: "test_loss < 0.1 and loss < 1e-12"
        solution: {set: {features: "fourier(100:28)"}, steps: 1}
    - text: |
        With normal inputs of which the model sees the first p the mean error is known exactly: dotted. What this does not show: that a
        large net on real data has such a peak; a penalty or stopping early takes it away.
      set: {data: {name: linear_truth, samples: 200, dimension: 100, noise: 0.2, test_fraction: 0.9}, features: "first(20)", views: [feature_count, parameters, loss]}
      watch: feature_count

"""#),
  ("edge-of-stability", #"""
glissade: 1
title: The edge of stability
group: Theory
summary: Training itself drives the curvature up to what the optimizer can bear, and holds it there
notes: |
  A net 1-20-1 on sin 2πx, all 20 points in each step. λmax, the greatest eigenvalue of the Hessian of the loss, begins at
  9.9 and climbs while the loss falls: progressive sharpening. Plain descent bears 2/η = 13.33. λmax passes it at step 620, and
  then hovers there: where it is above, the error along the steepest direction grows until the net is thrown to flatter
  ground. The loss goes up and down from step to step, and falls over many. Each optimizer has a limit of its own: the heavy
  ball 2(1+γ)/η, Nesterov 2(1+γ)/((1+2γ)η), Adam 2(1+β₁)/((1−β₁)η) for the Hessian divided by what Adam divides by.
  A limit is no promise: much too large a step still blows up.
  Cohen, Kaur, Li, Kolter, Talwalkar (2021), arXiv 2103.00065; Cohen et al. (2022), arXiv 2207.14484.
model:
  kind: mlp
  hidden: [20]
  activation: tanh
data:
  rows: [
    [-1, 0], [-0.8947, 0.6142], [-0.7895, 0.9694], [-0.6842, 0.9158], [-0.5789, 0.4759], [-0.4737,
    -0.1646], [-0.3684, -0.7357], [-0.2632, -0.9966], [-0.1579, -0.8372], [-0.0526, -0.3247],
    [0.0526, 0.3247], [0.1579, 0.8372], [0.2632, 0.9966], [0.3684, 0.7357], [0.4737, 0.1646],
    [0.5789, -0.4759], [0.6842, -0.9158], [0.7895, -0.9694], [0.8947, -0.6142], [1, 0],
  ]
start: [
    -0.735, -0.951, 0.552, 0.018, -1.339, 0.208, -1.598, 1.12, -0.638, 1.829, -1.345, -0.983, 1.647,
    1.885, 1.808, -1.018, 0.44, 1.643, 0.873, 1.153, -0.645, 0.628, 0.518, -0.089, 0.31, 0.862,
    0.72, 0.496, -0.223, 0.819, 0.281, -0.595, 0.132, 0.253, -0.148, 0.844, -0.605, -0.459, 0.068,
    -0.814, -0.056, -0.491, 0.456, 0.298, 0.131, -0.14, 0.36, 0.17, 0.449, -0.188, 0.305, -0.094,
    0.25, 0.456, -0.133, 0.325, -0.386, -0.049, 0.305, 0.498, 0,
  ]
loss: mse
optimizer: gd
learning_rate: 0.15
steps: 10000
pace: 200
views: [stability, fit, spectrum, loss]
variants:
  - name: far below the limit
    set: {learning_rate: 0.02}
  - name: heavy ball
    set: {optimizer: {name: momentum, momentum: 0.5}, learning_rate: 0.2}
  - name: Nesterov
    set: {optimizer: {name: nesterov, momentum: 0.5}, learning_rate: 0.12}
  - name: RMSprop
    set: {optimizer: rmsprop, learning_rate: 0.005}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.02}
lesson:
  title: The edge of stability
  section: Theory
  order: 200
  steps:
    - text: |
        Theory says: plain descent converges only for η < 2/λmax, where λmax is the greatest curvature of the loss. Here
        η is 0.15, so the limit of λmax is 13.33, and a net starts with 9.88: all is well. Watch λmax.
      set: {views: [stability, fit, loss, spectrum], pace: 60}
      watch: stability
      ask:
        text: The loss will fall. What will λmax do meanwhile?
        choices: [fall with it, stay, climb]
        answer: 3
        shows: [fit, loss]
        hint: "The next step of the lesson finds λmax at its limit."
        because: |
          It climbs: nets find their way into ever steeper valleys. That is called progressive sharpening.
      facts: ["abs(lambda_max - 9.878) < 5e-4", {when: lambda_max > 11 and loss < 0.3, steps: 100}, {when: lambda_max > 12.7 and loss < 0.1, steps: 500}]
    - text: |
        After 620 steps λmax is over the limit: along one direction errors now grow from step to step.
      set: {views: [stability, spectrum, loss, fit], pace: 200}
      advance: 620
      watch: stability
      ask:
        text: What happens next?
        choices: [it diverges, it stays near the limit, λmax climbs on]
        answer: 2
        shows: [fit]
        hint: "The growing error throws the net aside, to where the valley is wider."
        because: |
          It stays near the limit. The growing error throws the net to where the valley is wider; there λmax is below the
          limit again, and climbs again. From step 6,000 to 10,000 λmax is 1.002 of the limit on the mean.
      facts: ["lambda_max > 2/learning_rate", {when: abs(lambda_max/13.3333 - 1) < 0.03 and loss < 0.07, steps: 3380}]
    - text: |
        The loss is not monotone any more, yet it falls. A larger limit lets λmax climb on: halve the rate, or choose an
        optimizer that bears more. The heavy ball's limit is 2(1+γ)/η.
      set: {views: [stability, spectrum, loss, fit], pace: 200}
      advance: 1500
      press: [o, "-"]
      watch: stability
      goal:
        text: Let λmax climb above 15 and stay below the limit of your optimizer
        when: lambda_max > 15 and (optimizer == "gd" and lambda_max < 2/learning_rate or optimizer == "momentum" and lambda_max < 2*(1 + momentum)/learning_rate)
        solution: {set: {learning_rate: 0.075}, steps: 3000}
    - text: |
        Adam divides each gradient by the root of a running mean of squares. What counts for it is the Hessian divided in
        the same way, and its limit is 2(1+β₁)/((1−β₁)η): 38/η for β₁ = 0.9. With η = 0.02 that is 1,900.
      set: {optimizer: adam, learning_rate: 0.02, views: [stability, spectrum, loss, fit], pace: 200}
      advance: 4000
      watch: stability
      ask:
        text: Will 2/η = 100 mean anything to Adam?
        choices: ["yes, for the Hessian of the loss", "no"]
        answer: 2
        shows: [fit]
        hint: "Adam does not step along the gradient, but along the gradient divided."
        because: |
          No. λmax of the loss itself stays between 12 and 25 here, whatever the rate; that of the divided Hessian climbs
          to 1,900 and hovers there.
      facts: [loss < 1e-4, "lambda_max < 30"]

"""#),
  ("grokking", #"""
glissade: 1
title: Grokking
group: Theory
summary: Addition modulo 23 is learnt by heart in 30 steps, and understood hundreds of steps later
notes: |
  All 529 pairs (a, b), each number one-hot; 70 in 100 are for training. After some 30 steps every training pair is right, and not one
  of the others: worse than guessing. Weight decay goes on, and some hundred steps later the test pairs follow: the net has found
  that the numbers lie on a circle. Each hidden unit becomes a wave of one frequency, the same for a and for b.
  Two keys decide. Without weight decay nothing happens; with β₂ = 0.999 in place of 0.98 the ReLU net comes late. The variant
  with z² and squared errors groks while most of its units are still far from one frequency.
  The test samples' loss is above 8 when the training samples are right: a net that is sure and wrong.
  Power et al. (2022), arXiv 2201.02177; Nanda et al. (2023), arXiv 2301.05217; Gromov (2023), arXiv 2301.02679.
model:
  kind: mlp
  hidden: [256]
  activation: relu
data: {name: modular_addition, modulus: 23, test_fraction: 0.3}
start: {initializer: glorot_uniform}
loss: softmax_ce
optimizer: {name: adamw, beta2: 0.98, weight_decay: 1}
learning_rate: 0.01
seed: 1
steps: 2000
pace: 1000
views: [accuracy, table, frequencies, loss]
variants:
  - name: z² and squared errors (Gromov)
    set: {activation: square, loss: mse, optimizer: {name: adamw, beta2: 0.999, weight_decay: 0.1}}
  - name: without weight decay
    set: {optimizer: {name: adamw, beta2: 0.98, weight_decay: 0}}
  - name: β₂ = 0.999
    set: {optimizer: {name: adamw, beta2: 0.999, weight_decay: 1}}
  - name: half of the pairs
    set: {data.test_fraction: 0.5}
lesson:
  title: By heart, then understood
  section: Theory
  order: 203
  steps:
    - text: |
        The net is to add modulo 23. It sees 370 of the 529 pairs; the other 159 are for testing. The table has a row for each a, a
        column for each b.
      set: {views: [table, accuracy, frequencies, loss], pace: 30}
      advance: 40
      watch: table
      ask:
        text: After 40 steps every training pair is right. How many of the others are?
        choices: ["about 4 in 100: guessing", about half, none or nearly none]
        answer: 3
        shows: [loss]
        hint: "A pair that was not seen lies between pairs with other sums."
        because: |
          None or nearly none, fewer than by guessing: what was learnt by heart is wrong in between, and sure of it.
      facts: ["accuracy >= 0.99", "test_accuracy < 0.04"]
    - text: |
        Nothing is left to be learnt from the training pairs. But weight decay goes on pulling, and prefers what needs less
        weight.
      set: {views: [accuracy, table, frequencies, loss], pace: 1000}
      watch: accuracy
      ask:
        text: What will the test accuracy do in the next 1,500 steps?
        choices: [stay at 0, rise to 1, rise to about one half]
        answer: 2
        shows: [loss]
        hint: "A rule needs less weight than 370 exceptions."
        because: |
          It rises to 1, some hundred steps after the training accuracy: grokking.
      facts: [{when: "test_accuracy >= 0.95", steps: 1500}]
    - text: |
        How does it add? Each column here is a unit, each row a frequency. Units become waves cos(2πk a/23) with one k each: angles are
        added, and angles know no 23.
      set: {views: [frequencies, accuracy, table, loss], pace: 1000}
      advance: 1500
      watch: frequencies
      ask:
        text: For one unit, which frequencies do a and b have?
        choices: [two of their own, the same, none]
        answer: 2
        shows: [loss]
        hint: "A product of two waves is a wave of a sum only if both turn alike."
        because: |
          The same: cos(ka) and cos(kb) in one unit make cos(k(a + b)), and that is what is asked for.
    - text: |
        Weight decay decides, and β₂ nearly as much.
      set: {views: [accuracy, table, frequencies, loss], pace: 1000, optimizer: {name: adamw, beta2: 0.98, weight_decay: 0}}
      watch: accuracy
      press: [o]
      goal:
        text: Make it grok (test accuracy above 0.95)
        when: test_accuracy > 0.95
        solution: {set: {optimizer: {name: adamw, beta2: 0.98, weight_decay: 1}}, steps: 1500}
    - text: |
        What this does not show: that large nets on language do the same. And shares rise before the accuracy here, but in the variant
        with z² the answers are right while most units still mix frequencies.
      set: {views: [accuracy, frequencies, table, loss], pace: 1000}
      watch: accuracy

"""#),
  ("muon-memory", #"""
glissade: 1
title: Muon and the task it needs
group: Theory
summary: A memory of items that are met as often as Zipf's law says; Muon learns the rare ones with the frequent ones
notes: |
  One matrix is to answer each of 48 items by its own class. The first item comes 300 times as often as the last ones. Plain descent
  follows the frequent ones: the gradient has a few large singular values, and rare items wait; Adam waits too, though less. Muon levels
  the singular values of its step: every direction of the matrix learns at one speed, and rare items come with the frequent ones.
  The pane classes has a bar for each item: the probability of the right answer; below, how often it is met. The pane of
  singular values shows the step of the matrix, or the matrix (Left, Right): the gradient's singular values stand beside the step's.
  Levelling is no gain by itself: where items lie at all angles (dimension below the number of items), or where all are met alike
  (a variant), Adam is as good or better. Muon needs matrices: on a function of two variables it is Adam.
  Jordan et al. (2024), "Muon"; Wang et al. (2025), arXiv 2509.26030.
model:
  kind: softmax
  biases: false
data: {name: associations, items: 48, dimension: 48, exponent: 1.5}
loss: softmax_ce
optimizer: {name: muon, weight_decay: 0}
learning_rate: 0.1
seed: 1
steps: 300
pace: 20
views: [classes, singular_values, loss, layers]
variants:
  - name: plain descent
    set: {optimizer: gd, learning_rate: 10}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.03}
  - name: all items alike
    set: {data.exponent: 0}
  - name: items at all angles
    set: {data.dimension: 24}
lesson:
  title: Muon and the task it needs
  section: Theory
  order: 205
  steps:
    - text: |
        One matrix learns to answer 48 items. The first is met 300 times as often as the last. Each bar is an item: how probable its
        right answer is. Plain descent comes first.
      set: {optimizer: gd, learning_rate: 10, views: [classes, singular_values, loss]}
      advance: 30
      watch: classes
      ask:
        text: The first items are known. Which singular values does the gradient have?
        choices: [all alike, a few large ones and many small ones]
        answer: 2
        shows: [loss]
        hint: "Each item that is not known yet adds its share, as often as it is met."
        because: |
          A few large ones: what is met often. Along the others the matrix hardly moves, and rare items wait.
    - text: |
        Muon replaces the gradient by a matrix with nearly equal singular values: see the step beside the gradient.
      set: {views: [classes, singular_values, loss], pace: 10}
      watch: classes
      ask:
        text: In what order will Muon learn the items?
        choices: [frequent ones first, nearly all together, rare ones first]
        answer: 2
        shows: [loss]
        hint: "Every direction of the matrix moves by the same length."
        because: |
          Nearly all together: each item is a direction of its own, and all directions move alike.
      facts: [{when: "accuracy == 1 and loss < 0.5", steps: 100}]
    - text: |
        Adam divides entry by entry, which is not the same as levelling a matrix.
      set: {optimizer: adam, learning_rate: 0.03, views: [classes, singular_values, loss], pace: 10}
      watch: classes
      press: [":"]
      goal:
        text: Know all 48 items (accuracy 1, loss below 0.5) before step 150, with optimizer muon and learning_rate 0.1
        when: "accuracy == 1 and loss < 0.5 and step < 150"
        solution: {set: {optimizer: {name: muon, weight_decay: 0}, learning_rate: 0.1}, steps: 100}
    - text: |
        What this does not show: that Muon is better as such. With items at all angles (a variant), or all met alike, it is not.
      set: {data.dimension: 24, views: [classes, singular_values, loss], pace: 10}
      watch: classes
      press: [v]

"""#),
  ("rate-range", #"""
glissade: 1
title: The rate range test, and what it is worth
group: Theory
summary: The rate is raised at every step and read off where the loss turns; beside it, what each reading is worth
notes: |
  One run whose rate grows at every step; its losses are smoothed, and a rate is read off: where the loss falls fastest, a tenth of
  the rate where it is least (fastai's habit), where it is four times the least again. Below, what 300 steps at each of these rates
  come to, held constant, and the best of 64 rates that the rate finder (F) tries side by side.
  A tenth of the least is a safe rate and seldom the best; the steepest place is often a ripple of the batches. The test trains while
  it tests, so that its minimum depends on the number of steps. Nothing of it reaches the run that is shown.
  d raises the rate in a straight line instead. Smith (2015), arXiv 1506.01186.
model: {kind: mlp, hidden: [8], activation: tanh}
data: {name: circle, samples: 60, noise: 0.1}
loss: bce
optimizer: gd
learning_rate: 0.3
batch: 10
seed: 1
steps: 300
pace: 30
views: [rate_range, rates, loss, boundary]
variants:
  - name: momentum
    set: {optimizer: momentum, learning_rate: 0.03}
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.01}
lesson:
  title: A rate from one run
  section: Theory
  order: 207
  steps:
    - text: |
        The range test raises the rate at every step, from far too small to far too large, and watches the losses of the batches: dots
        are losses, the line is their running mean.
      set: {views: [rate_range, loss, boundary]}
      watch: rate_range
      ask:
        text: The mean is least at η = 2.7. Which rate do people take?
        choices: [that one, a tenth of it, ten times it]
        answer: 2
        hint: "The loss lags behind the rate, and at the least it is about to turn."
        because: |
          A tenth: where the loss is least, the rate may already be too large for a whole training. It is a habit, not a theorem.
    - text: |
        The table holds each reading constant for 300 steps, and adds the best of the 64 rates that the rate finder tries.
      set: {views: [rate_range, loss, boundary]}
      watch: rate_range
      press: ["F"]
      ask:
        text: Is a tenth of the least the best of them?
        choices: [yes, "no, a larger one is", "no, a smaller one is"]
        answer: 2
        hint: "Look at the last column."
        because: |
          A larger one: at 0.27 the loss comes to 0.14, at 4.6 to 0.005. The test's rate is a safe one.
    - text: |
        Take a rate from the table.
      set: {views: [loss, rate_range, boundary], pace: 60}
      watch: loss
      press: ["=", "F"]
      goal:
        text: Come to a loss below 0.03 within 300 steps
        when: "loss < 0.03 and step <= 300"
        solution: {set: {learning_rate: 2}, steps: 300}
    - text: |
        What this does not show: with more steps the test trains longer before the rate is high, and its least moves. The steepest place
        is often a ripple of the batches. Neither test knows what is best after a thousand steps.
      set: {views: [rate_range, rates, loss]}
      watch: rate_range

"""#),
  ("saddle-to-saddle", #"""
glissade: 1
title: From saddle to saddle
group: Theory
summary: A deep linear net learns one direction after the other; its singular values rise as stairs
notes: |
  Two layers without any activation are one matrix, and yet they do not learn as one. The targets are S x, with the singular
  values 4, 2, 1 and ½; both layers begin at nearly nothing. The loss stays on a plateau, falls, stays on the next: each time one
  more singular value of the product W2 W1 rises to its place, the greatest first. Between the stairs the net sits near a saddle.
  The dots are Saxe's curves, s(t) = s e^(2cηts) / (e^(2cηts) − 1 + s/a₀), with c = 1/8 here and a₀ = 0.001: half of s is reached
  after ln(s/a₀ − 1)/(2cηs) steps: 829, 1520, 2763, 4970. They are exact for small steps and starts aligned with S; for
  others (the variant) the stairs remain and the curves are an estimate. Left and Right choose the product, a layer, or its steps.
  Saxe, McClelland, Ganguli (2013), arXiv 1312.6120.
model:
  kind: mlp
  hidden: [4]
  activation: identity
  biases: false
data:
  inputs: [[1, 0, 0, 0], [-1, 0, 0, 0], [0, 1, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, -1, 0], [0, 0, 0, 1], [0, 0, 0, -1]]
  targets: [
    [1.625, 0.875, 1.375, 0.125],
    [-1.625, -0.875, -1.375, -0.125],
    [1.375, 0.125, 1.625, 0.875],
    [-1.375, -0.125, -1.625, -0.875],
    [0.875, 1.625, 0.125, 1.375],
    [-0.875, -1.625, -0.125, -1.375],
    [-0.125, -1.375, -0.875, -1.625],
    [0.125, 1.375, 0.875, 1.625],
  ]
start:
  layers:
    - weights: [
        [0.015811388300841896, 0.015811388300841896, 0.015811388300841896, -0.015811388300841896],
        [0.015811388300841896, 0.015811388300841896, -0.015811388300841896, 0.015811388300841896],
        [0.015811388300841896, -0.015811388300841896, 0.015811388300841896, 0.015811388300841896],
        [-0.015811388300841896, 0.015811388300841896, 0.015811388300841896, 0.015811388300841896],
      ]
    - weights: [
        [0.015811388300841896, 0.015811388300841896, 0.015811388300841896, 0.015811388300841896],
        [0.015811388300841896, -0.015811388300841896, 0.015811388300841896, -0.015811388300841896],
        [0.015811388300841896, 0.015811388300841896, -0.015811388300841896, -0.015811388300841896],
        [0.015811388300841896, -0.015811388300841896, -0.015811388300841896, 0.015811388300841896],
      ]
loss: mse
optimizer: gd
learning_rate: 0.01
steps: 8000
pace: 700
views: [singular_values, loss, network, layers]
variants:
  - name: a small random start
    set: {start.initializer: {name: normal, scale: 0.01}}
  - name: a start that is not small
    set: {start.initializer: {name: normal, scale: 0.7}}
  - name: three layers
    set: {hidden: [4, 4], start.initializer: {name: normal, scale: 0.2}}
lesson:
  title: From saddle to saddle
  section: Theory
  order: 201
  steps:
    - text: |
        A net of two layers without activation is one matrix, M = W2 W1. The targets are S x, and S has the singular values
        4, 2, 1 and ½. Both layers begin near 0. Watch the singular values of M.
      set: {views: [singular_values, loss, network], pace: 400}
      watch: singular_values
      ask:
        text: Gradient descent pulls all of M towards S. How will the four singular values rise?
        choices: [all together, the greatest first, the least first]
        answer: 2
        shows: [network]
        hint: "The gradient of one layer is multiplied by the other layer, which is nearly 0."
        because: |
          The greatest first. Each grows in proportion to its own size times s: at first exponentially, with e^(2cηs) a step.
      facts: ["abs(loss - 1.32718775) < 1e-8", {when: "abs(loss - 0.3173) < 0.002", steps: 1000}]
    - text: |
        One stair has been climbed. The loss falls slowly now: the net is near a saddle, and has rank 1 so far.
      set: {views: [singular_values, loss, network], pace: 400}
      advance: 1000
      watch: loss
      ask:
        text: What brings it down next?
        choices: [a larger rate, the second singular value, nothing]
        answer: 2
        shows: [loss]
        hint: "What brought the loss down the first time has an end; something else has grown meanwhile."
        because: |
          The second singular value, which has grown all the time where nobody could see it: it comes to 2 about step 1,520.
      facts: [{when: "abs(loss - 0.064) < 0.002", steps: 2000}]
    - text: |
        The dots are theory: Saxe's curves, known before the first step. Half of s is reached after ln(s/a₀ − 1)/(2cηs) steps.
      set: {views: [singular_values, loss, network], pace: 700}
      watch: singular_values
      press: ["="]
      goal:
        text: Bring the second stair (loss below 0.09) before step 800
        when: "loss < 0.09 and step < 800"
        solution: {set: {learning_rate: 0.03}, steps: 720}
    - text: |
        What this does not show: deep nets with bends. And where the start is not aligned with S, stairs remain, but the
        curves are an estimate. Choose the variant with a random start (v).
      set: {start.initializer: {name: normal, scale: 0.01}, views: [singular_values, loss, network], pace: 1000}
      watch: singular_values
      press: [v]

"""#),
  ("spectral-bias", #"""
glissade: 1
title: Low frequencies first
group: Theory
summary: A net learns the slow waves of its target long before the fast ones, as its tangent kernel says
notes: |
  The target is sin πx + sin 3πx + sin 6πx: three waves of equal size. A net 1-64-1 learns the slow one in some steps, the next in
  some hundred, the fast one in some thousand: spectral bias. Above the fit, below the error at each frequency (the amplitude of
  what is missing there), on logarithmic axes.
  The dots are what the net would do if it were linear in its parameters, as it is near its start: with K = J Jᵀ the residual along
  an eigenvector of K shrinks by 1 − (2η/n) κ each step. Smooth waves have large κ. The net itself leaves that line: in the
  end it is faster on the fast wave than its linearisation; wide nets with small rates stay on it longer.
  Rahaman et al. (2018), arXiv 1806.08734; Jacot, Gabriel, Hongler (2018), arXiv 1806.07572; Lee et al. (2019), arXiv 1902.06720.
model:
  kind: mlp
  hidden: [64]
  activation: tanh
data:
  inputs: [
    -1, -0.96875, -0.9375, -0.90625, -0.875, -0.84375, -0.8125, -0.78125, -0.75, -0.71875, -0.6875,
    -0.65625, -0.625, -0.59375, -0.5625, -0.53125, -0.5, -0.46875, -0.4375, -0.40625, -0.375,
    -0.34375, -0.3125, -0.28125, -0.25, -0.21875, -0.1875, -0.15625, -0.125, -0.09375, -0.0625,
    -0.03125, 0, 0.03125, 0.0625, 0.09375, 0.125, 0.15625, 0.1875, 0.21875, 0.25, 0.28125, 0.3125,
    0.34375, 0.375, 0.40625, 0.4375, 0.46875, 0.5, 0.53125, 0.5625, 0.59375, 0.625, 0.65625,
    0.6875, 0.71875, 0.75, 0.78125, 0.8125, 0.84375, 0.875, 0.90625, 0.9375, 0.96875,
  ]
  targets: [
    2.449293598294706e-16, 0.1672684154355798, 0.17321897747555592, -0.08250985021396973,
    -0.5994561836898289, -1.2714911414820678, -1.9190389457879233, -2.347784160814546,
    -2.414213562373095, -2.0758768024912797, -1.4092433666837634, -0.5888138020026664,
    0.16591068104035211, 0.6582382288346676, 0.7745638644106014, 0.5173258420796137,
    -3.6739403974420594e-16, -0.5938146239595903, -1.073195200611972, -1.303332331971794,
    -1.2483028813327444, -0.9789944460349227, -0.6438765019535834, -0.41293757788618934,
    -0.4142135623730949, -0.6848449362094554, -1.153672081057743, -1.661671785514323,
    -2.013669746062924, -2.04408041102043, -1.674540087547017, -0.9438720506036251, 0,
    0.9438720506036251, 1.674540087547017, 2.04408041102043, 2.013669746062924, 1.661671785514323,
    1.153672081057743, 0.6848449362094554, 0.4142135623730949, 0.41293757788618934,
    0.6438765019535834, 0.9789944460349227, 1.2483028813327444, 1.303332331971794,
    1.073195200611972, 0.5938146239595903, 3.6739403974420594e-16, -0.5173258420796137,
    -0.7745638644106014, -0.6582382288346676, -0.16591068104035211, 0.5888138020026664,
    1.4092433666837634, 2.0758768024912797, 2.414213562373095, 2.347784160814546,
    1.9190389457879233, 1.2714911414820678, 0.5994561836898289, 0.08250985021396973,
    -0.17321897747555592, -0.1672684154355798,
  ]
start: [
    -3.2011, -4.4528, 5.7717, 3.8241, 0.6468, 9.4675, -8.1052, 10.091, -10.4569, 11.9177, 2.2585,
    4.4593, 8.7261, 0.1067, -2.3749, -7.2284, -8.9496, 0.0074, -1.6527, -2.1921, 10.9051, 7.56,
    -3.0479, 9.8292, -10.2156, 1.3034, 0.9136, 3.4511, 2.5429, -2.8882, -3.7434, 9.9512, 0.6374,
    3.4503, 4.0662, -7.3244, -9.6861, -10.6773, -2.1536, 6.1701, 6.5397, 4.9276, -11.8151, -0.3389,
    7.3493, -1.335, -3.0213, 5.2805, -0.7902, -8.1225, 7.3785, -10.8391, -5.4528, -8.3881, 3.2077,
    -0.1359, -7.6325, 5.8487, -5.2222, -8.3275, -0.5678, -7.6294, -5.6297, -5.4209, -10.4493,
    -3.005, -6.0169, 5.1134, -5.7719, 11.7707, 10.1395, 8.801, 10.4394, 7.0191, 3.6737, -6.228,
    6.5299, 1.6576, 3.1821, -1.7194, -11.5635, -9.2178, 9.3222, 5.9901, 5.0114, 2.6186, -8.8017,
    8.3281, -8.5611, 5.7707, -9.1077, 3.1547, 6.4209, 6.2607, 8.6515, -0.4539, 4.8595, 8.3032,
    9.1523, -3.2667, 1.546, 5.8205, 9.1291, 2.3491, -9.5197, -4.4795, -4.181, -2.8849, -2.121,
    10.8564, -0.3904, -9.0894, 4.9582, 0.6037, -10.2158, 7.6146, 1.1228, -6.8146, 6.0705, -9.8122,
    -1.2047, -1.4716, -9.5053, 6.3761, -7.876, 9.62, 11.6313, -4.4637, 0.0611, -0.0394, 0.0556,
    -0.1511, 0.1733, -0.136, 0.1181, -0.0804, 0.0368, -0.1215, 0.1379, -0.1469, 0.1742, -0.001,
    -0.0122, -0.0747, 0.214, -0.0621, -0.0979, -0.0109, 0.1795, 0.1586, -0.0977, -0.0575, 0.0921,
    -0.151, 0.1576, 0.2023, 0.0424, -0.2027, -0.116, 0.0016, 0.0864, 0.008, -0.0275, -0.1664,
    0.1031, 0.0006, 0.0456, -0.0642, 0.1024, 0.1983, 0.2049, 0.0579, -0.1973, 0.2065, -0.1591,
    -0.0407, -0.2123, -0.1259, -0.1442, -0.0654, 0.0107, -0.035, -0.2143, -0.0521, 0.0652, 0.1041,
    0.14, -0.0479, 0.1219, -0.06, -0.1745, 0.0009, 0,
  ]
loss: mse
optimizer: gd
learning_rate: 0.01
steps: 20000
pace: 100
views: [fit, frequencies, loss, spectrum]
variants:
  - name: Adam
    set: {optimizer: adam, learning_rate: 0.005}
  - name: the rate a third
    set: {learning_rate: 0.003}
lesson:
  title: Low frequencies first
  section: Theory
  order: 202
  steps:
    - text: |
        The target is the sum of three waves of equal size, of frequency 1, 3 and 6. The net has room for all of them.
      set: {views: [fit, frequencies, loss], pace: 20}
      watch: fit
      ask:
        text: In which order will descent learn them?
        choices: [the slow one first, the fast one first, all together]
        answer: 1
        shows: [fit]
        hint: "To move one sample's output moves its neighbours' too."
        because: |
          The slow one first: its error is below ½ after 5 steps, that of frequency 3 after 348, that of 6 after 3,670.
      facts: ["abs(loss - 3.222280489044323) < 1e-9", {when: "loss < 1.2 and loss > 0.4", steps: 100}]
    - text: |
        Below are the errors per frequency on logarithmic axes. The dots were known before the first step: the eigenvalues of
        the tangent kernel at the start say how fast each part is learnt.
      set: {views: [frequencies, fit, loss], pace: 400}
      advance: 400
      watch: frequencies
      ask:
        text: Where will net and dots part?
        choices: [at once, when the net has moved far from its start, never]
        answer: 2
        hint: "The kernel is that of the start."
        because: |
          When it has moved far. At step 1,000 they are close; at 10,000 frequency 6 has an error of 0.21, where the dots say 0.47.
      facts: [{when: "loss < 0.2", steps: 9600}]
    - text: |
        The curve bends only where its weights make steep slopes. Other optimizers change the times, not the order.
      set: {views: [fit, frequencies, loss], pace: 200}
      watch: frequencies
      press: [o, v]
      goal:
        text: Bring the loss below 0.2 within 1,500 steps
        when: "loss < 0.2 and step <= 1500"
        solution: {set: {optimizer: adam, learning_rate: 0.005}, steps: 1200}

"""#),
  ("trainability", #"""
glissade: 1
title: The border of trainability
group: Theory
summary: Which pairs of learning rates train a net, and which lose it; the border between them is a fractal
notes: |
  A net 16-16-1 with tanh units and no biases learns 272 random targets by heart, by plain descent. Its two layers have rates of
  their own: layer_rates.1 goes across, layer_rates.2 up, and each pixel is a run of 500 steps. Blue-green runs converged (the mean
  of the last 20 losses is below the first), red ones did not; the faster, the brighter.
  The border between them is no line: zoom in (> and the wheel; Shift and the arrows move) and there is more of it, each time computed
  anew. Which pixel of the dust near it converges depends on rounding, so another program draws another dust with the same look.
  Click a pixel to see its run. What comes into a layer of n inputs is multiplied by sqrt(2/n), then 1/n (key scaling).
  Sohl-Dickstein (2024), "The boundary of neural network trainability is fractal", arXiv 2402.06184.
model:
  kind: mlp
  hidden: [16]
  activation: tanh
  biases: false
  scaling: [sqrt(2/n), 1/n]
data: {name: random_targets, samples: 272, dimension: 16}
start: {initializer: normal}
loss: mse
optimizer: gd
learning_rate: 1
layer_rates: [30, 100]
steps: 500
pace: 60
views: [map, loss, layers]
map: layer_rates.1 10..1e5, layer_rates.2 30..3e3, convergence
variants:
  - name: after 5 steps the border is smooth
    set: {steps: 5}
  - name: relu
    set: {activation: relu}
  - name: a linear net
    set: {activation: identity}
lesson:
  title: Where training ends
  section: Theory
  order: 206
  steps:
    - text: |
        A small net learns 272 random targets by heart. Its two layers have learning rates of their own, here 30 and 100.
      set: {views: [loss, map, layers], pace: 60}
      watch: loss
      ask:
        text: Raise both rates far enough, and the net is lost. What does the border look like on a map of the two rates?
        choices: [a smooth curve, a ragged coast at every scale]
        answer: 2
        shows: [loss]
        hint: "500 steps are one function applied 500 times, as with the Mandelbrot set."
        because: |
          A ragged coast. Near the border a run is thrown out and may come back, and that depends on ever smaller differences.
    - text: |
        The map: each pixel is a run of 500 steps. Blue-green runs converged, red ones did not; the faster, the brighter.
      set: {views: [map, loss, layers]}
      watch: map
      press: [">", "<", "0"]
      ask:
        text: Zoom in on the border with > (Shift and the arrows move). What is there?
        choices: [a straight line, as much raggedness as before]
        answer: 2
        hint: "Every zoom is computed anew; wait until it is fine."
        because: |
          As much as before: islands and filaments at every scale, down to where rounding decides.
    - text: |
        Below the border the loss falls; above it, it grows without end. Between them runs live long without doing either.
      set: {views: [loss, map, layers], pace: 60}
      watch: loss
      press: [":"]
      goal:
        text: Lose the net within 100 steps (in the palette, layer_rates.2 and a number)
        when: "loss > 1e6 and step <= 100"
        solution: {set: {layer_rates: "30, 3000"}, steps: 60}
    - text: |
        What this does not show: that your net's border lies here, or that its dimension is known from so few pixels. After 5 steps
        (a variant) the border is still smooth: it takes many steps to fold it.
      set: {views: [map, loss, layers]}
      watch: map

"""#),
]
