// What the figure says in words.

import { number } from "./kit.mjs";

const percent = (share) => `${number(100 * share)} %`;

function beside({ minima, exact, coin, error }, { n }) {
  if (exact !== null) {
    const far = Math.abs(minima - exact) / (error || 1);
    return `Exactly it is ${percent(exact)}${far < 4 ? ", within four standard errors of the count" : ""}; independent signs would give ${percent(coin)}.`;
  }
  const rare = minima === 0 ? "none was found" : `that is ${number(minima / coin)} times as many`;
  return `Independent signs would give ${percent(coin)}, one in ${2 ** n}: ${rare}.`;
}

/** Two or three sentences for the state that is shown. */
export function words(result, state) {
  const { n, samples, shift } = state;
  const kind = shift === 0 ? "symmetric about zero" : `shifted by ${number(shift)}`;
  const first = `Of ${samples} random Hessians of size ${n}, with a spectrum ${kind}, ${percent(result.minima)} have only positive eigenvalues and ${percent(result.saddles)} have both signs.`;
  return `${first} ${beside(result, state)}`;
}
