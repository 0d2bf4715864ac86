const LONGEST = 400;

/** HTML-escapes a text and puts `<mark>` around the words of the query, regardless of case; cut to a readable length. */
export function markWords(text: string, query: string): string {
  const words = query.split(/[^\p{L}\p{N}@._+-]+/u).filter((word) => word.length > 0).slice(0, 20);
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (words.length === 0) return escapeHtml(cut);
  const pattern = new RegExp(`(${words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return cut.split(pattern).map((part, index) => (index % 2 === 1 ? `<mark>${escapeHtml(part)}</mark>` : escapeHtml(part))).join('');
}

/** The text with what HTML would read as markup written out. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
