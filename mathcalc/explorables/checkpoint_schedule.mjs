// Schedules that reverse a chain of n steps in little memory, and what happens when one is carried out.
// An action is { kind, from, to }: "advance" runs steps without recording them, "record" with, "back"
// goes back through recorded steps; "store", "restore" and "free" deal with a snapshot, in no time.

/** Where k segments begin, as equal as may be, the longer last. */
export const equalStarts = (n, k) => Array.from({ length: k }, (_, j) => Math.floor((j * n) / k));

const still = (kind, at) => ({ kind, from: at, to: at });
const move = (kind, from, to) => ({ kind, from, to });

/** One snapshot a segment; the segments, from the last to the first, are recorded as wholes. */
export function segmentSchedule(n, starts) {
  const ends = [...starts.slice(1), n];
  const out = starts.slice(1).flatMap((start, j) => [move("advance", starts[j], start), still("store", start)]);
  const home = starts.map((start, j) => [
    ...(ends[j] < n ? [still("restore", start)] : []),
    move("record", start, ends[j]), move("back", ends[j], start), still("free", start),
  ]);
  return [still("store", 0), ...out, ...home.reverse().flat()];
}

/** C(s + t, s): how long a chain s snapshots reverse if no step is advanced more than t times. */
export function longest(s, t) {
  let count = 1;
  for (let k = 1; k <= s; k++) count = (count * (t + k)) / k;
  return t < 0 ? 0 : count;
}

/** The least such t for a chain of n. */
export function repetitions(n, s) {
  let t = 0;
  while (longest(s, t) < n) t += 1;
  return t;
}

/** The least number of advanced steps: t·n − C(s + t, t − 1). */
export function leastSteps(n, s) {
  const t = repetitions(n, s);
  return t === 0 ? 0 : t * n - longest(s + 1, t - 1);
}

/** A schedule with s snapshots that advances so few steps; only one step is recorded at a time. */
export function binomialSchedule(n, s) {
  const actions = [still("store", 0)];
  unwind(actions, 0, n, s);
  return [...actions, still("free", 0)];
}

function unwind(actions, start, n, s) {
  for (let left = n; left > 1; ) {
    const t = repetitions(left, s);
    const ahead = Math.min(longest(s, t - 1), left - longest(s - 1, t - 1)), middle = start + ahead;
    actions.push(move("advance", start, middle));
    if (left - ahead > 1) actions.push(still("store", middle));
    unwind(actions, middle, left - ahead, s - 1);
    if (left - ahead > 1) actions.push(still("free", middle));
    actions.push(still("restore", start));
    left = ahead;
  }
  actions.push(move("record", start, start + 1), move("back", start + 1, start));
}

/**
 * Carry a schedule out. Time is counted in steps: those advanced, recorded and gone back. Returns the
 * actions with their beginning `at`, the memory after each as { at, held }, the snapshots as
 * { from, birth, death }, and the counts.
 */
export function carryOut(n, actions) {
  let at = 0, held = 0, advanced = 0;
  const alive = new Map(), snapshots = [], memory = [], timed = [];
  for (const { kind, from, to } of actions) {
    const steps = Math.abs(to - from);
    timed.push({ kind, from, to, at, steps });
    if (kind === "store") alive.set(from, at);
    if (kind === "free") {
      snapshots.push({ from, birth: alive.get(from), death: at });
      alive.delete(from);
    }
    held += { store: 1, free: -1, record: steps, back: -steps }[kind] ?? 0;
    if (kind === "advance") advanced += steps;
    at += steps;
    memory.push({ at, held });
  }
  return { timed, snapshots, memory, advanced, recorded: n, ticks: at, peak: Math.max(...memory.map((m) => m.held)) };
}

/** What is there at a tick: the action under way, where it has come to, and what is in memory. */
export function moment({ timed, snapshots }, tick, n) {
  const now = timed.findLast(({ at, steps }) => steps > 0 && at < tick) ?? timed[0];
  const done = Math.min(Math.max(tick - now.at, 0), now.steps);
  const place = now.from + Math.sign(now.to - now.from) * done;
  const kept = snapshots.filter(({ birth, death }) => birth <= tick && tick < death).map(({ from }) => from);
  const home = timed.filter(({ kind, at }) => kind === "back" && at < tick);
  const left = home.length ? (home.at(-1) === now ? place : home.at(-1).to) : n;
  return { kind: now.steps ? now.kind : "start", place, kept: kept.sort((a, b) => a - b), tape: tapeOf(now, place), left };
}

function tapeOf({ kind, from, to }, place) {
  if (kind === "record") return [from, place];
  return kind === "back" ? [to, place] : [place, place];
}
