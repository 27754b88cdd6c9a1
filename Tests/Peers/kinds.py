"""Networks of other kinds, with Adam, in Glissade and JAX: the shapes and settings of its presets."""

from dataclasses import dataclass, field

import numpy as np
import yaml

import peers


@dataclass
class Kind:
    """A network of another kind, its samples and its start."""

    name: str
    network: dict  # as in a preset
    rate: float
    batch: int  # 0: all samples
    inputs: np.ndarray
    targets: np.ndarray
    start: list = field(default_factory=list)  # arrays in Glissade's flat order

    def preset(self):
        """The work as a Glissade preset."""
        document = {
            "glissade": 1,
            "title": self.name,
            "network": self.network,
            "data": {
                "inputs": [[float(v) for v in row] for row in self.inputs],
                "targets": [float(t) for t in self.targets],
            },
            "start": [float(v) for v in flatten(self.start)],
            "optimizer": "adam",
            "learning_rate": self.rate,
            "batch": {"size": self.batch, "order": "sequential"} if self.batch else "full",
        }
        return yaml.safe_dump(document, sort_keys=False, default_flow_style=None, width=1000)


def flatten(arrays):
    return np.concatenate([np.asarray(a).ravel() for a in arrays])


def draw(random, *shape, scale=0.3):
    return random.normal(size=shape) * scale


def kinds():
    """The rows `training.convolution`, `training.recurrent` and `training.boltzmann` of `glissade bench`."""
    random = np.random.default_rng(2026)
    images, classes = random.uniform(0, 1, (200, 64)), random.integers(0, 10, 200).astype(float)
    classes[:10] = np.arange(10)
    sequences = np.concatenate([random.choice([-1.0, 1.0], (64, 1)), random.normal(0, 0.5, (64, 5))], 1)
    rows = [np.repeat([[b & 1, b >> 1 & 1, b >> 2 & 1]], 3, 0).ravel() for b in range(8)]
    columns = [np.repeat([[b & 1, b >> 1 & 1, b >> 2 & 1]], 3, 0).T.ravel() for b in range(1, 7)]
    patterns = np.array(rows + columns, dtype=float)
    return [
        Kind(
            "convolution", {"kind": "convolutional", "kernels": 4, "kernel": 3, "pool": 2}, 0.02, 20, images, classes,
            [draw(random, 4, 3, 3), draw(random, 4), draw(random, 10, 36), draw(random, 10)]),
        Kind(
            "recurrent", {"kind": "recurrent", "units": 4}, 0.02, 0, sequences, (sequences[:, 0] > 0).astype(float),
            [draw(random, 4, 1), draw(random, 4, 4), draw(random, 4), draw(random, 4), draw(random, 1)]),
        Kind(
            "boltzmann", {"kind": "boltzmann", "hidden": 8, "cd": 0}, 0.01, 0, patterns, np.zeros(len(patterns)),
            [draw(random, 9, 8), draw(random, 9), draw(random, 8)]),
    ]


def convolution_loss(jax, jnp):
    def loss(params, x, t):
        kernels, biases, weights, offsets = params
        maps = jax.lax.conv(x.reshape(-1, 1, 8, 8), kernels[:, None], (1, 1), "VALID") + biases[:, None, None]
        features = jax.nn.relu(maps).reshape(-1, 4, 3, 2, 3, 2).max((3, 5)).reshape(len(x), -1)
        logits = features @ weights.T + offsets
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), t.astype(int)[:, None], 1))

    return loss


def recurrent_loss(jax, jnp):
    def loss(params, x, t):
        read, memory, biases, weights, offset = params
        h = jnp.zeros((len(x), len(biases)))
        for element in range(x.shape[1]):
            h = jnp.tanh(x[:, element : element + 1] @ read.T + h @ memory.T + biases)
        z = h @ weights + offset[0]
        return jnp.mean(jax.nn.softplus(z) - t * z)

    return loss


def boltzmann_loss(jax, jnp):
    # Every state of the visible units, with the hidden ones summed in closed form.
    states = jnp.asarray([[n >> i & 1 for i in range(9)] for n in range(512)], dtype=float)

    def loss(params, x, t):
        weights, visible, hidden = params

        def log_weight(v):
            return v @ visible + jnp.sum(jax.nn.softplus(v @ weights + hidden), 1)

        return jax.scipy.special.logsumexp(log_weight(states)) - jnp.mean(log_weight(x))

    return loss


LOSSES = {"convolution": convolution_loss, "recurrent": recurrent_loss, "boltzmann": boltzmann_loss}


class Jax(peers.Peer):
    """`jit` of a `lax.scan` over the steps."""

    name = "jax"

    def __init__(self, work):
        super().__init__(work)
        import jax

        jax.config.update("jax_enable_x64", True)
        import jax.numpy as jnp

        tree = jax.tree_util.tree_map
        loss = LOSSES[work.name](jax, jnp)
        inputs, targets = jnp.asarray(work.inputs), jnp.asarray(work.targets)
        size = work.batch or len(work.inputs)
        count = len(work.inputs) // size

        def step(state, index):
            params, m, v = state
            start = (index % count) * size
            x = jax.lax.dynamic_slice_in_dim(inputs, start, size) if work.batch else inputs
            t = jax.lax.dynamic_slice_in_dim(targets, start, size) if work.batch else targets
            value, g = jax.value_and_grad(loss)(params, x, t)
            s = index + 1.0
            m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, g)
            v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
            c1, c2 = 1 - 0.9**s, 1 - 0.999**s
            params = tree(lambda p, m, v: p - work.rate * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), params, m, v)
            return (params, m, v), value

        self.start = [jnp.asarray(a) for a in work.start]
        self.zeros = tree(jnp.zeros_like, self.start)
        self.scan = jax.jit(lambda state, idx: jax.lax.scan(step, state, idx))
        self.arange = jnp.arange
        self.block = jax.block_until_ready
        self.compiled = set()

    def run(self, k):
        (params, _, _), _ = self.block(self.scan((self.start, self.zeros, self.zeros), self.arange(k)))
        return flatten(params)

    def time(self, k):
        if k not in self.compiled:
            self.run(k)
            self.compiled.add(k)
        return super().time(k)
