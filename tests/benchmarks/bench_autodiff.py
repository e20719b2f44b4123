"""The engines beside the libraries people learn from: time and memory as multiples of ours.

One core for all (JAX would else use several, the others one), with Python's collector of garbage
at work, as for every reader. The ways take turns, so that all have the same weather, and of each
the best turn counts; the time is that of the processor, which other programs disturb less.
"Written by hand" is the same derivative in NumPy without any engine: what is left to gain.

Gradients and products are timed twice. Once JAX has run, C's allocator keeps what is freed, and no
array waits for new pages; before that, as in a program of NumPy alone, who needs more memory at a
time waits for more pages, and that is up to half of the time.
"""

import os
import sys
import threading
import tracemalloc

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import micrograd.engine
import numpy as np
from turns import best

from mathcalc import autodiff

jax.config.update("jax_enable_x64", True)
RNG = np.random.default_rng(0)
STEPS = 10**5


def compare(title, ways, number=5, turns=30):
    """Print the time of each way as a multiple of the first, and how far it is from the first."""
    first = next(iter(ways.values()))()
    apart = {
        k: np.abs(np.asarray(w()) - first).max() / np.abs(first).max() for k, w in ways.items()
    }
    times = best(ways, number, turns)
    print(title)
    for name, t in times.items():
        multiple = t / times["mathcalc"]
        print(f"  {name:24} {multiple:7.2f} ×   {1e3 * t:9.3f} ms   apart {apart[name]:.0e}")


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


def network_by_hand(W1, b1, W2, b2, X, Y):
    """Return the gradient by the weights, with no array more than it needs."""
    hidden = X @ W1
    hidden += b1
    np.tanh(hidden, out=hidden)
    scores = hidden @ W2
    scores += b2
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores -= Y
    scores /= len(X)
    back = scores @ W2.T
    back -= back * hidden * hidden
    return X.T @ back, back.sum(axis=0), hidden.T @ scores, scores.sum(axis=0)


