import { wordsQuery } from '@parley/kernel';

/** The words of a subject as the index has them; of the table under this alias. */
export function subjectWords(alias: string): string {
  return `to_tsvector('simple', coalesce(${alias}.subject, ''))`;
}

/** In which stretch of 131,072 messages, in the order in which they came, a message stands; as the index has it. */
export function messageStretch(alias: string): string {
  return `(array[(${alias}.serial >> 17)::int])`;
}

/** In which stretch of 32,768 of its workspace's conversations a conversation stands; as the index has it. */
export function conversationStretch(alias: string): string {
  return `(array[(${alias}.number >> 15)::int])`;
}

/**
 * The ids of conversations whose subject or messages have the words, or whose number it is: `#42` is the number alone, `42` both.
 * @param bind takes a value and gives the parameter that stands for it.
 */
export function conversationsWith(words: string, workspace: string, bind: (value: unknown) => string): string {
  const [, hash, digits] = /^\s*(#?)(\d{1,15})\s*$/.exec(words) ?? [];
  const numbered = digits === undefined ? [] : [`select n.id from messaging.conversations n where n.workspace_id = ${workspace} and n.number = ${bind(Number(digits))}`];
  if (hash === '#') return numbered[0]!;
  const query = wordsQuery(words, bind(words));
  return [
    `select m.conversation_id from messaging.messages m where m.workspace_id = ${workspace} and m.search @@ ${query} and m.deleted_at is null`,
    `select t.id from messaging.conversations t where t.workspace_id = ${workspace} and ${subjectWords('t')} @@ ${query}`,
    ...numbered,
  ].join(' union all ');
}
