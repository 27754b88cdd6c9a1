// Made from presets/ by `GLISSADE_UPDATE_PRESETS=1 swift test --filter BuiltInPresetsTests`; edit the files there.
// swift-format-ignore-file

/// The presets that the program carries, by heading and name.
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
  ("and-logistic", #"""
glissade: 1
title: AND by logistic regression
group: Gates
summary: One line separates AND, near its corner
notes: |
  One line is enough, and the loss falls for ever: the weights grow without bound, because the classes can be
  separated. A little l2 stops them.
model: logistic
data: and
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
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
  ("or-logistic", #"""
glissade: 1
title: OR by logistic regression
group: Gates
summary: One line separates OR
notes: |
  One line is enough, and the loss falls for ever: the weights grow without bound, because the classes can be
  separated. A little l2 stops them.
model: logistic
data: or
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
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

"""#),
  ("xor-logistic", #"""
glissade: 1
title: XOR by logistic regression
group: Gates
summary: Logistic regression cannot learn XOR and stays at ln 2
notes: |
  The best line there is says 1/2 to everything: the loss stays at ln 2 = 0.693 however long it runs, and the gradient
  is exactly zero from the zeros it starts with. Add the feature x1*x2, and the line becomes a curve.
model: logistic
data: xor
start: [0, 0, 0]
optimizer: gd
learning_rate: 1
steps: 1000
pace: 60
variants:
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
