"""The engines beside the libraries people learn from: time and memory as multiples of ours.

One thread each, and with Python's collector of garbage at work, as for every reader.
"""

import gc
import os
import sys
import threading
import timeit
import tracemalloc

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import micrograd.engine
import numpy as np

from mathcalc import autodiff

jax.config.update("jax_enable_x64", True)
RNG = np.random.default_rng(0)
STEPS = 10**5


def seconds(work, number):
    return min(timeit.repeat(work, "import gc; gc.enable()", number=number, repeat=9)) / number


def compare(title, ways, number=20):
    """Print the time of each way as a multiple of the first, and how far it is from the first."""
    first, ours = next(iter(ways.values()))(), None
    print(title)
    for name, work in ways.items():
        apart = np.abs(np.asarray(work()) - first).max() / np.abs(first).max()
        time = seconds(work, number)
        ours = ours or time
        print(f"  {name:24} {time / ours:7.2f} ×   {1e3 * time:9.3f} ms   apart {apart:.0e}")


def network(np_, W1, b1, W2, b2, X, Y):
    hidden = np_.tanh(X @ W1 + b1)
    scores = hidden @ W2 + b2
    peak = np_.max(scores, axis=1, keepdims=True)
    return np_.mean(np_.log(np_.sum(np_.exp(scores - peak), axis=1)) + peak[:, 0]) - np_.mean(
        np_.sum(scores * Y, axis=1)
    )


def mlp():
    shapes = ((784, 128), (128,), (128, 10), (10,), (128, 784))
    W1, b1, W2, b2, X = (RNG.normal(size=s) / 20 for s in shapes)
    return W1, b1, W2, b2, X, np.eye(10)[RNG.integers(0, 10, 128)]


def rosen(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def logistic(np_, w, X, y):
    return np_.mean(np_.logaddexp(0.0, -y * (X @ w)))


def gradients():
    args = mlp()
    ours = autodiff.grad(lambda *a: network(np, *a), (0, 1, 2, 3))
    theirs = autograd.grad(lambda *a: network(anp, *a), (0, 1, 2, 3))
    jitted = jax.jit(jax.grad(lambda *a: network(jnp, *a), (0, 1, 2, 3)))
    ways = {
        "mathcalc": lambda: ours(*args)[0],
        "autograd": lambda: theirs(*args)[0],
        "JAX, jitted": lambda: np.asarray(jax.block_until_ready(jitted(*args))[0]),
    }
    compare("gradient of a network 784-128-10, batch 128", ways)


def hvps(title, f_of, x, v):
    ours, theirs = autodiff.hvp(f_of(np)), autograd.hessian_vector_product(f_of(anp))
    product = jax.jit(lambda x, v: jax.jvp(lambda z: jax.grad(f_of(jnp))(z), (x,), (v,))[1])
    ways = {
        "mathcalc": lambda: ours(x, v),
        "autograd": lambda: theirs(x, v),
        "JAX, jitted": lambda: np.asarray(product(x, v)),
    }
    compare(f"Hessian-vector product: {title}", ways)


def products():
    x, v = RNG.normal(size=(2, 100))
    hvps("Rosenbrock, n = 100", lambda np_: rosen, x, v)
    X, y, w, v = (RNG.normal(size=s) for s in ((1000, 50), 1000, 50, 50))
    hvps("logistic loss, 1000 × 50", lambda np_: lambda w: logistic(np_, w, X, np.sign(y)), w, v)
    W, *rest = mlp()
    hvps(
        "the network's first 10^5 weights",
        lambda np_: lambda W: network(np_, W, *rest),
        W,
        RNG.normal(size=W.shape),
    )


def chain(x, sin, steps=STEPS):
    for _ in range(steps // 2):
        x = sin(x) * 1.01
    return x


def micro(steps=STEPS):
    x = y = micrograd.engine.Value(0.5)
    for _ in range(steps // 2):
        y = (y + 0.1) * 1.01
    y.backward()
    return x.grad


def plain(steps=STEPS):
    def f(x):
        for _ in range(steps // 2):
            x = (x + 0.1) * 1.01
        return x

    return autodiff.grad(f)(0.5)


def scalar_chain():
    """Time a chain of scalars per line; micrograd recurs, so it runs with a large stack."""
    ours, theirs = (
        autodiff.grad(lambda x: chain(x, np.sin)),
        autograd.grad(lambda x: chain(x, anp.sin)),
    )
    for name, work in {
        "mathcalc": lambda: ours(0.5),
        "mathcalc, no sine": plain,
        "micrograd, no sine": micro,
        "autograd": lambda: theirs(0.5),
    }.items():
        gc.collect()
        print(f"  {name:24} {1e6 * seconds(work, 1) / STEPS:7.2f} µs")


def memory():
    """Print the bytes a line of the tape takes, and what checkpoints save and cost."""
    tracemalloc.start()
    tape = autodiff.Tape()
    x = tape.variable(0.5)
    chain(x, np.sin)
    print(f"  {tracemalloc.get_traced_memory()[0] / STEPS:7.0f} bytes a line")
    tracemalloc.stop()
    W = RNG.normal(size=(64, 64)) / 8

    def segment(x, steps):
        for _ in range(steps):
            x = np.tanh(x @ W)
        return x

    def whole(x):
        return np.sum(segment(x, 400))

    def short(x):
        for _ in range(20):
            x = autodiff.checkpoint(lambda z: segment(z, 20))(x)
        return np.sum(x)

    x = RNG.normal(size=(64, 64))
    (much, long), (little, longer) = (peak_and_time(autodiff.grad(f), x) for f in (whole, short))
    print(f"  checkpoints of 400 layers: memory ÷ {much / little:.1f}, time × {longer / long:.2f}")


def peak_and_time(work, x):
    tracemalloc.start()
    work(x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, seconds(lambda: work(x), 3)


def main():
    gradients()
    products()
    print("a chain of 10^5 scalars, time a line")
    sys.setrecursionlimit(10 * STEPS)
    threading.stack_size(1 << 30)
    deep = threading.Thread(target=scalar_chain)
    deep.start()
    deep.join()
    print("memory")
    memory()


if __name__ == "__main__":
    main()
