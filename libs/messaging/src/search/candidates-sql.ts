import { searchTermsQuery } from '@parley/kernel/search';
import { SAMPLE_SIZE } from './search-plan.js';
import { conversationPartitionSql, messagePartitionSql, subjectVectorSql } from './text-search-sql.js';

/** Messages and subjects weighed for one search; more would cost time in proportion. */
const MAX_CANDIDATES = 2_000;

/** So many among the newest are enough not to look at the older ones. */
const SUFFICIENT_MATCHES = 100;

/** Read at most of a word that is rare among the newest, but was not always. */
const MAX_SCANNED_RARE = 20_000;

/** Of a common word, the newest messages read through, and how many of those that have it are taken. */
const MAX_SCANNED_COMMON = 20_000;
const MAX_COMMON_MATCHES = 1_000;

/** Words that begin like the last one and stand for it. */
const MAX_COMPLETIONS = 30;

/** Of one person's conversations, the newest. */
const MAX_CONTACT_CONVERSATIONS = 500;

/** Between half a point and one: what is new comes before what is old and as good. */
const freshness = (time: string): string =>
  `(0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - ${time}))::float8 / 7776000))`;

const TIME_CONDITION =
  '($4::timestamptz is null or m.created_at >= $4) and ($5::timestamptz is null or m.created_at < $5)';
const MESSAGE_COLUMNS = 'm.conversation_id, m.id, m.created_at, m.search';
const MESSAGE_CONDITION = `m.workspace_id = $1 and m.search @@ (select query from words) and m.deleted_at is null and ${TIME_CONDITION}`;
const SUBJECT_COLUMNS = `c.id, c.last_activity_at, ${subjectVectorSql('c')} as search`;
const SUBJECT_CONDITION = `c.workspace_id = $1 and ${subjectVectorSql('c')} @@ (select query from words) and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)`;

/** Takes `$1` the workspace, `$2` the words and `$3` the time before which they were written; gives one row of a `Glance`. */
export function sampleStatsSql(text: string): string {
  return `
    with words as materialized (select ${searchTermsQuery(text, '$2')} as query), newest as materialized (
      select m.search from messaging.messages m
      where m.workspace_id = $1 and m.deleted_at is null and ($3::timestamptz is null or m.created_at < $3) order by m.created_at desc, m.id desc limit ${SAMPLE_SIZE}
    ), last_word as materialized (
      select (found[1] || ':*')::tsquery as query, replace(replace(trim('''' from found[1]), '''''', ''''), E'\\\\\\\\', E'\\\\') as beginning
      from words, regexp_match(words.query::text, '(''(?:[^'']|'''')*''):\\*$') found where found is not null
    ), beginning as materialized (select n.search from newest n, last_word where n.search @@ last_word.query)
    select (select query::text from words) as query, (select count(*)::int from newest n, words where n.search @@ words.query) as meeting, (select count(*)::int from beginning) as beginning,
      array(select w.lexeme from beginning b, last_word, unnest(b.search) w where starts_with(w.lexeme, last_word.beginning) group by w.lexeme order by count(*) desc limit ${MAX_COMPLETIONS}) as completions`;
}

// Of a word Postgres reads all entries in the index before the first row; so it is looked up among the newest messages first, which the index tells
// apart, and among all only when that found little: then there are not many.
const RARE_MATCHES_SQL = `
  newest as materialized (
    select (m.serial >> 17)::int as stretch from messaging.messages m where m.workspace_id = $1 and ($5::timestamptz is null or m.created_at < $5) order by m.created_at desc, m.id desc limit 1
  ), recent as materialized (
    select ${MESSAGE_COLUMNS} from messaging.messages m where ${MESSAGE_CONDITION} and ${messagePartitionSql('m')} && (select array[stretch - 1, stretch] from newest) order by m.created_at desc limit ${MAX_CANDIDATES}
  ), older as materialized (
    select * from (select ${MESSAGE_COLUMNS} from messaging.messages m where ${MESSAGE_CONDITION} and (select count(*) from recent) < ${SUFFICIENT_MATCHES} limit ${MAX_SCANNED_RARE}) m order by m.created_at desc limit ${MAX_CANDIDATES}
  ), said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score
    from words, (select * from older union all select * from recent where (select count(*) from recent) >= ${SUFFICIENT_MATCHES}) m
  )`;

// Most of the newest need not be read to find enough that have a common word.
const COMMON_MATCHES_SQL = `
  said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score from words, (
      select * from (
        select ${MESSAGE_COLUMNS}, m.deleted_at from messaging.messages m where m.workspace_id = $1 and ${TIME_CONDITION} order by m.created_at desc, m.id desc limit ${MAX_SCANNED_COMMON}
      ) m where m.search @@ (select query from words) and m.deleted_at is null limit ${MAX_COMMON_MATCHES}
    ) m
  )`;

