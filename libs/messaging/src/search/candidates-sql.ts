import { searchTermsQuery } from '@parley/kernel/search';
import { SAMPLE_SIZE } from './search-plan.js';
import { conversationPartitionSql, messagePartitionSql, subjectVectorSql } from './text-search-sql.js';

/** Maximum number of messages, and of subjects, that one search ranks. The cost is proportional to it. */
const MAX_CANDIDATES = 2_000;

/** Number of matches among the newest messages that makes searching older ones unnecessary. */
const SUFFICIENT_MATCHES = 100;

/**
 * Maximum number of rows read for terms that are rare among the newest messages, because they may be common among older
 * ones.
 */
const MAX_SCANNED_RARE = 20_000;

/** For common terms: the number of newest messages to scan, and the maximum number of matches to take from them. */
const MAX_SCANNED_COMMON = 20_000;
const MAX_COMMON_MATCHES = 1_000;

/** Maximum number of words that replace the prefix of the last term. */
const MAX_COMPLETIONS = 30;

/** Maximum number of conversations of one contact, newest first. */
const MAX_CONTACT_CONVERSATIONS = 500;

/** Factor between 0.5 and 1 that ranks newer rows before older ones of equal relevance. */
const freshness = (time: string): string =>
  `(0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - ${time}))::float8 / 7776000))`;

const TIME_CONDITION =
  '($4::timestamptz is null or m.created_at >= $4) and ($5::timestamptz is null or m.created_at < $5)';
const MESSAGE_COLUMNS = 'm.conversation_id, m.id, m.created_at, m.search';
const MESSAGE_CONDITION = `m.workspace_id = $1 and m.search @@ (select query from terms) and m.deleted_at is null
  and ${TIME_CONDITION}`;
const SUBJECT_COLUMNS = `c.id, c.last_activity_at, ${subjectVectorSql('c')} as search`;
const SUBJECT_CONDITION = `c.workspace_id = $1 and ${subjectVectorSql('c')} @@ (select query from terms)
  and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)`;

/**
 * Takes `$1` workspace, `$2` search text and `$3` upper limit of the creation time. Returns one row of `SampleStats`.
 */
export function sampleStatsSql(text: string): string {
  return `
    with terms as materialized (select ${searchTermsQuery(text, '$2')} as query), newest as materialized (
      select m.search from messaging.messages m
      where m.workspace_id = $1 and m.deleted_at is null and ($3::timestamptz is null or m.created_at < $3)
        order by m.created_at desc, m.id desc limit ${SAMPLE_SIZE}
    ), last_word as materialized (
      select (found[1] || ':*')::tsquery as query,
        replace(replace(trim('''' from found[1]), '''''', ''''), E'\\\\\\\\', E'\\\\') as prefix
      from terms, regexp_match(terms.query::text, '(''(?:[^'']|'''')*''):\\*$') found where found is not null
    ), prefix_matches as materialized (select n.search from newest n, last_word where n.search @@ last_word.query)
    select (select query::text from terms) as query, (select count(*)::int from newest n, terms
      where n.search @@ terms.query) as matching, (select count(*)::int from prefix_matches) as "prefixMatches",
      array(select w.lexeme from prefix_matches p, last_word, unnest(p.search) w
        where starts_with(w.lexeme, last_word.prefix) group by w.lexeme order by count(*) desc
        limit ${MAX_COMPLETIONS}) as completions`;
}

// Postgres reads all index entries of a term before it returns the first row. The query therefore searches the newest
// messages first, which have index partitions of their own, and searches all messages only if this finds few: then the
// term has few entries.
const RARE_MATCHES_SQL = `
  newest as materialized (
    select (m.serial >> 17)::int as partition_number from messaging.messages m
      where m.workspace_id = $1 and ($5::timestamptz is null or m.created_at < $5)
      order by m.created_at desc, m.id desc limit 1
  ), recent as materialized (
    select ${MESSAGE_COLUMNS} from messaging.messages m
      where ${MESSAGE_CONDITION} and ${messagePartitionSql('m')} && (select array[partition_number - 1,
      partition_number] from newest) order by m.created_at desc limit ${MAX_CANDIDATES}
  ), older as materialized (
    select * from (select ${MESSAGE_COLUMNS} from messaging.messages m
      where ${MESSAGE_CONDITION} and (select count(*) from recent) < ${SUFFICIENT_MATCHES}
      limit ${MAX_SCANNED_RARE}) m order by m.created_at desc limit ${MAX_CANDIDATES}
  ), matches as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, terms.query) * ${freshness('m.created_at')} as score
    from terms, (select * from older union all select * from recent
      where (select count(*) from recent) >= ${SUFFICIENT_MATCHES}) m
  )`;

// For a common term, few of the newest messages must be read to find enough matches.
const COMMON_MATCHES_SQL = `
  matches as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, terms.query) * ${freshness('m.created_at')} as score from terms, (
      select * from (
        select ${MESSAGE_COLUMNS}, m.deleted_at from messaging.messages m
          where m.workspace_id = $1 and ${TIME_CONDITION} order by m.created_at desc, m.id desc
          limit ${MAX_SCANNED_COMMON}
      ) m where m.search @@ (select query from terms) and m.deleted_at is null limit ${MAX_COMMON_MATCHES}
    ) m
  )`;

