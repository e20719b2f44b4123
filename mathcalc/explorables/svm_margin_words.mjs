// What the figure says in words.

import { number } from "./kit.mjs";

const NEAR = 1e-7;
const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

/** Two or three sentences for the state that is shown. */
export function words({ alpha, margins, slack, width, gap }, { C, hard }) {
  if (alpha === null) return "No line parts the two classes, so a hard margin is impossible: the dual grows without bound. Drag a point back, or allow slack.";
  if (!Number.isFinite(width)) return "The classes are so mixed, and slack so cheap, that w = 0 is best: there is no street. Raise C, or drag the classes apart.";
  const support = alpha.filter((a) => a > 0).length;
  const bound = hard ? 0 : alpha.filter((a) => a >= C).length;
  const wrong = margins.filter((m) => m < -NEAR).length;
  const inside = slack.filter((v) => v > NEAR).length - wrong;
  const edge = `${count(support, "support vector")}: ${support - bound} on the edge of the street${bound ? `, ${bound} at the price limit α = C` : ""}.`;
  const trouble = inside + wrong > 0 ? ` ${count(inside, "point")} in the street, ${wrong} on the wrong side.` : " No point is in the street.";
  const others = support < alpha.length ? " All others have α = 0: they could be taken away." : " No point has α = 0.";
  return `The street is ${number(width)} wide. ${edge}${trouble}${others} The objectives are ${number(Math.abs(gap))} apart.`;
}
