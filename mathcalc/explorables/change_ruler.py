"""Steepest descent in a norm of one's own: the figure, its twin, and its reference."""

from math import inf, isfinite, pi
from typing import Any

import numpy as np
import traitlets
from traitlets import Enum, Float, Int, List, TraitError, Unicode

from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.change_ruler_norms import EUCLID, descend, dual_norm, length, steepest
from mathcalc.explorables.change_ruler_twin import WINDOW, draw
from mathcalc.symbolic import ScalarField

NARROWEST, WIDEST = 0.2, 1.8
STEPS = 12
ROUNDING = 1e-9

LOSSES = [
    {"name": "anisotropic bowl", "formula": "(x**2 + 10*y**2)/2"},
    {"name": "tilted bowl", "formula": "x**2 + x*y + y**2"},
    {"name": "slanted valley", "formula": "(5*x**2 - 6*x*y + 5*y**2)/4"},
    {"name": "round bowl", "formula": "(x**2 + y**2)/2"},
]


class ChangeRuler(Explorable):
    r"""Steepest ascent depends on the ruler: :math:`\max\{\langle g, v\rangle : \|v\|\le 1\}`.

    The maximum is the dual norm :math:`\|g\|_*`; the maximiser is the direction of coordinate
    descent (ℓ1), gradient descent (ℓ2), sign descent (ℓ∞), the natural gradient (an ellipse) or
    Newton's method (the Hessian's ellipse).

    Parameters
    ----------
    loss : str
        A quadratic in the menu, such as ``"anisotropic bowl"`` or ``"tilted bowl"``.
    p : float, optional
        The ruler is the ℓp norm, from 1 to ``inf``; ``inf`` if no ellipse is asked for.
    axes : sequence of 2 floats or "hessian", optional
        The ruler is the ellipse with these half-axes, from 0.2 to 1.8; or that of the Hessian.
    turn : float
        The angle of the ellipse's first axis, in radians.
    formula : str, optional
        A quadratic of your own with its minimum, zero, at the origin; the eigenvalues of its
        Hessian from 0.31 to 25.
    x : sequence of 2 floats
        Where descent starts, each coordinate from -2 to 2; the gradient there is the one shown.
    steps : int
        How many steps of descent are drawn, from 0 to 12.

    Raises
    ------
    ValueError
        If there is no such loss, ``p`` is below 1, or both ``p`` and ``axes`` are given.
    traitlets.TraitError
        If a value is out of range or a formula is no such quadratic.
    """

    name = "change-the-ruler"
    state_keys = ("losses", "formula", "x", "kind", "inverse_p", "axes", "turn", "steps")
    _esm = module_text("change_ruler.mjs")

    losses = List(LOSSES).tag(sync=True)
    formula = Unicode().tag(sync=True)
    x = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    kind = Enum(["lp", "ellipse"], default_value="lp").tag(sync=True)
    inverse_p = Float(min=0.0, max=1.0).tag(sync=True)
    axes = List(Float(min=NARROWEST, max=WIDEST), minlen=2, maxlen=2).tag(sync=True)
    turn = Float().tag(sync=True)
    steps = Int(min=0, max=STEPS).tag(sync=True)

    def __init__(
        self,
        loss: str = "anisotropic bowl",
        *,
        p: float | None = None,
        axes: Any = None,
        turn: float = 0.0,
        formula: str | None = None,
        x: Any = (1.5, 0.5),
        steps: int = 6,
    ):
        quadratic = _formula(loss) if formula is None else formula
        ruler = _ruler(quadratic, p, axes, turn)
        super().__init__(formula=quadratic, x=list(x), steps=steps, **ruler)

    @traitlets.validate("formula")
    def _bowl(self, proposal: dict[str, Any]) -> str:
        try:
            field = ScalarField(proposal["value"], ("x", "y"))
        except ValueError as error:
            raise TraitError(f"formula={proposal['value']!r}: {error}") from error
        if not _is_bowl(field):
            wanted = "give a quadratic with minimum 0 at (0, 0) and curvatures from 0.31 to 25"
            raise TraitError(f"formula={proposal['value']!r}: {wanted}")
        return proposal["value"]

    @traitlets.validate("x")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        if not all(abs(coordinate) <= WINDOW[1] for coordinate in proposal["value"]):
            raise TraitError(f"x={proposal['value']}: give two numbers from -2 to 2")
        return proposal["value"]

    @traitlets.validate("turn")
    def _angle(self, proposal: dict[str, Any]) -> float:
        if not isfinite(proposal["value"]):
            raise TraitError(f"turn={proposal['value']}: give a finite angle in radians")
        return proposal["value"] % (2 * pi)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known, ruler = reference(self.state()), _words(self.state())
        descent = f"{self.steps} steps of descent on {self.formula}, beside those of the circle."
        if known["v"] is None:
            return f"{ruler}, with no gradient at the minimum of {self.formula}."
        v = ", ".join(f"{part:.3f}" for part in known["v"])
        return f"{ruler}, touched at ({v}) by the gradient's farthest level line; {descent}"

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Change the ruler and steepest descent changes. The steepest direction v is where the "
            "farthest level line of v ↦ ⟨g, v⟩ meets the unit ball. Drag the ball's edge, turn the "
            "gradient g, or move the start x; every step goes to the lowest point of its line."
        )

    def twin(self) -> Any:
        """Draw the ball and both descents: a Matplotlib figure."""
        return draw(self.state(), reference(self.state()))