const CONTACT_MATCHES_SQL = `
  matches as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, terms.query) * ${freshness('m.created_at')} as score
    from terms, (select ${MESSAGE_COLUMNS} from (
      select c.id from messaging.conversations c where c.workspace_id = $1 and c.contact_id = $9
        order by c.last_activity_at desc limit ${MAX_CONTACT_CONVERSATIONS}
    ) conversation join messaging.messages m on m.conversation_id = conversation.id where ${MESSAGE_CONDITION}
      order by m.created_at desc limit ${MAX_CANDIDATES}) m
  )`;

/** Set of messages to search: all messages, for rare or for common terms, or the messages of one contact. */
export type SearchScope = 'rare' | 'common' | 'contact';

const MATCHES_SQL_BY_SCOPE: Readonly<Record<SearchScope, string>> = {
  rare: RARE_MATCHES_SQL,
  common: COMMON_MATCHES_SQL,
  contact: CONTACT_MATCHES_SQL,
};

/**
 * Returns the CTEs `terms` and `matches` (`conversation_id, id, score`): the newest matching messages, scored by
 * relevance and age. Takes `$1` workspace, `$2` query, `$3` current time, `$4` and `$5` range of creation times, and
 * `$9` contact.
 */
export function messageCandidatesSql(scope: SearchScope): string {
  return `terms as materialized (select $2::tsquery as query), ${MATCHES_SQL_BY_SCOPE[scope]}`;
}

/**
 * Returns the CTE `subject_matches` (`id, score`) of conversations with a matching subject. Follows {@link
 * messageCandidatesSql}.
 */
export function subjectCandidatesSql(scope: SearchScope): string {
  const score = `3 * ts_rank(c.search, terms.query) * ${freshness('c.last_activity_at')} as score`;
  if (scope === 'contact')
    return `subject_matches as materialized (select c.id, ${score}
      from terms, (select ${SUBJECT_COLUMNS} from messaging.conversations c
      where ${SUBJECT_CONDITION} and c.contact_id = $9 limit ${MAX_CANDIDATES}) c)`;
  return `
    recent_subjects as materialized (
      select ${SUBJECT_COLUMNS} from messaging.conversations c
      where ${SUBJECT_CONDITION} and ${conversationPartitionSql('c')} && (select array[(last >> 15)::int - 1,
        (last >> 15)::int] from messaging.conversation_numbers where workspace_id = $1)
      order by c.last_activity_at desc limit ${MAX_CANDIDATES}
    ), older_subjects as materialized (
      select * from (select ${SUBJECT_COLUMNS} from messaging.conversations c
        where ${SUBJECT_CONDITION} and (select count(*) from recent_subjects) < ${SUFFICIENT_MATCHES}
        limit ${MAX_SCANNED_RARE}) c order by c.last_activity_at desc limit ${MAX_CANDIDATES}
    ), subject_matches as materialized (
      select c.id, ${score} from terms, (select * from older_subjects union all select * from recent_subjects
        where (select count(*) from recent_subjects) >= ${SUFFICIENT_MATCHES}) c
    )`;
}

/** Conditions that are true if there may be more matching messages than {@link messageCandidatesSql} has scored. */
const MORE_MESSAGES_SQL_BY_SCOPE: Readonly<Record<SearchScope, string>> = {
  rare: `(select count(*) from matches) >= ${MAX_CANDIDATES} or (select count(*) from recent) >= ${SUFFICIENT_MATCHES}
    and (select partition_number from newest) > 1`,
  // Finding out whether messages exist beyond the scanned ones costs as much as reading them. The condition is
  // therefore true if the workspace has more messages than one sample.
  common: `(select count(*) from matches) >= ${MAX_COMMON_MATCHES}
    or exists (select 1 from messaging.messages m where m.workspace_id = $1 offset ${SAMPLE_SIZE})`,
  contact: `(select count(*) from matches) >= ${MAX_CANDIDATES}`,
};

/**
 * Returns a condition that is true if there may be more matching messages than {@link messageCandidatesSql} has scored.
 */
export function hasMoreMessagesSql(scope: SearchScope): string {
  return `(${MORE_MESSAGES_SQL_BY_SCOPE[scope]})`;
}

/** Returns the same condition for {@link subjectCandidatesSql}. */
export function hasMoreSubjectsSql(scope: SearchScope): string {
  const limitReached = `(select count(*) from subject_matches) >= ${MAX_CANDIDATES}`;
  const olderSkipped = `(select count(*) from recent_subjects) >= ${SUFFICIENT_MATCHES}
    and (select last >> 15 from messaging.conversation_numbers where workspace_id = $1) > 1`;
  return scope === 'contact' ? limitReached : `(${limitReached} or ${olderSkipped})`;
}

/** Condition on conversations `c` that match the filter: `$6` statuses, `$7` inbox, `$8` assignee, `$9` contact. */
export const FILTER_CONDITION = `c.workspace_id = $1 and ($6::text[] is null or c.status = any($6))
  and ($7::uuid is null or c.inbox_id = $7) and ($8::uuid is null or c.assignee_id = $8)
  and ($9::uuid is null or c.contact_id = $9)`;

/** Marks the matched terms with U+0002 and U+0003. */
export const HEADLINE_OPTIONS = `'StartSel=' || chr(2) ||
  ', StopSel=' || chr(3) || ', MaxFragments=1, MaxWords=24, MinWords=8'`;
