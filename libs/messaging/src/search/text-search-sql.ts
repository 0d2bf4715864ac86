import type { SearchCondition } from '@parley/kernel/pagination';
import { parseSearchQuery, toTsquery } from '@parley/kernel/search';
import { COMMON_THRESHOLD, SAMPLE_SIZE } from './search-plan.js';

/** Binary logarithm of the number of messages, or conversations, in a partition of the index. */
export const PARTITION_BITS = 11;

/** Text search vector of a subject; same expression as in the index. */
export function subjectVectorSql(alias: string): string {
  return `kernel.search_vector(coalesce(${alias}.subject, ''))`;
}

/**
 * Number of the partition of 2,048 messages, in order of insertion, that a message belongs to; same expression as in
 * the index.
 */
export function messagePartitionSql(alias: string): string {
  return `(array[(${alias}.serial >> ${PARTITION_BITS})::int])`;
}

/**
 * Number of the partition of 2,048 conversations of a workspace that a conversation belongs to; same expression as in
 * the index.
 */
export function conversationPartitionSql(alias: string): string {
  return `(array[(${alias}.number >> ${PARTITION_BITS})::int])`;
}

/** Maximum number of conversations whose messages are scanned to fill a page; takes some tens of milliseconds. */
const MAX_SCANNED_CONVERSATIONS = 2_000;

/** Parses a conversation number: `42` or `#42`. */
export function parseConversationNumber(text: string): number | null {
  const digits = /^\s*#?(\d{1,15})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Builds a condition on conversations `c` of the workspace `$1` whose subject or messages match the text, or whose
 * number it is.
 * @param bind adds a value and returns its parameter.
 */
export function textCondition(text: string, bind: (value: unknown) => string): SearchCondition {
  const parsed = parseSearchQuery(text);
  const query = `${bind(parsed && toTsquery(parsed))}::tsquery`;
  const number = parseConversationNumber(text);
  const numberParameter = number === null ? null : bind(number);
  const notDeleted = 'm.workspace_id = $1 and m.deleted_at is null';
  const ids = [
    `select m.conversation_id from messaging.messages m where ${notDeleted} and m.search @@ ${query}`,
    `select t.id from messaging.conversations t where t.workspace_id = $1 and ${subjectVectorSql('t')} @@ ${query}`,
    ...(numberParameter
      ? [`select n.id from messaging.conversations n where n.workspace_id = $1 and n.number = ${numberParameter}`]
      : []),
  ];
  // The offset makes Postgres read the messages through the conversation's index. Otherwise it would read all entries
  // of the terms from the text index.
  const messageMatches = `(select true from (select m.search from messaging.messages m
    where m.conversation_id = c.id and m.deleted_at is null offset 0) message where message.search @@ ${query}
    limit 1) is true`;
  const sample = `select m.search from messaging.messages m where ${notDeleted} order by m.created_at desc, m.id desc
    limit ${SAMPLE_SIZE}`;
  const rowConditions = [
    messageMatches,
    `${subjectVectorSql('c')} @@ ${query}`,
    ...(numberParameter ? [`c.number = ${numberParameter}`] : []),
  ];
  return {
    commonCheck: `select count(*) >= ${COMMON_THRESHOLD} from (${sample}) newest where newest.search @@ ${query}`,
    indexCondition: `c.id in (${ids.join(' union all ')})`,
    maxScannedRows: MAX_SCANNED_CONVERSATIONS,
    rowCondition: `(${rowConditions.join(' or ')})`,
  };
}