def _formula(loss: str) -> str:
    for entry in LOSSES:
        if entry["name"] == loss:
            return entry["formula"]
    raise ValueError(f"loss={loss!r}: choose one of {[entry['name'] for entry in LOSSES]}")


def _is_bowl(field: ScalarField) -> bool:
    origin = np.zeros(2)
    if any(entry.free_symbols for entry in field.hessian_expression):
        return False
    resting = not (field.gradient(origin).any() or field(origin))
    # So the Hessian's ellipse has half-axes that the figure can show.
    low, high = WIDEST**-2 - ROUNDING, NARROWEST**-2 + ROUNDING
    curvatures = np.linalg.eigvalsh(field.hessian(origin))
    return resting and bool(low <= curvatures[0] and curvatures[1] <= high)


def _ruler(formula: str, p: float | None, axes: Any, turn: float) -> dict[str, Any]:
    """Return the traits of a ruler; those that it does not need keep their places."""
    if p is not None and axes is not None:
        raise ValueError("p and axes are two rulers: give one of them")
    if p is not None and not p >= 1:
        raise ValueError(f"p={p}: an ℓp norm needs p from 1 to inf")
    if isinstance(axes, str):
        return {"kind": "ellipse", "inverse_p": 0.0, **_newton(formula, axes)}
    if axes is not None:
        return {"kind": "ellipse", "inverse_p": 0.0, "axes": list(axes), "turn": turn}
    inverse = 1 / (inf if p is None else p)
    return {"kind": "lp", "inverse_p": inverse, "axes": [1.2, 0.5], "turn": turn}


def _newton(formula: str, axes: str) -> dict[str, Any]:
    if axes != "hessian":
        raise ValueError(f"axes={axes!r}: give two half-axes, or 'hessian'")
    curvatures, directions = np.linalg.eigh(ScalarField(formula, ("x", "y")).hessian(np.zeros(2)))
    along = directions[:, 0]
    angle = float(np.arctan2(along[1], along[0])) % pi
    half_axes = np.clip(curvatures**-0.5, NARROWEST, WIDEST)
    return {"axes": half_axes.tolist(), "turn": angle}


def _words(state: dict[str, Any]) -> str:
    if state["kind"] == "ellipse":
        return f"An ellipse with half-axes {state['axes'][0]:.3g} and {state['axes'][1]:.3g}"
    p = f"{1 / state['inverse_p']:.4g}" if state["inverse_p"] else "∞"
    return f"The unit ball of the ℓp norm for p = {p}"


def _between(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    return float(2 * np.arctan2(np.linalg.norm(a - b), np.linalg.norm(a + b)))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by NumPy's norms and a complex step.

    Parameters
    ----------
    state : dict
        As `ChangeRuler.state` returns it.

    Returns
    -------
    dict
        ``value`` and ``gradient`` of the loss at x; ``dual``, the gradient's dual norm; ``v``, the
        steepest direction, its ``product`` with the gradient, its ``length`` in the ruler, its
        ``angle`` to the gradient in radians and the ``radius`` of the first step, all None at the
        minimum; ``face``, the ends of the side that is met, or None; the descents ``run`` with
        this ruler and ``euclid`` with the circle, each with ``path`` and ``losses``.
    """
    field, x = ScalarField(state["formula"], ("x", "y")), np.asarray(state["x"], dtype=float)
    g, steps = field.gradient(x), state["steps"]
    runs = {"run": descend(field, x, state, steps), "euclid": descend(field, x, EUCLID, steps)}
    known = {"value": float(field(x)), "gradient": g.tolist(), "dual": dual_norm(state, g), **runs}
    return {**known, **_direction(state, g, field.hessian(x))}


def _direction(ruler: dict[str, Any], g: np.ndarray, H: np.ndarray) -> dict[str, Any]:
    if not g.any():
        return dict.fromkeys(("v", "face", "product", "length", "angle", "radius"))
    v, face = steepest(ruler, g).values()
    product = float(g @ v)
    return {
        "v": v.tolist(),
        "face": None if face is None else face.tolist(),
        "product": product,
        "length": length(ruler, v),
        "angle": _between(g, v),
        "radius": product / float(v @ H @ v),
    }
