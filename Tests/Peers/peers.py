"""The same training in numpy, JAX, PyTorch, autograd and scikit-learn. float64, one thread.

Each peer offers `steps(k)`, which starts afresh and returns the flat parameters after k steps, and `time(k)`, the
seconds that k steps take after everything has been compiled and warmed up.
"""

import time

import numpy as np


class Peer:
    name = "?"

    def __init__(self, work):
        self.work = work

    def run(self, k):
        raise NotImplementedError

    def steps(self, k):
        return self.run(k)

    def time(self, k):
        start = time.perf_counter()
        self.run(k)
        return time.perf_counter() - start


def adam_update(np_, p, g, m, v, t, rate):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g * g
    p = p - rate * (m / (1 - 0.9**t)) / (np_.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return p, m, v


class Numpy(Peer):
    """Backpropagation by hand, vectorised over the batch."""

    name = "numpy"

    def run(self, k):
        work = self.work
        W = [w.copy() for w in work.weights]
        B = [b.copy() for b in work.biases]
        mW = [np.zeros_like(w) for w in W]
        vW = [np.zeros_like(w) for w in W]
        mB = [np.zeros_like(b) for b in B]
        vB = [np.zeros_like(b) for b in B]
        batches = work.batches
        relu = work.hidden == "relu"
        for step in range(k):
            rows = batches[step % len(batches)]
            x, t = work.inputs[rows], work.targets[rows]
            acts = [x]
            for layer, (w, b) in enumerate(zip(W, B)):
                z = acts[-1] @ w.T + b
                if layer < len(W) - 1:
                    z = np.maximum(z, 0) if relu else np.tanh(z)
                acts.append(z)
            z = acts[-1]
            if work.loss == "bce":
                delta = (1 / (1 + np.exp(-z)) - t[:, None]) / len(x)
            else:
                e = np.exp(z - z.max(1, keepdims=True))
                delta = e / e.sum(1, keepdims=True)
                delta[np.arange(len(x)), t.astype(int)] -= 1
                delta /= len(x)
            for layer in range(len(W) - 1, -1, -1):
                gw, gb = delta.T @ acts[layer], delta.sum(0)
                if layer:
                    delta = delta @ W[layer]
                    a = acts[layer]
                    delta = delta * (a > 0) if relu else delta * (1 - a * a)
                if work.optimizer == "adam":
                    W[layer], mW[layer], vW[layer] = adam_update(np, W[layer], gw, mW[layer], vW[layer], step + 1, work.rate)
                    B[layer], mB[layer], vB[layer] = adam_update(np, B[layer], gb, mB[layer], vB[layer], step + 1, work.rate)
                else:
                    W[layer] = W[layer] - work.rate * gw
                    B[layer] = B[layer] - work.rate * gb
        return work.flatten(W, B)


class Jax(Peer):
    """`jit` of a `lax.scan` over the steps: nothing but XLA runs."""

    name = "jax"

    def __init__(self, work):
        super().__init__(work)
        import jax

        jax.config.update("jax_enable_x64", True)
        import jax.numpy as jnp

        X, T = jnp.asarray(work.inputs), jnp.asarray(work.targets)
        count = len(work.batches)
        size = work.batch or len(work.inputs)
        tree = jax.tree_util.tree_map

        def loss(params, x, t):
            a = x
            for layer, (w, b) in enumerate(params):
                z = a @ w.T + b
                a = z if layer == len(params) - 1 else (jnp.maximum(z, 0) if work.hidden == "relu" else jnp.tanh(z))
            if work.loss == "bce":
                return jnp.mean(jax.nn.softplus(a[:, 0]) - t * a[:, 0])
            return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(a), t.astype(int)[:, None], 1))

        def step(state, index):
            params, m, v = state
            if work.batch:
                start = (index % count) * size
                x = jax.lax.dynamic_slice_in_dim(X, start, size)
                t = jax.lax.dynamic_slice_in_dim(T, start, size)
            else:
                x, t = X, T
            value, g = jax.value_and_grad(loss)(params, x, t)
            if work.optimizer == "adam":
                s = index + 1.0
                m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, g)
                v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
                c1, c2 = 1 - 0.9**s, 1 - 0.999**s
                params = tree(lambda p, m, v: p - work.rate * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), params, m, v)
            else:
                params = tree(lambda p, g: p - work.rate * g, params, g)
            return (params, m, v), value

        self.start = [(jnp.asarray(w), jnp.asarray(b)) for w, b in zip(work.weights, work.biases)]
        self.zeros = tree(jnp.zeros_like, self.start)
        self.scan = jax.jit(lambda state, idx: jax.lax.scan(step, state, idx))
        self.arange = jnp.arange
        self.block = jax.block_until_ready
        self.compiled = set()

    def run(self, k):
        (params, _, _), _ = self.block(self.scan((self.start, self.zeros, self.zeros), self.arange(k)))
        return self.work.flatten([w for w, _ in params], [b for _, b in params])

    def time(self, k):
        if k not in self.compiled:
            self.run(k)
            self.compiled.add(k)
        return super().time(k)


