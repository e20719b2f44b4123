// What the figure of the orders says in words.

import { whole } from "./chain_ordering_cost_tree.mjs";
import { number } from "./kit.mjs";

const plural = (count, one) => `${whole(count)} ${one}${count === 1 ? "" : "s"}`;

function sides(widths, output, input) {
  const kept = widths[0] === 1 ? "every product is a single row" : `every product has ${whole(widths[0])} rows`;
  const fat = widths.at(-1) === 1 ? "a single column" : plural(widths.at(-1), "column");
  return `From the output ${kept}; from the input every product has ${fat}.${memory(output.largest, input.largest)}`;
}

function memory(a, b) {
  if (a === b) return ` Either way the largest product holds ${plural(a, "number")}.`;
  return ` The largest product holds ${plural(a, "number")} or ${whole(b)}.`;
}

function verdict({ output, input, best }) {
  if (output.cost === input.cost) return "Both cost the same.";
  const [less, more, mode] = output.cost < input.cost ? [output, input, "From the output (reverse mode)"] : [input, output, "From the input (forward mode)"];
  const optimal = less.cost === best.cost ? ", and no order is cheaper" : "";
  return `${mode} takes ${number(more.cost / less.cost)} times fewer multiplications${optimal}.`;
}

function middle({ output, input, best }) {
  const least = Math.min(output.cost, input.cost);
  if (best.cost === least) return "";
  return ` Best is ${best.brackets}: ${number(least / best.cost)} times fewer still.`;
}

/** Two or three sentences for the widths that are shown. */
export function words(widths, result) {
  return `${sides(widths, result.output, result.input)} ${verdict(result)}${middle(result)}`;
}
