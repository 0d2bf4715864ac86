import { wordsQuery, type SearchCondition } from '@parley/kernel';
import { COMMON, GLANCE } from './completed-query.js';

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

/** Conversations whose messages are read through to fill a page: some tens of milliseconds. */
const MOST_WALKED = 2_000;

/** The number in words that are one: `42`, or `#42`, which is nothing but a number. */
export function numberIn(words: string): { readonly value: number; readonly only: boolean } | null {
  const [, hash, digits] = /^\s*(#?)(\d{1,15})\s*$/.exec(words) ?? [];
  return digits === undefined ? null : { value: Number(digits), only: hash === '#' };
}

/**
 * Holds for conversations `c` of the workspace `$1` whose subject or messages have the words, or whose number they are.
 * @param bind takes a value and gives the parameter that stands for it.
 */
export function wordsCondition(words: string, bind: (value: unknown) => string): SearchCondition {
  const query = wordsQuery(words, bind(words));
  const number = numberIn(words);
  const numbered = number && bind(number.value);
  const living = 'm.workspace_id = $1 and m.deleted_at is null';
  const ids = [
    `select m.conversation_id from messaging.messages m where ${living} and m.search @@ ${query}`,
    `select t.id from messaging.conversations t where t.workspace_id = $1 and ${subjectWords('t')} @@ ${query}`,
    ...(numbered
      ? [`select n.id from messaging.conversations n where n.workspace_id = $1 and n.number = ${numbered}`]
      : []),
  ];
  // Read before it is compared, by the conversation's index: that of the words would be read whole.
  const said = `(select true from (select m.search from messaging.messages m where m.conversation_id = c.id and m.deleted_at is null offset 0) said where said.search @@ ${query} limit 1) is true`;
  const glance = `select m.search from messaging.messages m where ${living} order by m.created_at desc, m.id desc limit ${GLANCE}`;
  return {
    common: `select count(*) >= ${COMMON} from (${glance}) newest where newest.search @@ ${query}`,
    found: `c.id in (${ids.join(' union all ')})`,
    mostWalked: MOST_WALKED,
    holds: `(${[said, `${subjectWords('c')} @@ ${query}`, ...(numbered ? [`c.number = ${numbered}`] : [])].join(' or ')})`,
  };
}
