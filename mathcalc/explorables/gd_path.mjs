// The path of the heavy ball: x(t+1) = x(t) − η∇f + β(x(t) − x(t−1)), from rest.

const HORIZON = 500;
const CEILING = 1e12;

function standing({ value, gradient }) {
  if (Math.abs(value) > CEILING) return "diverged";
  return Number.isFinite(value) && gradient.every(Number.isFinite) ? "ran" : "undefined";
}

/** The whole run: it ends after so many steps, or before the first point that cannot be shown. */
export function descend(f, start, eta, beta, steps = HORIZON) {
  const run = { path: [], losses: [], gradients: [], norms: [], status: "ran" };
  let [x, y] = start;
  let [dx, dy] = [0, 0];
  while (run.path.length <= steps) {
    const jet = f.jet([x, y]);
    run.status = standing(jet);
    if (run.status !== "ran") break;
    run.path.push([x, y]);
    run.losses.push(jet.value);
    run.gradients.push([...jet.gradient]);
    run.norms.push(Math.hypot(...jet.gradient));
    dx = beta * dx - eta * jet.gradient[0];
    dy = beta * dy - eta * jet.gradient[1];
    [x, y] = [x + dx, y + dy];
  }
  return run;
}
