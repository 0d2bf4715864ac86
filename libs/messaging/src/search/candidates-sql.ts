import { wordsQuery } from '@parley/kernel';
import { GLANCE } from './completed-query.js';
import { conversationStretch, messageStretch, subjectWords } from './words-sql.js';

/** Messages and subjects weighed for one search; more would cost time in proportion. */
const MOST_CANDIDATES = 2_000;

/** So many among the newest are enough not to look at the older ones. */
const ENOUGH = 100;

/** Read at most of a word that is rare among the newest, but was not always. */
const MOST_READ = 20_000;

/** Of a common word, the newest messages read through, and how many of those that have it are taken. */
const READ_THROUGH = 20_000;
const MOST_COMMON = 1_000;

/** Words that begin like the last one and stand for it. */
const MOST_COMPLETIONS = 30;

/** Of one person's conversations, the newest. */
const MOST_OF_CONTACT = 500;

/** Between half a point and one: what is new comes before what is old and as good. */
const freshness = (time: string): string =>
  `(0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - ${time}))::float8 / 7776000))`;

const IN_TIME = '($4::timestamptz is null or m.created_at >= $4) and ($5::timestamptz is null or m.created_at < $5)';
const MESSAGE = 'm.conversation_id, m.id, m.created_at, m.search';
const SAYS = `m.workspace_id = $1 and m.search @@ (select query from words) and m.deleted_at is null and ${IN_TIME}`;
const TITLE = `c.id, c.last_activity_at, ${subjectWords('c')} as search`;
const TITLED = `c.workspace_id = $1 and ${subjectWords('c')} @@ (select query from words) and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)`;

/** Takes `$1` the workspace, `$2` the words and `$3` the time before which they were written; gives one row of a `Glance`. */
export function glanceSql(words: string): string {
  return `
    with words as materialized (select ${wordsQuery(words, '$2')} as query), newest as materialized (
      select m.search from messaging.messages m
      where m.workspace_id = $1 and m.deleted_at is null and ($3::timestamptz is null or m.created_at < $3) order by m.created_at desc, m.id desc limit ${GLANCE}
    ), last_word as materialized (
      select (found[1] || ':*')::tsquery as query, replace(replace(trim('''' from found[1]), '''''', ''''), E'\\\\\\\\', E'\\\\') as beginning
      from words, regexp_match(words.query::text, '(''(?:[^'']|'''')*''):\\*$') found where found is not null
    ), beginning as materialized (select n.search from newest n, last_word where n.search @@ last_word.query)
    select (select query::text from words) as query, (select count(*)::int from newest n, words where n.search @@ words.query) as meeting, (select count(*)::int from beginning) as beginning,
      array(select w.lexeme from beginning b, last_word, unnest(b.search) w where starts_with(w.lexeme, last_word.beginning) group by w.lexeme order by count(*) desc limit ${MOST_COMPLETIONS}) as completions`;
}

// Of a word Postgres reads all entries in the index before the first row; so it is looked up among the newest messages first, which the index tells
// apart, and among all only when that found little: then there are not many.
const SAID = `
  newest as materialized (
    select (m.serial >> 17)::int as stretch from messaging.messages m where m.workspace_id = $1 and ($5::timestamptz is null or m.created_at < $5) order by m.created_at desc, m.id desc limit 1
  ), recent as materialized (
    select ${MESSAGE} from messaging.messages m where ${SAYS} and ${messageStretch('m')} && (select array[stretch - 1, stretch] from newest) order by m.created_at desc limit ${MOST_CANDIDATES}
  ), older as materialized (
    select * from (select ${MESSAGE} from messaging.messages m where ${SAYS} and (select count(*) from recent) < ${ENOUGH} limit ${MOST_READ}) m order by m.created_at desc limit ${MOST_CANDIDATES}
  ), said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score
    from words, (select * from older union all select * from recent where (select count(*) from recent) >= ${ENOUGH}) m
  )`;

// Most of the newest need not be read to find enough that have a common word.
const SAID_OFTEN = `
  said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score from words, (
      select * from (
        select ${MESSAGE}, m.deleted_at from messaging.messages m where m.workspace_id = $1 and ${IN_TIME} order by m.created_at desc, m.id desc limit ${READ_THROUGH}
      ) m where m.search @@ (select query from words) and m.deleted_at is null limit ${MOST_COMMON}
    ) m
  )`;

