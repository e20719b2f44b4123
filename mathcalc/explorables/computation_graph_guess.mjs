// A reader's guess of an adjoint: whether it is right, and if not, what it is instead.

import { plain, sumOf } from "./computation_graph_words.mjs";
import { parse } from "./expression.mjs";

const sum = (values) => values.reduce((all, value) => all + value, 0);

/** A number, or a calculation such as 18*2 + 18. */
function read(text) {
  try {
    return parse(text.replace(/[−–]/g, "-").replace(/[·×]/g, "*"), []).value([]);
  } catch {
    return NaN;
  }
}

const same = (guess, value) => Math.abs(guess - value) <= 0.01 * Math.abs(value) + 0.0005;

// What a wrong guess may be, most telling first: [whether it is this, what to say].
function mistakes(guess, i, { list, values, adjoints, shares }) {
  const own = shares[i], name = list.names[i], called = (line) => list.names[line], bar = (line) => list.bars[line];
  const several = own.length > 1, is = (value) => same(guess, value);
  const one = own.find(({ share }) => is(share));
  const bare = own.find(({ partial }) => is(partial));
  const whole = own.find(({ to }) => is(adjoints[to]));
  return [
    [!own.length, () => `The last node is the loss itself: how much does L change when L changes by 1?`],
    [several && one, () => `That is the share of one arrow, into ${called(one.to)}. ${own.length === 2 ? "One more arrow leaves" : `${own.length - 1} more arrows leave`} ${name}: add what comes back along each of them.`],
    [several && is(own.reduce((all, { share }) => all * share, 1)), () => `The shares of the arrows are added, not multiplied.`],
    [several && is(sum(own.map(({ partial }) => partial))), () => `These are the local derivatives alone: each is multiplied by the adjoint at the end of its arrow first.`],
    [several && is(sum(own.map(({ to }) => adjoints[to]))), () => `These are the adjoints of the consumers alone: each is multiplied by the local derivative on its arrow first.`],
    [is(-adjoints[i]), () => `The size is right; look at the signs again.`],
    [bare, () => `That is the local derivative on the arrow: multiply it by ${bar(bare.to)} = ${plain(adjoints[bare.to])}, the adjoint at the arrow's end.`],
    [whole, () => `That is ${bar(whole.to)} itself: multiply it by the local derivative on the arrow, ∂${called(whole.to)}/∂${name} = ${plain(whole.partial)}.`],
    [is(values[i]), () => `That is the value of ${name}. Asked is how much L changes with it.`],
    [true, () => `Not yet. ${several ? `${own.length} arrows leave ${name}` : `One arrow leaves ${name}`}: ${sumOf(i, { list, shares, adjoints }, false)}.`],
  ];
}

/** Judge the guess of line i's adjoint: { right, text }. */
export function check(text, i, result) {
  const guess = read(text);
  if (!Number.isFinite(guess)) return { right: false, text: "Write a number, or a calculation such as 18*2 + 18." };
  if (same(guess, result.adjoints[i])) return { right: true, text: `Right: ${sumOf(i, result, true)}.` };
  const [, say] = mistakes(guess, i, result).find(([fits]) => fits);
  return { right: false, text: say() };
}