const CONTACT_MATCHES_SQL = `
  said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score
    from words, (select ${MESSAGE_COLUMNS} from (
      select c.id from messaging.conversations c where c.workspace_id = $1 and c.contact_id = $9 order by c.last_activity_at desc limit ${MAX_CONTACT_CONVERSATIONS}
    ) theirs join messaging.messages m on m.conversation_id = theirs.id where ${MESSAGE_CONDITION} order by m.created_at desc limit ${MAX_CANDIDATES}) m
  )`;

/** Where messages are looked for: among all, for words that are rare or common, or among those of one contact. */
export type SearchScope = 'rare' | 'common' | 'contact';

const MATCHES_SQL_BY_SCOPE: Readonly<Record<SearchScope, string>> = {
  rare: RARE_MATCHES_SQL,
  common: COMMON_MATCHES_SQL,
  contact: CONTACT_MATCHES_SQL,
};

/**
 * Tables `words` and `said` (`conversation_id, id, score`): the newest messages with the words, weighed by how well and how lately they say it. Takes `$1` the workspace, `$2` the query,
 * `$3` the present, `$4` and `$5` the times between which they were written, and `$9` the contact.
 */
export function messageCandidatesSql(scope: SearchScope): string {
  return `words as materialized (select $2::tsquery as query), ${MATCHES_SQL_BY_SCOPE[scope]}`;
}

/** Table `titled` (`id, score`) in the same way, of conversations by their subject; after {@link messageCandidatesSql}. */
export function subjectCandidatesSql(scope: SearchScope): string {
  const score = `3 * ts_rank(c.search, words.query) * ${freshness('c.last_activity_at')} as score`;
  if (scope === 'contact')
    return `titled as materialized (select c.id, ${score} from words, (select ${SUBJECT_COLUMNS} from messaging.conversations c where ${SUBJECT_CONDITION} and c.contact_id = $9 limit ${MAX_CANDIDATES}) c)`;
  return `
    recently_titled as materialized (
      select ${SUBJECT_COLUMNS} from messaging.conversations c
      where ${SUBJECT_CONDITION} and ${conversationPartitionSql('c')} && (select array[(last >> 15)::int - 1, (last >> 15)::int] from messaging.conversation_numbers where workspace_id = $1)
      order by c.last_activity_at desc limit ${MAX_CANDIDATES}
    ), once_titled as materialized (
      select * from (select ${SUBJECT_COLUMNS} from messaging.conversations c where ${SUBJECT_CONDITION} and (select count(*) from recently_titled) < ${SUFFICIENT_MATCHES} limit ${MAX_SCANNED_RARE}) c order by c.last_activity_at desc limit ${MAX_CANDIDATES}
    ), titled as materialized (
      select c.id, ${score} from words, (select * from once_titled union all select * from recently_titled where (select count(*) from recently_titled) >= ${SUFFICIENT_MATCHES}) c
    )`;
}

/** Whether messages may have the words that {@link messageCandidatesSql} has not weighed. */
const MORE_MESSAGES_SQL_BY_SCOPE: Readonly<Record<SearchScope, string>> = {
  rare: `(select count(*) from said) >= ${MAX_CANDIDATES} or (select count(*) from recent) >= ${SUFFICIENT_MATCHES} and (select stretch from newest) > 1`,
  // Whether there is more than was read through would take as long to tell as reading it: where there is more than a glance sees, there may be.
  common: `(select count(*) from said) >= ${MAX_COMMON_MATCHES} or exists (select 1 from messaging.messages m where m.workspace_id = $1 offset ${SAMPLE_SIZE})`,
  contact: `(select count(*) from said) >= ${MAX_CANDIDATES}`,
};

/** Holds when there may be more messages with the words than {@link messageCandidatesSql} has weighed. */
export function hasMoreMessagesSql(scope: SearchScope): string {
  return `(${MORE_MESSAGES_SQL_BY_SCOPE[scope]})`;
}

/** The same of {@link subjectCandidatesSql}. */
export function hasMoreSubjectsSql(scope: SearchScope): string {
  const limitReached = `(select count(*) from titled) >= ${MAX_CANDIDATES}`;
  const olderSkipped = `(select count(*) from recently_titled) >= ${SUFFICIENT_MATCHES} and (select last >> 15 from messaging.conversation_numbers where workspace_id = $1) > 1`;
  return scope === 'contact' ? limitReached : `(${limitReached} or ${olderSkipped})`;
}

/** Holds for a conversation `c` that the filter lets through: `$6` statuses, `$7` the inbox, `$8` who has it, `$9` whose it is. */
export const FILTER_CONDITION = `c.workspace_id = $1 and ($6::text[] is null or c.status = any($6)) and ($7::uuid is null or c.inbox_id = $7) and ($8::uuid is null or c.assignee_id = $8) and ($9::uuid is null or c.contact_id = $9)`;

/** The words stand between U+0002 and U+0003. */
export const HEADLINE_OPTIONS = `'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=1, MaxWords=24, MinWords=8'`;