const SAID_BY_CONTACT = `
  said as materialized (
    select m.conversation_id, m.id, ts_rank(m.search, words.query) * ${freshness('m.created_at')} as score
    from words, (select ${MESSAGE} from (
      select c.id from messaging.conversations c where c.workspace_id = $1 and c.contact_id = $9 order by c.last_activity_at desc limit ${MOST_OF_CONTACT}
    ) theirs join messaging.messages m on m.conversation_id = theirs.id where ${SAYS} order by m.created_at desc limit ${MOST_CANDIDATES}) m
  )`;

/** Where messages are looked for: among all, for words that are rare or common, or among those of one contact. */
export type SearchGround = 'rare' | 'common' | 'contact';

const SAID_ON: Readonly<Record<SearchGround, string>> = { rare: SAID, common: SAID_OFTEN, contact: SAID_BY_CONTACT };

/**
 * Tables `words` and `said` (`conversation_id, id, score`): the newest messages with the words, weighed by how well and how lately they say it. Takes `$1` the workspace, `$2` the query,
 * `$3` the present, `$4` and `$5` the times between which they were written, and `$9` the contact.
 */
export function saidCandidates(ground: SearchGround): string {
  return `words as materialized (select $2::tsquery as query), ${SAID_ON[ground]}`;
}

/** Table `titled` (`id, score`) in the same way, of conversations by their subject; after {@link saidCandidates}. */
export function titledCandidates(ground: SearchGround): string {
  const score = `3 * ts_rank(c.search, words.query) * ${freshness('c.last_activity_at')} as score`;
  if (ground === 'contact')
    return `titled as materialized (select c.id, ${score} from words, (select ${TITLE} from messaging.conversations c where ${TITLED} and c.contact_id = $9 limit ${MOST_CANDIDATES}) c)`;
  return `
    recently_titled as materialized (
      select ${TITLE} from messaging.conversations c
      where ${TITLED} and ${conversationStretch('c')} && (select array[(last >> 15)::int - 1, (last >> 15)::int] from messaging.conversation_numbers where workspace_id = $1)
      order by c.last_activity_at desc limit ${MOST_CANDIDATES}
    ), once_titled as materialized (
      select * from (select ${TITLE} from messaging.conversations c where ${TITLED} and (select count(*) from recently_titled) < ${ENOUGH} limit ${MOST_READ}) c order by c.last_activity_at desc limit ${MOST_CANDIDATES}
    ), titled as materialized (
      select c.id, ${score} from words, (select * from once_titled union all select * from recently_titled where (select count(*) from recently_titled) >= ${ENOUGH}) c
    )`;
}

/** Whether messages may have the words that {@link saidCandidates} has not weighed. */
const MORE_SAID: Readonly<Record<SearchGround, string>> = {
  rare: `(select count(*) from said) >= ${MOST_CANDIDATES} or (select count(*) from recent) >= ${ENOUGH} and (select stretch from newest) > 1`,
  // Whether there is more than was read through would take as long to tell as reading it: where there is more than a glance sees, there may be.
  common: `(select count(*) from said) >= ${MOST_COMMON} or exists (select 1 from messaging.messages m where m.workspace_id = $1 offset ${GLANCE})`,
  contact: `(select count(*) from said) >= ${MOST_CANDIDATES}`,
};

/** Holds when there may be more messages with the words than {@link saidCandidates} has weighed. */
export function moreSaid(ground: SearchGround): string {
  return `(${MORE_SAID[ground]})`;
}

/** The same of {@link titledCandidates}. */
export function moreTitled(ground: SearchGround): string {
  const weighed = `(select count(*) from titled) >= ${MOST_CANDIDATES}`;
  const passedOver = `(select count(*) from recently_titled) >= ${ENOUGH} and (select last >> 15 from messaging.conversation_numbers where workspace_id = $1) > 1`;
  return ground === 'contact' ? weighed : `(${weighed} or ${passedOver})`;
}

/** Holds for a conversation `c` that the filter lets through: `$6` statuses, `$7` the inbox, `$8` who has it, `$9` whose it is. */
export const AMONG = `c.workspace_id = $1 and ($6::text[] is null or c.status = any($6)) and ($7::uuid is null or c.inbox_id = $7) and ($8::uuid is null or c.assignee_id = $8) and ($9::uuid is null or c.contact_id = $9)`;

/** The words stand between U+0002 and U+0003. */
export const MARKS = `'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=1, MaxWords=24, MinWords=8'`;
