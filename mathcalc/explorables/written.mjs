// Numbers and marked names in the figures on graphs.

/** A number to some significant digits; what is no number is called so. */
export function written(value, digits = 6) {
  if (Number.isNaN(value)) return "none";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const plain = value === 0 || (size >= 1e-4 && size < 1e6);
  const text = plain ? String(Number(value.toPrecision(digits))) : value.toExponential(digits > 4 ? 3 : 1);
  return text.replace(/-/g, "−").replace("e+", "e");
}

const marked = (mark) => (name) => name[0] + mark + name.slice(1);
/** ẋ₁ for the tangent of x₁, and x̄₁ for its adjoint. */
export const dotted = marked("\u0307"), barred = marked("\u0304");
