// What a product of Jacobians costs in each order: from the loss, from the input, and at best.
// Traits: see chain_ordering_cost.py. `compute` is the mathematics; the rest draws what it returns.

import { brackets, cheapest, fromInput, fromOutput, products } from "./chain_ordering_cost_orders.mjs";
import { Scene } from "./chain_ordering_cost_scene.mjs";
import { bind } from "./kit.mjs";

const KEYS = ["chains", "widths"];
const [FEWEST, MOST, WIDEST] = [2, 8, 1000];

function outcome(tree, widths) {
  const steps = products(tree, widths);
  return {
    tree,
    steps,
    brackets: brackets(tree, widths.length - 1),
    cost: steps.reduce((sum, step) => sum + step.cost, 0),
    largest: Math.max(...steps.map(({ rows, columns }) => rows * columns)),
  };
}

/** Every number that the figure shows, from its state: three orders of one product. */
export function compute({ widths }) {
  const count = widths.length - 1;
  return {
    output: outcome(fromOutput(count), widths),
    input: outcome(fromInput(count), widths),
    best: outcome(cheapest(widths), widths),
  };
}

/** The widths in a reader's text; an Error says what is wrong with it. */
export function read(text) {
  const widths = text.trim().split(/[\s,;×]+/).map(Number);
  if (widths.length <= FEWEST || widths.length > MOST + 1) {
    throw new Error(`Write ${FEWEST + 1} to ${MOST + 1} widths, from the output to the input, such as 1, 100, 1000.`);
  }
  if (!widths.every((n) => Number.isInteger(n) && n >= 1 && n <= WIDEST)) {
    throw new Error(`Each width is a whole number from 1 to ${WIDEST}.`);
  }
  return widths;
}

function acts(model, update) {
  const widths = () => model.get("widths");
  return {
    chosen: (index) => update({ widths: model.get("chains")[index].widths }),
    typed(text) {
      try {
        update({ widths: read(text) });
      } catch (error) {
        return error.message;
      }
      return "";
    },
    resized: (at, width) => update({ widths: widths().map((n, k) => (k === at ? width : n)) }),
    // A longer chain goes on as wide as it ends; a shorter one loses the maps next to the input.
    counted: (count) => update({ widths: Array.from({ length: count + 1 }, (_, k) => widths()[k] ?? widths().at(-1)) }),
  };
}

function render({ model, el }) {
  const scene = new Scene(acts(model, (changes) => bond.update(changes)), model.get("chains"));
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const draw = () => scene.draw(state(), compute(state()));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
