import { truncateText } from '../text/truncate-text.js';

const MAX_LENGTH = 400;

/**
 * Escapes a text for HTML, adds `<mark>` around the words of the query, ignoring case and accents, and truncates the
 * text.
 */
export function highlightTerms(text: string, query: string): string {
  const terms = folded(query)
    .text.split(/[^\p{L}\p{N}@._+-]+/u)
    .filter((term) => term.length > 0)
    .slice(0, 20);
  const start = truncateText(text, MAX_LENGTH);
  const shortened = start === text ? text : `${start}…`;
  if (terms.length === 0) return escapeHtml(shortened);
  const pattern = new RegExp(
    terms
      .sort((a, b) => b.length - a.length)
      .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
    'gu',
  );
  const { text: plain, origins } = folded(shortened);
  const parts: string[] = [];
  let end = 0;
  for (const { 0: term, index } of plain.matchAll(pattern)) {
    const [from, to] = [origins[index]!, origins[index + term.length]!];
    if (from < end || to === from) continue;
    parts.push(escapeHtml(shortened.slice(end, from)), `<mark>${escapeHtml(shortened.slice(from, to))}</mark>`);
    end = to;
  }
  return parts.join('') + escapeHtml(shortened.slice(end));
}

/**
 * The text in lower case and without accents, with the index in the original text of each index in it and of its end.
 */
function folded(text: string): { text: string; origins: number[] } {
  const letters: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    letters.push(plain);
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    at += character.length;
  }
  return { text: letters.join(''), origins: [...origins, at] };
}

/** Escapes the characters with a meaning in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
