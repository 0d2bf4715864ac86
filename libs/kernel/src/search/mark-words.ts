const LONGEST = 400;

/** HTML-escapes a text and puts `<mark>` around the words of the query, regardless of case and accents; cut to a readable length. */
export function markWords(text: string, query: string): string {
  const words = folded(query)
    .text.split(/[^\p{L}\p{N}@._+-]+/u)
    .filter((word) => word.length > 0)
    .slice(0, 20);
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (words.length === 0) return escapeHtml(cut);
  const pattern = new RegExp(
    words
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
    'gu',
  );
  const { text: plain, origins } = folded(cut);
  const parts: string[] = [];
  let reached = 0;
  for (const { 0: word, index } of plain.matchAll(pattern)) {
    const [from, to] = [origins[index]!, origins[index + word.length]!];
    if (from < reached || to === from) continue;
    parts.push(escapeHtml(cut.slice(reached, from)), `<mark>${escapeHtml(cut.slice(from, to))}</mark>`);
    reached = to;
  }
  return parts.join('') + escapeHtml(cut.slice(reached));
}

/** A text in lower case and without accents, and for each place in it, and its end, the place in the text that it comes from. */
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

/** The text with what HTML would read as markup written out. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
