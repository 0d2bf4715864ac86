/** The text with everything that LIKE would read as a pattern escaped: found as it stands, wherever it is put into a pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
