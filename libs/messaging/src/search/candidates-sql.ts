import { SAMPLE_SIZE } from './search-plan.js';
import { conversationPartitionSql, messagePartitionSql, PARTITION_BITS, subjectVectorSql } from './text-search-sql.js';

/** Maximum number of messages that one search ranks. The cost is proportional to it. */
const MAX_CANDIDATES = 500;

/** The same if the search has a filter on conversations, which removes candidates after they are ranked. */
const MAX_FILTERED_CANDIDATES = 2_000;

/** Number of matches among the newest messages that makes searching older ones unnecessary, also with a filter. */
const SUFFICIENT_MATCHES = 100;
const SUFFICIENT_FILTERED_MATCHES = 300;

/** Numbers of the newest index partitions of messages, and of subjects, that are searched one after the other. */
const MESSAGE_STEPS = [1, 2, 8, 32, 128];
const SUBJECT_STEPS = [2, 16];

/** Maximum number of subjects that one search ranks. */
const MAX_SUBJECTS = 200;

/** Maximum number of rows read per sufficient match for words that are rare among the newest rows but not before. */
const MAX_SCANNED_PER_MATCH = 20;

/** Maximum number of words that replace the prefix of the last word, and of the messages that they are taken from. */
const MAX_COMPLETIONS = 30;
const MAX_COMPLETION_SOURCES = 50;

/** Maximum number of conversations of one contact, or of a filter, whose messages are read, newest first. */
const MAX_CONVERSATIONS = 500;

/** Factor between 0.5 and 1 that ranks newer rows before older ones of equal relevance. */
const freshness = (time: string): string =>
  `(0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - ${time}))::float8 / 7776000))`;

const TIME_CONDITION =
  '($4::timestamptz is null or m.created_at >= $4) and ($5::timestamptz is null or m.created_at < $5)';
const MESSAGE_COLUMNS = 'm.conversation_id, m.id, m.created_at, m.search';
const messageCondition = (query: string): string =>
  `m.workspace_id = $1 and m.search @@ ${query}::tsquery and m.deleted_at is null and ${TIME_CONDITION}`;

/**
 * Returns the statistics of a prefix in the newest messages. Takes `$1` workspace, `$2` query with the prefix, `$3` upper
 * limit of the creation time and `$4` prefix. Returns one row of `PrefixStats`.
 */
export const PREFIX_STATS_SQL = `
  with matching as materialized (
    select m.search from (
      select m.search from messaging.messages m
      where m.workspace_id = $1 and m.deleted_at is null and ($3::timestamptz is null or m.created_at < $3)
        order by m.created_at desc, m.id desc limit ${SAMPLE_SIZE}
    ) m where m.search @@ $2::tsquery limit ${MAX_COMPLETION_SOURCES}
  )
  select $4::text as prefix, array(select w.lexeme from matching, unnest(matching.search) w where starts_with(w.lexeme, $4::text)
      group by w.lexeme order by count(*) desc limit ${MAX_COMPLETIONS}) as completions`;

/**
 * Set of messages to search: all, without or with a filter that removes candidates afterwards; those of the newest
 * conversations that match the filter; or those of one contact.
 */
export type SearchScope = 'all' | 'filtered' | 'recent' | 'contact';

/** Condition on conversations `c` that match the filter: `$6` statuses, `$7` inbox, `$8` assignee, `$9` contact. */
export const FILTER_CONDITION = `c.workspace_id = $1 and ($6::text[] is null or c.status = any($6))
  and ($7::uuid is null or c.inbox_id = $7) and ($8::uuid is null or c.assignee_id = $8)
  and ($9::uuid is null or c.contact_id = $9)`;

interface Steps {
  /** CTEs with the results of each step. */
  readonly ctes: readonly string[];
  /** Query of the results of the step that found enough, or of the last one. */
  readonly result: string;
  /** Condition that is true if a step before the last one found enough. */
  readonly isPartial: string;
}

/**
 * Postgres reads all index entries of a word before it returns the first row. A search therefore starts in the newest
 * partitions of the index and goes on only if it finds few: then the word has few entries in the next ones, too.
 */
function inSteps(
  name: string,
  counts: readonly number[],
  sufficient: number,
  partitions: (count: number) => string,
  toQuery: (condition: string, step: number | null) => string,
): Steps {
  const tooFew = counts.map((count) => `(select count(*) from ${name}_${count}) < ${sufficient}`);
  const tooFewBefore = (step: number): string => ['true', ...tooFew.slice(0, step)].join(' and ');
  const steps = counts.map(
    (count, step) =>
      `${name}_${count} as materialized (${toQuery(`${partitions(count)} and ${tooFewBefore(step)}`, step)})`,
  );
  const lastStep = `${name}_all as materialized (${toQuery(tooFewBefore(counts.length), null)})`;
  const found = counts.map((count, step) => `select * from ${name}_${count} where not ${tooFew[step]}`);
  return {
    ctes: [...steps, lastStep],
    result: [...found, `select * from ${name}_all`].join(' union all '),
    isPartial: `not (${tooFew.join(' and ')})`,
  };
}

const messageSteps = (sufficient: number, maxCandidates: number): Steps =>
  inSteps(
    'messages',
    MESSAGE_STEPS,
    sufficient,
    (count) => `${messagePartitionSql('m')} && (select array(
      select generate_series(newest.number - ${count - 1}, newest.number)) from newest)`,
    (condition, step) => `
      select * from (select ${MESSAGE_COLUMNS} from messaging.messages m
        where ${messageCondition(step === null ? '$2' : '$11')} and ${condition} limit ${MAX_SCANNED_PER_MATCH * sufficient}) m
      order by m.created_at desc limit ${maxCandidates}`,
  );

