import { foldText, foldTextWithOrigins } from '../text/fold-text.js';
import { truncateText } from '../text/truncate-text.js';

const MAX_LENGTH = 400;

/**
 * Escapes a text for HTML, adds `<mark>` around the words of the query, compared as
 * {@link foldText} folds them, and truncates the text.
 */
export function highlightTerms(text: string, query: string): string {
  const terms = foldText(query)
    .split(/[^\p{L}\p{N}@._+-]+/u)
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
  const { text: plain, origins } = foldTextWithOrigins(shortened);
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

/** Escapes the characters with a meaning in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