class Torch(Peer):
    """Eager PyTorch with its own optimizers."""

    name = "torch"

    def run(self, k):
        import torch
        import torch.nn.functional as F

        torch.set_num_threads(1)
        work = self.work
        W = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in work.weights]
        B = [torch.tensor(b, dtype=torch.float64, requires_grad=True) for b in work.biases]
        params = [p for pair in zip(W, B) for p in pair]
        optimizer = torch.optim.Adam(params, lr=work.rate) if work.optimizer == "adam" else torch.optim.SGD(params, lr=work.rate)
        X = torch.tensor(work.inputs)
        T = torch.tensor(work.targets)
        classes = T.long()
        size = work.batch or len(X)
        count = len(work.batches)
        for step in range(k):
            start = (step % count) * size
            a = X[start : start + size]
            for layer, (w, b) in enumerate(zip(W, B)):
                a = F.linear(a, w, b)
                if layer < len(W) - 1:
                    a = torch.relu(a) if work.hidden == "relu" else torch.tanh(a)
            if work.loss == "bce":
                loss = F.binary_cross_entropy_with_logits(a[:, 0], T[start : start + size])
            else:
                loss = F.cross_entropy(a, classes[start : start + size])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return work.flatten([w.detach().numpy() for w in W], [b.detach().numpy() for b in B])


class Autograd(Peer):
    """HIPS autograd, as in the notes."""

    name = "autograd"

    def run(self, k):
        import autograd.numpy as anp
        from autograd import grad

        work = self.work

        def loss(params, x, t):
            a = x
            for layer, (w, b) in enumerate(params):
                z = anp.dot(a, w.T) + b
                a = z if layer == len(params) - 1 else (anp.maximum(z, 0) if work.hidden == "relu" else anp.tanh(z))
            if work.loss == "bce":
                z = a[:, 0]
                return anp.mean(anp.logaddexp(0.0, z) - t * z)
            top = anp.max(a, axis=1, keepdims=True)
            logs = a - top - anp.log(anp.sum(anp.exp(a - top), axis=1, keepdims=True))
            return -anp.mean(logs[anp.arange(len(x)), t.astype(int)])

        gradient = grad(loss)
        params = [(w.copy(), b.copy()) for w, b in zip(work.weights, work.biases)]
        m = [(np.zeros_like(w), np.zeros_like(b)) for w, b in params]
        v = [(np.zeros_like(w), np.zeros_like(b)) for w, b in params]
        batches = work.batches
        for step in range(k):
            rows = batches[step % len(batches)]
            g = gradient(params, work.inputs[rows], work.targets[rows])
            for layer in range(len(params)):
                if work.optimizer == "adam":
                    new = [adam_update(np, params[layer][i], g[layer][i], m[layer][i], v[layer][i], step + 1, work.rate) for i in (0, 1)]
                    params[layer] = (new[0][0], new[1][0])
                    m[layer] = (new[0][1], new[1][1])
                    v[layer] = (new[0][2], new[1][2])
                else:
                    params[layer] = tuple(params[layer][i] - work.rate * g[layer][i] for i in (0, 1))
        return work.flatten([w for w, _ in params], [b for _, b in params])


class ScikitLearn(Peer):
    """MLPClassifier's own loop (its ε convention in Adam differs, so it is timed and not compared)."""

    name = "scikit-learn"
    compared = False

    def run(self, k):
        import warnings

        from sklearn.neural_network import MLPClassifier

        work = self.work
        per_epoch = len(work.batches)
        net = MLPClassifier(
            hidden_layer_sizes=work.sizes[1:-1], activation=work.hidden, solver="adam" if work.optimizer == "adam" else "sgd",
            learning_rate_init=work.rate, momentum=0.0, nesterovs_momentum=False, alpha=0.0, batch_size=work.batch or len(work.inputs),
            shuffle=False, max_iter=max(1, k // per_epoch), tol=0.0, n_iter_no_change=10**9, random_state=1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            net.fit(work.inputs, work.targets.astype(int))
        return None


ALL = [Numpy, Jax, Torch, Autograd, ScikitLearn]
