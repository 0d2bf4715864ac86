import type { SearchCondition } from '@parley/kernel/pagination';
import { searchTermsQuery } from '@parley/kernel/search';
import { COMMON_THRESHOLD, SAMPLE_SIZE } from './search-plan.js';

/** The words of a subject as the index has them; of the table under this alias. */
export function subjectVectorSql(alias: string): string {
  return `to_tsvector('simple', coalesce(${alias}.subject, ''))`;
}

/** In which stretch of 131,072 messages, in the order in which they came, a message stands; as the index has it. */
export function messagePartitionSql(alias: string): string {
  return `(array[(${alias}.serial >> 17)::int])`;
}

/** In which stretch of 32,768 of its workspace's conversations a conversation stands; as the index has it. */
export function conversationPartitionSql(alias: string): string {
  return `(array[(${alias}.number >> 15)::int])`;
}

/** Conversations whose messages are read through to fill a page: some tens of milliseconds. */
const MAX_SCANNED_CONVERSATIONS = 2_000;

/** The number in words that are one: `42`, or `#42`, which is nothing but a number. */
export function parseConversationNumber(
  text: string,
): { readonly value: number; readonly isNumberOnly: boolean } | null {
  const [, hash, digits] = /^\s*(#?)(\d{1,15})\s*$/.exec(text) ?? [];
  return digits === undefined ? null : { value: Number(digits), isNumberOnly: hash === '#' };
}

/**
 * Holds for conversations `c` of the workspace `$1` whose subject or messages have the words, or whose number they are.
 * @param bind takes a value and gives the parameter that stands for it.
 */
export function textCondition(text: string, bind: (value: unknown) => string): SearchCondition {
  const query = searchTermsQuery(text, bind(text));
  const number = parseConversationNumber(text);
  const numberParameter = number && bind(number.value);
  const notDeleted = 'm.workspace_id = $1 and m.deleted_at is null';
  const ids = [
    `select m.conversation_id from messaging.messages m where ${notDeleted} and m.search @@ ${query}`,
    `select t.id from messaging.conversations t where t.workspace_id = $1 and ${subjectVectorSql('t')} @@ ${query}`,
    ...(numberParameter
      ? [`select n.id from messaging.conversations n where n.workspace_id = $1 and n.number = ${numberParameter}`]
      : []),
  ];
  // Read before it is compared, by the conversation's index: that of the words would be read whole.
  const messageMatches = `(select true from (select m.search from messaging.messages m where m.conversation_id = c.id and m.deleted_at is null offset 0) said where said.search @@ ${query} limit 1) is true`;
  const sample = `select m.search from messaging.messages m where ${notDeleted} order by m.created_at desc, m.id desc limit ${SAMPLE_SIZE}`;
  return {
    commonCheck: `select count(*) >= ${COMMON_THRESHOLD} from (${sample}) newest where newest.search @@ ${query}`,
    indexCondition: `c.id in (${ids.join(' union all ')})`,
    maxScannedRows: MAX_SCANNED_CONVERSATIONS,
    rowCondition: `(${[messageMatches, `${subjectVectorSql('c')} @@ ${query}`, ...(numberParameter ? [`c.number = ${numberParameter}`] : [])].join(' or ')})`,
  };
}
