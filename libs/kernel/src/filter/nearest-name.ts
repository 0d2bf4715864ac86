import { distance } from 'fastest-levenshtein';

const MAX_COMPARED_LENGTH = 64;

/**
 * The candidate that is most similar to `name`, for a "did you mean": the one with the fewest edits, at most a third of
 * its letters and never more than three. Undefined if none is similar enough.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_COMPARED_LENGTH) return undefined;
  const target = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const allowed = Math.min(3, Math.max(1, Math.floor(candidate.length / 3)));
    if (Math.abs(candidate.length - target.length) > allowed) continue;
    const edits = distance(target, candidate.toLowerCase());
    if (edits <= allowed && edits < bestDistance) [best, bestDistance] = [candidate, edits];
  }
  return best;
}
