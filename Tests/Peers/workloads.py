"""The work that is timed: the same numbers, shapes, starts and batches for Glissade and for every peer."""

from dataclasses import dataclass, field

import numpy as np
import yaml


@dataclass
class Training:
    """A dense network trained on fixed data with fixed consecutive batches."""

    name: str
    sizes: list  # units per layer, inputs first
    hidden: str  # tanh or relu
    loss: str  # bce or softmax_ce
    optimizer: str  # gd or adam
    rate: float
    batch: int  # 0: all samples
    inputs: np.ndarray
    targets: np.ndarray
    weights: list = field(default_factory=list)
    biases: list = field(default_factory=list)

    def __post_init__(self):
        random = np.random.default_rng(2025)
        for fan_in, fan_out in zip(self.sizes, self.sizes[1:]):
            limit = np.sqrt(6.0 / (fan_in + fan_out))
            self.weights.append(random.uniform(-limit, limit, (fan_out, fan_in)))
            self.biases.append(random.uniform(-0.1, 0.1, fan_out))

    @property
    def batches(self):
        """Row numbers of each step of an epoch."""
        n = len(self.inputs)
        size = self.batch or n
        return [np.arange(k, k + size) for k in range(0, n - size + 1, size)]

    def preset(self):
        """The work as a Glissade preset."""
        data = {
            "inputs": [[float(v) for v in row] for row in self.inputs],
            "targets": [float(t) for t in self.targets],
        }
        model = {
            "kind": "mlp",
            "hidden": [{"units": u, "activation": self.hidden} for u in self.sizes[1:-1]],
        }
        document = {
            "glissade": 1,
            "title": self.name,
            "model": model,
            "data": data,
            "loss": self.loss,
            "start": {
                "layers": [
                    {"weights": w.tolist(), "biases": b.tolist()}
                    for w, b in zip(self.weights, self.biases)
                ]
            },
            "optimizer": self.optimizer,
            "learning_rate": self.rate,
            "batch": {"size": self.batch, "order": "sequential"} if self.batch else "full",
        }
        return yaml.safe_dump(document, sort_keys=False, default_flow_style=None, width=1000)

    def flatten(self, weights, biases):
        """Parameters in Glissade's flat order: per layer the weights row by row, then the biases."""
        return np.concatenate(
            [np.concatenate([np.asarray(w).ravel(), np.asarray(b).ravel()]) for w, b in zip(weights, biases)]
        )


def spiral(n, seed=7):
    """Two intertwined arms."""
    random = np.random.default_rng(seed)
    half = n // 2
    t = np.linspace(0.25, 1.0, half) * 2 * np.pi
    arm = np.stack([t * np.cos(t), t * np.sin(t)], 1) / 6
    points = np.concatenate([arm, -arm]) + random.normal(0, 0.05, (2 * half, 2))
    labels = np.concatenate([np.zeros(half), np.ones(half)])
    order = random.permutation(2 * half)
    return points[order], labels[order]


def trainings():
    """The four training workloads of `glissade bench`."""
    from sklearn.datasets import load_digits

    gate = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    xor = np.array([0, 1, 1, 0], dtype=float)
    points, labels = spiral(500)
    digits = load_digits()
    # 28 whole batches of 64: the last, ragged batch would make JAX compile two programs.
    images, classes = digits.data[:1792] / 16.0, digits.target[:1792].astype(float)
    return [
        Training("xor", [2, 4, 1], "tanh", "bce", "adam", 0.05, 0, gate, xor),
        Training("batch-10", [2, 8, 8, 1], "tanh", "bce", "gd", 0.1, 10, points, labels),
        Training("full-500", [2, 8, 8, 1], "tanh", "bce", "gd", 0.5, 0, points, labels),
        Training("digits", [64, 64, 10], "relu", "softmax_ce", "gd", 0.1, 64, images, classes),
    ]
