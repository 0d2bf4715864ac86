/**
 * The query of somebody's words, those of which the last may be unfinished as the beginning of one; words that say nothing, or only what to leave out, find nothing.
 * @param terms decide what the text is like; the statement reads them from `parameter`.
 */
export function searchTermsQuery(terms: string, parameter: string): string {
  // Parsing by Postgres keeps e-mail addresses and numbers whole as in the index. What is left out must be whole.
  const partial = isLastTermPartial(terms)
    ? `when q::text ~ '[^!]''[^'']*''$' or q::text ~ '^''[^'']*''$' then (q::text || ':*')::tsquery `
    : '';
  return `(select case when querytree(q) in ('', 'T') then null ${partial}else q end from websearch_to_tsquery('simple', ${parameter}) q)`;
}

/** Whether the last word may be the beginning of a longer one: one or two letters of an alphabet would be that of far too many. */
export function isLastTermPartial(terms: string): boolean {
  return /(?:[\p{L}\p{N}]{3}|[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{C}])[^\p{L}\p{N}]*$/u.test(terms);
}
