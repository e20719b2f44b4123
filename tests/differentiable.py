"""Functions for the tests of differentiation: one text for NumPy and for JAX."""

import numpy as np


def well(rng, *size):
    """Return numbers away from kinks, poles and the edges of domains."""
    return rng.uniform(0.3, 0.8, size=size)


def square(rng, n):
    return rng.normal(size=(n, n)) + 3 * np.eye(n)


def spd(rng, n):
    a = rng.normal(size=(n, n))
    return a @ a.T + n * np.eye(n)


UNARY = [
    *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arcsinh"),
    *("arctanh", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt"),
    *("square", "reciprocal", "absolute", "fabs", "negative", "positive", "degrees", "radians"),
]
BINARY = [
    *("add", "subtract", "multiply", "divide", "power", "float_power"),
    *("maximum", "minimum", "hypot", "arctan2", "logaddexp", "remainder", "fmod"),
]

ENTRYWISE = [(f, lambda xp, x, f=f: getattr(xp, f)(x), [(3, 2)]) for f in UNARY]
ENTRYWISE += [(f, lambda xp, x, y, f=f: getattr(xp, f)(x, y), [(3, 1), (2,)]) for f in BINARY]
ENTRYWISE += [("arccosh", lambda xp, x: xp.arccosh(x + 1), [(4,)])]

ARRAYS = [  # a name, the function, the shapes of its arguments
    ("sum", lambda xp, x: xp.sum(x), [(3, 2)]),
    ("sum along an axis", lambda xp, x: xp.sum(x, axis=1), [(3, 2)]),
    ("sum, axis kept", lambda xp, x: xp.sum(x, axis=(0, 2), keepdims=True), [(2, 3, 2)]),
    ("mean", lambda xp, x: xp.mean(x, axis=0), [(3, 2)]),
    ("var", lambda xp, x: xp.var(x, axis=1, ddof=1), [(3, 4)]),
    ("std", lambda xp, x: xp.std(x), [(3, 4)]),
    ("max", lambda xp, x: xp.max(x, axis=0), [(3, 4)]),
    ("max of all", lambda xp, x: xp.max(x), [(3, 4)]),
    ("min, axis kept", lambda xp, x: xp.min(x, axis=1, keepdims=True), [(3, 4)]),
    ("prod", lambda xp, x: xp.prod(x, axis=1), [(2, 3)]),
    ("prod of all", lambda xp, x: xp.prod(x), [(2, 3)]),
    ("cumsum", lambda xp, x: xp.cumsum(x, axis=1), [(2, 3)]),
    ("cumsum of all", lambda xp, x: xp.cumsum(x), [(2, 3)]),
    ("reshape", lambda xp, x: xp.reshape(x, (3, -1)), [(2, 6)]),
    ("ravel", lambda xp, x: xp.ravel(x) ** 2, [(2, 3)]),
    ("transpose", lambda xp, x: xp.transpose(x, (2, 0, 1)) * 2, [(2, 3, 4)]),
    ("T", lambda xp, x: x.T @ x, [(2, 3)]),
    ("swapaxes", lambda xp, x: xp.swapaxes(x, 0, -1), [(2, 3, 2)]),
    ("moveaxis", lambda xp, x: xp.moveaxis(x, 0, -1), [(2, 3, 4)]),
    ("expand_dims", lambda xp, x: xp.expand_dims(x, 1) * x, [(3,)]),
    ("squeeze", lambda xp, x: xp.squeeze(x, 1), [(2, 1, 3)]),
    ("broadcast_to", lambda xp, x: xp.broadcast_to(x, (4, 3)) ** 2, [(3,)]),
    ("flip", lambda xp, x: xp.flip(x, 0) * x, [(3, 2)]),
    ("take", lambda xp, x: xp.take(x, np.array([0, 2, 0]), axis=0) ** 2, [(3, 2)]),
    ("roll", lambda xp, x: xp.roll(x, 1, axis=1) * x, [(2, 3)]),
    ("repeat", lambda xp, x: xp.repeat(x, 2, axis=1) ** 2, [(2, 3)]),
    ("tile", lambda xp, x: xp.tile(x, (2, 2)) ** 2, [(2, 3)]),
    ("rot90", lambda xp, x: xp.rot90(x) @ xp.fliplr(x) @ xp.flipud(x), [(3, 3)]),
    ("split", lambda xp, x: xp.split(x, 3)[1] * xp.split(x, 3)[0], [(6,)]),
    ("pad", lambda xp, x: xp.pad(x, 1) ** 2, [(2, 3)]),
    ("pad by reflection", lambda xp, x: xp.pad(x, ((0, 1), (2, 1)), "reflect") ** 2, [(2, 3)]),
    ("tril and triu", lambda xp, x: xp.tril(x) @ xp.triu(x, 1), [(3, 3)]),
    ("diff", lambda xp, x: xp.diff(x, axis=0) ** 2, [(3, 2)]),
    ("column_stack", lambda xp, x, y: xp.column_stack([x, y]) ** 2, [(3,), (3, 2)]),
    ("concatenate", lambda xp, x, y: xp.concatenate([x, y, x], axis=1), [(2, 3), (2, 1)]),
    ("stack", lambda xp, x, y: xp.stack([x, y], axis=1), [(3,), (3,)]),
    ("vstack", lambda xp, x, y: xp.vstack([x, y]), [(3,), (2, 3)]),
    ("hstack", lambda xp, x, y: xp.hstack([x, y]), [(3,), (2,)]),
    ("where", lambda xp, x, y: xp.where(x > y, x * y, y), [(3, 1), (4,)]),
    ("clip", lambda xp, x: xp.clip(x, 0.4, 0.6) * x, [(5,)]),
    ("index", lambda xp, x: x[1:, 0] * x[0, 1], [(3, 2)]),
    ("index, twice the same", lambda xp, x: x[np.array([0, 2, 0])] ** 2, [(3, 2)]),
    ("index by a mask", lambda xp, x: x[np.array([True, False, True])], [(3, 2)]),
    ("dot", lambda xp, x, y: xp.dot(x, y), [(3,), (3, 2)]),
    ("inner", lambda xp, x, y: xp.inner(x, y), [(2, 3), (4, 3)]),
    ("outer", lambda xp, x, y: xp.outer(x, y), [(2,), (3,)]),
    ("vector times vector", lambda xp, x, y: x @ y, [(3,), (3,)]),
    ("matrix times vector", lambda xp, x, y: x @ y, [(2, 3), (3,)]),
    ("vector times matrix", lambda xp, x, y: x @ y, [(3,), (3, 2)]),
    ("matrix times matrix", lambda xp, x, y: x @ y, [(2, 3), (3, 4)]),
    ("stacks of matrices", lambda xp, x, y: xp.matmul(x, y), [(4, 2, 3), (3, 2)]),
    ("a stack times a vector", lambda xp, x, y: x @ y, [(4, 2, 3), (3,)]),
    ("tensordot", lambda xp, x, y: xp.tensordot(x, y, 2), [(2, 3, 4), (3, 4, 2)]),
    ("vdot of matrices", lambda xp, x, y: xp.vdot(x, y), [(2, 3), (2, 3)]),
    ("einsum", lambda xp, x, y: xp.einsum("ij,jk->ik", x, y), [(2, 3), (3, 2)]),
    ("einsum, a lone letter", lambda xp, x, y: xp.einsum("ij,k->k", x, y), [(2, 3), (2,)]),
    ("einsum, implicit", lambda xp, x, y: xp.einsum("bi,bi", x, y), [(2, 3), (2, 3)]),
    ("trace", lambda xp, x: xp.trace(x @ x), [(3, 3)]),
    ("diag of a matrix", lambda xp, x: xp.diag(x) ** 2, [(3, 3)]),
    ("diag of a vector", lambda xp, x: xp.diag(x), [(3,)]),
    ("norm", lambda xp, x: xp.linalg.norm(x), [(3, 2)]),
    ("norm of rows", lambda xp, x: xp.linalg.norm(x, axis=1), [(3, 2)]),
    ("1-norm", lambda xp, x: xp.linalg.norm(x, 1), [(4,)]),
    ("log-sum-exp", lambda xp, x: xp.logaddexp.reduce(x, axis=1), [(3, 4)]),
    ("softmax", lambda xp, x: xp.exp(x) / xp.sum(xp.exp(x), axis=-1, keepdims=True), [(3, 4)]),
    ("a layer", lambda xp, x, w, b: xp.tanh(x @ w + b), [(4, 3), (3, 2), (2,)]),
    ("a polynomial", lambda xp, x: 1 + 2 * x - x**2 / 3 + (-x) ** 3, [(5,)]),
    ("operator %", lambda xp, x, y: x % y + 2.0 % x + x % 0.25, [(3, 1), (2,)]),
    ("divmod", lambda xp, x, y: divmod(x, y)[0] * x + divmod(x, y)[1] * y, [(4,), (4,)]),
    ("rounded", lambda xp, x: x * (x // 0.2) + xp.round(4 * x) * x, [(5,)]),
    ("numbers on the left", lambda xp, x: 2.0**x + 1.0 / x - (3.0 - x), [(4,)]),
]
MATRICES = [  # with one well-conditioned matrix first
    ("inv", lambda xp, a: xp.linalg.inv(a), square),
    ("det", lambda xp, a: xp.linalg.det(a), square),
    ("log det", lambda xp, a: xp.linalg.slogdet(a)[1], square),
    ("solve", lambda xp, a: xp.linalg.solve(a, a @ a), square),
    ("solve for a vector", lambda xp, a: xp.linalg.solve(a, a[0] ** 2), square),
    ("solve for a stack", lambda xp, a: xp.linalg.solve(a, xp.stack([a @ a, a])), square),
    (
        "a stack, solved for a vector",
        lambda xp, a: xp.linalg.solve(xp.stack([a, a.T]), a[0]),
        square,
    ),
    ("cholesky", lambda xp, a: xp.linalg.cholesky(0.5 * (a + a.T)), spd),
]


SIZED = [  # the same for shapes that vary: the sizes of the arguments by three numbers
    ("reshape", lambda xp, x: xp.reshape(x, (-1, x.shape[0])), "nm"),
    ("transpose", lambda xp, x: xp.transpose(x, (2, 0, 1)) * 2, "nmk"),
    ("swapaxes", lambda xp, x: xp.swapaxes(x, 0, -1) ** 2, "nmk"),
    ("moveaxis", lambda xp, x: xp.moveaxis(x, 0, -1) ** 2, "nmk"),
    ("flip", lambda xp, x: xp.flip(x, 0) * x, "nm"),
    ("concatenate", lambda xp, x, y: xp.concatenate([x, y, x], axis=1), "nm nk"),
    ("stack", lambda xp, x, y: xp.stack([x, y], axis=1), "nm nm"),
    ("where", lambda xp, x, y: xp.where(x > y, x * y, y), "nm m"),
    ("clip", lambda xp, x: xp.clip(x, 0.4, 0.6) * x, "nm"),
    ("index", lambda xp, x: x[1:, 0] * x[0, -1], "nm"),
    ("cumsum", lambda xp, x: xp.cumsum(x, axis=-1), "nm"),
    ("std", lambda xp, x: xp.std(xp.concatenate([x, 2 * x]), axis=0), "nm"),
    ("dot", lambda xp, x, y: xp.dot(x, y), "nm mk"),
    ("inner", lambda xp, x, y: xp.inner(x, y), "nm km"),
    ("outer", lambda xp, x, y: xp.outer(x, y), "n mk"),
    ("stacks of matrices", lambda xp, x, y: x @ y, "knm mk"),
    ("a stack times a vector", lambda xp, x, y: x @ y, "knm m"),
    ("tensordot", lambda xp, x, y: xp.tensordot(x, y, 1), "nm mk"),
    ("einsum", lambda xp, x, y: xp.einsum("ij,jk->ki", x, y), "nm mk"),
    ("einsum, a lone letter", lambda xp, x, y: xp.einsum("ij,k->k", x, y), "nm k"),
    ("trace", lambda xp, x, y: xp.trace(x @ y), "nm mn"),
    ("norm of rows", lambda xp, x: xp.linalg.norm(x, axis=1), "nm"),
    ("log-sum-exp", lambda xp, x: xp.logaddexp.reduce(x, axis=1), "nm"),
    ("softmax", lambda xp, x: xp.exp(x) / xp.sum(xp.exp(x), axis=-1, keepdims=True), "nm"),
    ("inv", lambda xp, x: xp.linalg.inv(x @ x.T + xp.eye(x.shape[0])), "nm"),
    ("log det", lambda xp, x: xp.linalg.slogdet(x @ x.T + xp.eye(x.shape[0]))[1], "nm"),
]


def cases(seed=0):
    """Return every function with arguments: (name, function, arguments)."""
    rng = np.random.default_rng(seed)
    found = [(n, f, [well(rng, *s) for s in sizes]) for n, f, sizes in ENTRYWISE + ARRAYS]
    return found + [(n, f, [matrix(rng, 3)]) for n, f, matrix in MATRICES]