const STEPS_BY_SCOPE: Readonly<Record<'all' | 'filtered', Steps>> = {
  all: messageSteps(SUFFICIENT_MATCHES, MAX_CANDIDATES),
  filtered: messageSteps(SUFFICIENT_FILTERED_MATCHES, MAX_FILTERED_CANDIDATES),
};

const matchesSql = ({ ctes, result }: Steps): string => `
  newest as materialized (
    select (m.serial >> ${PARTITION_BITS})::int as number from messaging.messages m
      where m.workspace_id = $1 and ($5::timestamptz is null or m.created_at < $5)
      order by m.created_at desc, m.id desc limit 1
  ), ${ctes.join(', ')}, matches as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, $2::tsquery) * ${freshness('m.created_at')} as score
    from (${result}) m
  )`;

// The first expression gives the parameter that these scopes do not use its type.
const matchesOfConversationsSql = (condition: string): string => `
  unused as (select $11::tsquery),
  newest_conversations as materialized (
      select c.id from messaging.conversations c where ${condition}
        order by c.last_activity_at desc limit ${MAX_CONVERSATIONS}
  ), matches as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, $2::tsquery) * ${freshness('m.created_at')} as score
    from (select ${MESSAGE_COLUMNS} from newest_conversations c
      join messaging.messages m on m.conversation_id = c.id where ${messageCondition('$2')}
      order by m.created_at desc limit ${MAX_FILTERED_CANDIDATES}) m
  )`;

/**
 * Returns the CTE `matches` (`conversation_id, id, score`): the newest matching messages, scored by relevance and age.
 * Takes `$1` workspace, `$2` query, `$3` current time, `$4` and `$5` range of creation times, `$6` to `$9` filter and
 * `$11` query for the newest messages.
 * @param access condition on conversations `c` that starts with `and`, or is empty.
 */
export function messageCandidatesSql(scope: SearchScope, access: string): string {
  if (scope === 'contact') return matchesOfConversationsSql('c.workspace_id = $1 and c.contact_id = $9');
  if (scope === 'recent') return matchesOfConversationsSql(`${FILTER_CONDITION} ${access}`);
  return matchesSql(STEPS_BY_SCOPE[scope]);
}

const SUBJECT_CONDITION = `c.workspace_id = $1 and ${subjectVectorSql('c')} @@ $2::tsquery
  and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)`;

const subjectsSql = (condition: string): string => `
  select * from (select c.id, c.last_activity_at, c.subject from messaging.conversations c
    where ${SUBJECT_CONDITION} and ${condition} limit ${MAX_SCANNED_PER_MATCH * SUFFICIENT_MATCHES}) c
  order by c.last_activity_at desc limit ${MAX_SUBJECTS}`;

const subjectSteps = (visible: string): Steps =>
  inSteps(
    'subjects',
    SUBJECT_STEPS,
    SUFFICIENT_MATCHES,
    (count) => `${conversationPartitionSql('c')} && array(
      select generate_series((last >> ${PARTITION_BITS}) - ${count - 1}, last >> ${PARTITION_BITS})::int
      from messaging.conversation_numbers where workspace_id = $1)`,
    (condition) => subjectsSql(`${condition} ${visible}`),
  );

/**
 * Returns the CTE `subject_matches` (`id, score`) of conversations with a matching subject. Follows {@link
 * messageCandidatesSql}. Its limits count only conversations that match the filter and that the caller can see.
 */
export function subjectCandidatesSql(scope: SearchScope, access: string): string {
  const matches = `subject_matches as materialized (
    select c.id, 3 * ts_rank(${subjectVectorSql('c')}, $2::tsquery) * ${freshness('c.last_activity_at')} as score
    from subjects c)`;
  if (scope === 'contact')
    return `subjects as materialized (${subjectsSql(`${FILTER_CONDITION} ${access}`)}), ${matches}`;
  if (scope === 'recent')
    return `subjects as materialized (${subjectsSql('c.id in (select id from newest_conversations)')}), ${matches}`;
  const { ctes, result } = subjectSteps(scope === 'all' ? '' : `and ${FILTER_CONDITION} ${access}`);
  return `${ctes.join(', ')}, subjects as materialized (${result}), ${matches}`;
}

/**
 * Returns a condition that is true if there may be more matching messages than {@link messageCandidatesSql} has scored.
 */
export function hasMoreMessagesSql(scope: SearchScope): string {
  const limitReached = `(select count(*) from matches) >= ${scope === 'all' ? MAX_CANDIDATES : MAX_FILTERED_CANDIDATES}`;
  if (scope === 'contact') return limitReached;
  if (scope === 'recent') return `(select count(*) from newest_conversations) >= ${MAX_CONVERSATIONS}`;
  const hasOlder = `(select number from newest) >= ${MESSAGE_STEPS[0]}`;
  return `(${limitReached} or ${STEPS_BY_SCOPE[scope].isPartial} and ${hasOlder})`;
}

/** Returns the same condition for {@link subjectCandidatesSql}. */
export function hasMoreSubjectsSql(scope: SearchScope): string {
  const limitReached = `(select count(*) from subject_matches) >= ${MAX_SUBJECTS}`;
  const hasOlder = `(select last >> ${PARTITION_BITS} from messaging.conversation_numbers
    where workspace_id = $1) >= ${SUBJECT_STEPS[0]}`;
  return scope === 'contact' || scope === 'recent'
    ? limitReached
    : `(${limitReached} or ${subjectSteps('').isPartial} and ${hasOlder})`;
}

/** The same without a filter: its parameters are null. A join of all candidates only for it would take long. */
export const NO_FILTER_CONDITION = `$6::text[] is null and $7::uuid is null and $8::uuid is null and $9::uuid is null`;
