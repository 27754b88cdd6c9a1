"""Work that is not training of a network: elementary functions, matrix products, descents on f(x) = x sin(x² + 1)."""

import os
import statistics
import subprocess
import sys
import time

import numpy as np


def median_rate(action, amount, seconds=0.3):
    """The median of several timings, as in `glissade bench`, in units of work per second."""
    action()
    timings = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(timings) < 3:
        start = time.perf_counter()
        action()
        timings.append(time.perf_counter() - start)
    return amount / statistics.median(timings)


def numpy_elementary(name, count=4096):
    """Elements per second of a numpy function on a row in first-level cache."""
    x = np.random.default_rng(1).uniform(-4, 4, count)
    y = np.empty_like(x)
    function = {"exp": np.exp, "tanh": np.tanh, "sin": np.sin, "log": np.log}[name]
    if name == "log":
        x = np.abs(x) + 1e-3

    def action():
        for _ in range(50):
            function(x, out=y)

    return median_rate(action, 50 * count)


def openblas_gemm(m, n, k):
    """Floating-point operations per second of numpy's float64 matrix product."""
    random = np.random.default_rng(2)
    a, b = random.normal(size=(m, k)), random.normal(size=(k, n))
    c = np.empty((m, n))

    rounds = max(1, 4_000_000 // (2 * m * n * k))

    def action():
        for _ in range(rounds):
            np.matmul(a, b, out=c)

    return median_rate(action, rounds * 2.0 * m * n * k)


def jax_descent(lanes, steps=2000):
    """Descents times steps per second, gradient descent on f from `lanes` starts, jit and scan."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def f(x):
        return x * jnp.sin(x * x + 1)

    slope = jax.vmap(jax.grad(f))
    run = jax.jit(lambda x: jax.lax.scan(lambda x, _: (x - 0.01 * slope(x), None), x, None, length=steps)[0])
    x = jnp.linspace(-2, 2, lanes)
    return median_rate(lambda: run(x).block_until_ready(), lanes * steps, 1.0)


def jax_map(side=64, steps=500):
    """Pixels per second of a map of f: start across, rate down, 500 steps a pixel, over all threads allowed."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def f(x):
        return x * jnp.sin(x * x + 1)

    def pixel(x, rate):
        return jax.lax.fori_loop(0, steps, lambda _, x: x - rate * jax.grad(f)(x), x)

    xs, rates = jnp.meshgrid(jnp.linspace(-5, 5, side), jnp.geomspace(1e-3, 1e-1, side))
    run = jax.jit(jax.vmap(pixel))
    return median_rate(lambda: run(xs.ravel(), rates.ravel()).block_until_ready(), side * side, 1.5)


def jax_map_on_all_threads():
    """`jax_map` in a process of its own that may use every thread: XLA reads its flags once, at the start."""
    environment = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    code = "import functions; print(functions.jax_map())"
    folder = os.path.dirname(os.path.abspath(__file__))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def jax_value_and_slope(count=1_000_000):
    """Points per second of jit(vmap(value_and_grad(f)))."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    run = jax.jit(jax.vmap(jax.value_and_grad(lambda x: x * jnp.sin(x * x + 1))))
    x = jnp.linspace(-5, 5, count)
    return median_rate(lambda: jax.block_until_ready(run(x)), count, 1.0)


def autograd_value_and_slope(count=1_000_000):
    """Points per second of autograd's elementwise_grad together with the value."""
    import autograd.numpy as anp
    from autograd import elementwise_grad

    f = lambda x: x * anp.sin(x * x + 1)
    slope = elementwise_grad(f)
    x = np.linspace(-5, 5, count)
    return median_rate(lambda: (f(x), slope(x)), count, 1.0)
