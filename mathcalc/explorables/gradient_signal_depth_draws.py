"""The random networks of one seed: the same numbers in Python and in JavaScript."""

import numpy as np

NETS = 31
_STRIDE = np.uint32(0x6D2B79F5)


def uniforms(seed: int, count: int) -> np.ndarray:
    """Return the first numbers of mulberry32, each in (0, 1) and made of 32 bits.

    The generator is a counter and a hash (T. Ettinger, public domain), so all are made at once.
    """
    counter = np.uint32(seed % 2**32) + _STRIDE * np.arange(1, count + 1, dtype=np.uint32)
    bits = (counter ^ counter >> np.uint32(15)) * (counter | np.uint32(1))
    bits ^= bits + (bits ^ bits >> np.uint32(7)) * (bits | np.uint32(61))
    return ((bits ^ bits >> np.uint32(14)).astype(float) + 0.5) / 2**32


def normals(seed: int, count: int) -> np.ndarray:
    """Return normal numbers with mean 0 and variance 1, by the Box–Muller transform."""
    first, second = uniforms(seed, count + count % 2).reshape(-1, 2).T
    pairs = np.sqrt(-2 * np.log(first)) * np.exp(2j * np.pi * second)
    return np.stack([pairs.real, pairs.imag], axis=1).ravel()[:count]


def networks(seed: int, width: int, layers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return inputs and signals, shape ``(31, width)``, and the numbers of all layers' weights.

    The last are of shape ``(layers, 31, width, width)``, each normal with variance 1.
    """
    sizes = [NETS * width, NETS * width, layers * NETS * width**2]
    inputs, signals, weights = np.split(normals(seed, sum(sizes)), np.cumsum(sizes)[:2])
    square = weights.reshape(layers, NETS, width, width)
    return inputs.reshape(NETS, width), signals.reshape(NETS, width), square


def rotations(rows: np.ndarray) -> np.ndarray:
    """Return products of the reflections in the rows of matrices, first row leftmost.

    Parameters
    ----------
    rows : numpy.ndarray
        Shape ``(..., n, n)``, a normal vector in each row.
    """
    units = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    mirrors = np.eye(rows.shape[-1]) - 2 * units[..., :, None] * units[..., None, :]
    product = mirrors[..., 0, :, :]
    for k in range(1, rows.shape[-1]):
        product = product @ mirrors[..., k, :, :]
    return product
