import { distance } from 'fastest-levenshtein';

const MAX_COMPARED_LENGTH = 64;

/**
 * The candidate that is most similar to `name`, for a "did you mean": the one with the fewest edits, at most a third of
 * its letters and never more than three. Two swapped letters are one edit. Undefined if none is similar enough.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_COMPARED_LENGTH) return undefined;
  const target = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const allowed = Math.min(3, Math.max(1, Math.floor(candidate.length / 3)));
    if (Math.abs(candidate.length - target.length) > allowed) continue;
    const other = candidate.toLowerCase();
    const edits = isSwap(target, other) ? 1 : distance(target, other);
    if (edits <= allowed && edits < bestDistance) [best, bestDistance] = [candidate, edits];
  }
  return best;
}

/** True if the texts differ by two neighbouring letters only, which are swapped. */
function isSwap(first: string, second: string): boolean {
  if (first.length !== second.length) return false;
  const at = first.split('').findIndex((letter, index) => letter !== second[index]);
  return at >= 0 && first.slice(0, at) + first[at + 1] + first[at] + first.slice(at + 2) === second;
}
