// What the figure says in words.

import { number } from "./kit.mjs";

const percent = (share) => `${number(100 * share)} %`;

/** The largest share that leaves a chance of one in twenty to find none. */
const bound = (samples) => 1 - 0.05 ** (1 / samples);

function beside({ minima, exact, coin, error }, { n, samples }) {
  if (exact !== null) {
    const far = Math.abs(minima - exact) / (error || 1);
    return `Exactly it is ${percent(exact)}${far < 4 ? ", within four standard errors of the count" : ""}; independent signs would give ${percent(coin)}.`;
  }
  const rare = minima === 0 ? `none was found, so it is below ${percent(bound(samples))} with 95 % confidence` : `that is ${number(minima / coin)} times as many`;
  return `Independent signs would give ${percent(coin)}, one in ${2 ** n}: ${rare}.`;
}

/** Two or three sentences for the state that is shown. */
export function words(result, state) {
  const { n, samples, shift } = state;
  const kind = shift === 0 ? "symmetric about zero" : `shifted by ${number(shift)}`;
  const first = `Of ${samples} random Hessians of size ${n}, with a spectrum ${kind}, ${percent(result.minima)} have only positive eigenvalues and ${percent(result.saddles)} have both signs.`;
  return `${first} ${beside(result, state)}`;
}
