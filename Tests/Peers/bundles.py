"""Many runs at once in JAX (`jit` of a `vmap` of a `scan`): the shapes of the rows `bundle` of `glissade bench`."""

import time

import numpy as np

RUNS = 256


def networks(jnp, sizes):
    random = np.random.default_rng(0)
    return [
        (jnp.asarray(random.normal(size=(RUNS, units, inputs)) * 0.5), jnp.zeros((RUNS, units)))
        for inputs, units in zip(sizes, sizes[1:])
    ]


def loss_of(jax, jnp, hidden, cost):
    def loss(params, x, t):
        a = x
        for number, (weights, biases) in enumerate(params):
            a = a @ weights.T + biases
            if number < len(params) - 1:
                a = hidden(a)
        z = a[:, 0]
        return jnp.mean(jax.nn.softplus(z) - t * z if cost == "bce" else (z - t) ** 2 / 2)

    return loss


def adam(jax, jnp, x, t, steps, batch):
    """Steps of Adam on consecutive batches of `batch` samples."""
    tree = jax.tree_util.tree_map
    loss = loss_of(jax, jnp, jnp.tanh, "bce")
    count = len(x) // batch

    def one(params):
        def step(state, index):
            params, m, v = state
            start = (index % count) * batch
            inputs = jax.lax.dynamic_slice_in_dim(x, start, batch)
            targets = jax.lax.dynamic_slice_in_dim(t, start, batch)
            g = jax.grad(loss)(params, inputs, targets)
            s = index + 1.0
            m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, g)
            v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
            c1, c2 = 1 - 0.9**s, 1 - 0.999**s
            params = tree(lambda p, m, v: p - 0.05 * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), params, m, v)
            return (params, m, v), None

        zeros = tree(jnp.zeros_like, params)
        return jax.lax.scan(step, (params, zeros, zeros), jnp.arange(steps))[0][0]

    return jax.jit(jax.vmap(one))


def descent(jax, jnp, x, t, steps, hidden, cost):
    """Steps of plain descent, each run at its own rate."""
    tree = jax.tree_util.tree_map
    loss = loss_of(jax, jnp, hidden, cost)

    def one(params, rate):
        def step(params, _):
            return tree(lambda p, g: p - rate * g, params, jax.grad(loss)(params, x, t)), None

        return jax.lax.scan(step, params, None, length=steps)[0]

    return jax.jit(jax.vmap(one))


def timed(jax, work, run_steps):
    """A function that times one go; the first one compiles."""
    jax.block_until_ready(work())

    def measure():
        begin = time.perf_counter()
        jax.block_until_ready(work())
        return run_steps / (time.perf_counter() - begin)

    return measure


def peers():
    """Run-steps a second of each row, ready to be measured."""
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    random = np.random.default_rng(1)
    points = jnp.asarray(random.normal(size=(200, 2)))
    classes = jnp.asarray((random.uniform(size=200) > 0.5) * 1.0)
    corners, parity = jnp.asarray([[0, 0], [0, 1], [1, 0], [1, 1.0]]), jnp.asarray([0, 1, 1, 0.0])
    small, wide = networks(jnp, [2, 4, 1]), networks(jnp, [2, 8, 8, 1])
    few = (points[:16], classes[:16], 500)

    def xor():
        work = adam(jax, jnp, corners, parity, 2000, 4)
        return timed(jax, lambda: work(small), RUNS * 2000)

    def batches():
        work = adam(jax, jnp, points, classes, 400, 10)
        return timed(jax, lambda: work(wide), RUNS * 400)

    def rates(hidden, cost, last):
        work = descent(jax, jnp, *few, hidden, cost)
        return timed(jax, lambda: work(wide, jnp.geomspace(1e-2, last, RUNS)), RUNS * 500)

    return {
        "xor": xor,
        "batches": batches,
        "map": lambda: rates(jnp.tanh, "bce", 10),
        "map.diverging": lambda: rates(jax.nn.relu, "squared", 100),
    }
