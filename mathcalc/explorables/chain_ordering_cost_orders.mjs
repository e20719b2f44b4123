// The orders in which a chain of matrices can be multiplied, and what each of them costs.
// An order is a tree: a leaf is a matrix by its index from the output, a node is [left, right].
// Costs stay below 7·1000³, so a double holds each of them exactly.

/** From the output to the input: every product is as high as the first matrix. */
export const fromOutput = (count) => indices(count).reduce((tree, k) => [tree, k]);

/** From the input to the output: every product is as wide as the last matrix. */
export const fromInput = (count) => indices(count).reduceRight((tree, k) => [k, tree]);

const indices = (count) => Array.from({ length: count }, (_, k) => k);

/**
 * An order with the fewest multiplications, by dynamic programming: the best order of a piece of
 * the chain is made of best orders of its two parts. Of equal ones, the one that splits last.
 */
export function cheapest(widths) {
  const count = widths.length - 1;
  const best = indices(count).map((k) => ({ [k]: { cost: 0, tree: k } }));
  for (let first = count - 1; first >= 0; first--) {
    for (let last = first + 1; last < count; last++) best[first][last] = split(best, widths, first, last);
  }
  return best[0][count - 1].tree;
}

function split(best, widths, first, last) {
  let found = { cost: Infinity };
  for (let at = last - 1; at >= first; at--) {
    const [left, right] = [best[first][at], best[at + 1][last]];
    const cost = left.cost + right.cost + widths[first] * widths[at + 1] * widths[last + 1];
    if (cost < found.cost) found = { cost, tree: [left.tree, right.tree] };
  }
  return found;
}

/** The products of an order, each after its parts: (rows × inner)(inner × columns). */
export function products(tree, widths) {
  const steps = [];
  const walk = (part) => {
    if (typeof part === "number") return { first: part, last: part, level: 0 };
    const [left, right] = part.map(walk);
    const [rows, inner, columns] = [left.first, right.first, right.last + 1].map((k) => widths[k]);
    const level = 1 + Math.max(left.level, right.level);
    const step = { first: left.first, at: left.last, last: right.last, level, rows, inner, columns, cost: rows * inner * columns };
    steps.push(step);
    return step;
  };
  walk(tree);
  return steps;
}

const LOW = "₀₁₂₃₄₅₆₇₈₉";

/** The name of a matrix: the last map's Jacobian stands first. */
export const name = (index, count) => `J${LOW[count - index]}`;

/** The order as one writes it, with brackets: (J₃J₂)J₁. */
export function brackets(tree, count) {
  const inner = (part) => (typeof part === "number" ? name(part, count) : `(${part.map(inner).join("")})`);
  return tree.map(inner).join("");
}
