/** Escapes the characters that LIKE interprets, so that the text matches literally inside a pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
