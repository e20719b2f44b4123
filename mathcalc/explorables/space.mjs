// Three dimensions on paper: a camera far away, and the order in which to paint a landscape.

const RADIANS = Math.PI / 180;

/**
 * The camera's basis: where right, up and the viewer are, as seen from the scene. It is turned
 * about the vertical axis, and tilted up from the horizon; both in degrees.
 */
export function camera(turn, tilt) {
  const [c, s] = [Math.cos(turn * RADIANS), Math.sin(turn * RADIANS)];
  const [ct, st] = [Math.cos(tilt * RADIANS), Math.sin(tilt * RADIANS)];
  return { right: [c, s, 0], up: [-s * st, c * st, ct], toward: [s * ct, -c * ct, st] };
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** A point of space on the paper: [to the right, down]. */
export const project = ({ right, up }, point) => [dot(right, point), -dot(up, point)];

/** The way on the floor whose picture is [to the right, down]. Near the horizon it stays short. */
export function onFloor({ right: [c, s], toward }, [u, v]) {
  const tilt = Math.abs(toward[2]) > 0.2 ? toward[2] : Math.sign(toward[2] || 1) * 0.2;
  return [c * u + (s * v) / tilt, s * u - (c * v) / tilt];
}

/** The indices of n rows of cells, the far ones first, along an axis that points so far to the viewer. */
export function farFirst(n, toViewer) {
  return Array.from({ length: n }, (_, k) => (toViewer > 0 ? k : n - 1 - k));
}