def network_product_by_hand(W1, V, b1, W2, b2, X, Y):
    """Return the Hessian in the first weights times V, without the gradient itself."""
    hidden, moved = np.tanh(X @ W1 + b1), X @ V
    slope = 1 - hidden * hidden
    moved *= slope
    scores = hidden @ W2 + b2
    weight = np.exp(scores - scores.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    turned = moved @ W2
    turned = weight * (turned - np.sum(weight * turned, axis=1, keepdims=True))
    first, second = (weight - Y) @ W2.T, turned @ W2.T
    return X.T @ ((second - 2 * first * hidden * moved / slope) * slope) / len(X)


def logistic_product_by_hand(w, v, X, y):
    p = 1 / (1 + np.exp(-y * (X @ w)))
    return X.T @ (p * (1 - p) * (X @ v)) / len(X)


def rosen_product_by_hand(x, v):
    a, b, va, vb = x[:-1], x[1:], v[:-1], v[1:]
    product = np.zeros_like(x)
    product[:-1] = (1200 * a * a - 400 * b + 2) * va - 400 * a * vb
    product[1:] += 200 * vb - 400 * a * va
    return product


def gradients(beside_jax):
    args = mlp()
    ours = autodiff.grad(lambda *a: network(np, *a), (0, 1, 2, 3))
    theirs = autograd.grad(lambda *a: network(anp, *a), (0, 1, 2, 3))
    ways = {
        "mathcalc": lambda: ours(*args)[0],
        "written by hand": lambda: network_by_hand(*args)[0],
        "autograd": lambda: theirs(*args)[0],
    }
    if beside_jax:
        jitted = jax.jit(jax.grad(lambda *a: network(jnp, *a), (0, 1, 2, 3)))
        ways["JAX, jitted"] = lambda: np.asarray(jax.block_until_ready(jitted(*args))[0])
    compare("gradient of a network 784-128-10, batch 128", ways)


def hvps(title, f_of, x, v, by_hand, beside_jax, number=5):
    ours, theirs = autodiff.hvp(f_of(np)), autograd.hessian_vector_product(f_of(anp))
    ways = {
        "mathcalc": lambda: ours(x, v),
        "written by hand": lambda: by_hand(x, v),
        "autograd": lambda: theirs(x, v),
    }
    if beside_jax:
        product = jax.jit(lambda x, v: jax.jvp(jax.grad(f_of(jnp)), (x,), (v,))[1])
        ways["JAX, jitted"] = lambda: np.asarray(product(x, v))
    compare(f"Hessian-vector product: {title}", ways, number)


def products(beside_jax):
    x, v = RNG.normal(size=(2, 100))
    hvps("Rosenbrock, n = 100", lambda np_: rosen, x, v, rosen_product_by_hand, beside_jax, 50)
    X, y, w, v = (RNG.normal(size=s) for s in ((1000, 50), 1000, 50, 50))
    y = np.sign(y)
    hvps(
        "logistic loss, 1000 × 50",
        lambda np_: lambda w: logistic(np_, w, X, y),
        w,
        v,
        lambda w, v: logistic_product_by_hand(w, v, X, y),
        beside_jax,
        50,
    )
    W, *rest = mlp()
    hvps(
        "the network's first 10^5 weights",
        lambda np_: lambda W: network(np_, W, *rest),
        W,
        RNG.normal(size=W.shape),
        lambda W, V: network_product_by_hand(W, V, *rest),
        beside_jax,
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
    ways = {
        "mathcalc": lambda: ours(0.5),
        "autograd": lambda: theirs(0.5),
        "mathcalc, no sine": plain,
        "micrograd, no sine": micro,
    }
    times = best(ways, 1, 5)
    for name, ours in zip(ways, ("mathcalc",) * 2 + ("mathcalc, no sine",) * 2, strict=True):
        print(
            f"  {name:24} {times[name] / times[ours]:7.2f} ×   {1e6 * times[name] / STEPS:7.2f} µs"
        )


def memory():
    """Print the bytes a line of the tape takes."""
    tracemalloc.start()
    tape = autodiff.Tape()
    x = tape.variable(0.5)
    chain(x, np.sin)
    print(f"  {tracemalloc.get_traced_memory()[0] / STEPS:7.0f} bytes a line")
    tracemalloc.stop()


def layers(x, W, steps):
    for _ in range(steps):
        x = np.tanh(x @ W)
    return x


def segmented(x, W):
    segment = autodiff.checkpoint(lambda x, W: layers(x, W, 20))
    for _ in range(20):
        x = segment(x, W)
    return np.sum(x)


def layers_by_hand(x, W, steps):
    """Return all states of the chain: what the way back needs."""
    states = [x]
    for _ in range(steps):
        states.append(np.tanh(states[-1] @ W))
    return states


def back_by_hand(states, u, W, into):
    """Go back through the states; add the gradient by the weights up, if asked for."""
    for before, after in zip(states[-2::-1], states[:0:-1], strict=True):
        u = u * (1 - after * after)
        if into is not None:
            into += before.T @ u
        u = u @ W.T
    return u


def whole_by_hand(x, W, into):
    return back_by_hand(layers_by_hand(x, W, 400), np.ones(x.shape), W, into)


def segmented_by_hand(x, W, into):
    starts, u = [x], np.ones(x.shape)
    for _ in range(20):
        starts.append(layers(starts[-1], W, 20))
    for start in starts[-2::-1]:
        u = back_by_hand(layers_by_hand(start, W, 20), u, W, into)
    return u


def checkpoints(argnums):
    """Print what √n checkpoints save and cost, beside the same by hand."""
    W, x = RNG.normal(size=(64, 64)) / 8, RNG.normal(size=(64, 64))
    whole = autodiff.grad(lambda x, W: np.sum(layers(x, W, 400)), argnums)
    short = autodiff.grad(segmented, argnums)
    into = [np.zeros((64, 64)) if len(argnums) > 1 else None for _ in range(2)]
    ways = {
        "whole": lambda: whole(x, W),
        "segments": lambda: short(x, W),
        "whole by hand": lambda: whole_by_hand(x, W, into[0]),
        "segments by hand": lambda: segmented_by_hand(x, W, into[1]),
    }
    peaks = {name: peak(work) for name, work in ways.items()}
    times = best(ways, 1, 15)
    for of in ("", " by hand"):
        saved = peaks[f"whole{of}"] / peaks[f"segments{of}"]
        longer = times[f"segments{of}"] / times[f"whole{of}"]
        print(f"  {len(argnums)} arguments{of:9} memory ÷ {saved:.1f}, time × {longer:.2f}")


def peak(work):
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main():
    for beside_jax in (False, True):
        print(f"\n{'BESIDE' if beside_jax else 'WITHOUT'} JAX\n")
        gradients(beside_jax)
        products(beside_jax)
    print("a chain of 10^5 scalars, time a line")
    sys.setrecursionlimit(10 * STEPS)
    threading.stack_size(1 << 30)
    deep = threading.Thread(target=scalar_chain)
    deep.start()
    deep.join()
    print("memory")
    memory()
    print("20 checkpoints of 400 layers, by the input alone and by input and weights")
    checkpoints((0,))
    checkpoints((0, 1))


if __name__ == "__main__":
    main()
