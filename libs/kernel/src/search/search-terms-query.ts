/**
 * SQL for the tsquery of the user's search terms. The last term also matches as a prefix. Terms without any word, or
 * with exclusions only, give null, which matches nothing.
 * @param terms determine the text of the SQL; the statement reads them from `parameter`.
 */
export function searchTermsQuery(terms: string, parameter: string): string {
  // Postgres parses the terms, so that e-mail addresses and numbers stay whole, as in the index. Excluded terms must be
  // whole.
  const partial = isLastTermPartial(terms)
    ? `when q::text ~ '[^!]''[^'']*''$' or q::text ~ '^''[^'']*''$' then (q::text || ':*')::tsquery `
    : '';
  return `(select case when querytree(q) in ('', 'T') then null ${partial}else q end
    from websearch_to_tsquery('simple', ${parameter}) q)`;
}

/** True if the last term can be a prefix. One or two letters of an alphabet would match far too many words. */
export function isLastTermPartial(terms: string): boolean {
  return /(?:[\p{L}\p{N}]{3}|[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{C}])[^\p{L}\p{N}]*$/u.test(terms);
}
