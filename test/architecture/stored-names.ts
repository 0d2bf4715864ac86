const SUBSCRIBER = /@Subscribe\([^@]*?\bid: '([a-z.-]+)'/g;
const JOB = /defineJob(?:<[^(]*>)?\(\s*'([a-z.-]+)'|@Periodic\(\{\s*job: '([a-z.-]+)'/g;
const TIMER = /@OnTimer\((\w+)\)/g;

/** Returns the IDs of the subscribers in the source texts. */
export function listSubscriberIds(texts: readonly string[]): string[] {
  return listMatches(texts, SUBSCRIBER);
}

/** Returns the names of the jobs that the source texts define, without aliases. */
export function listJobNames(texts: readonly string[]): string[] {
  return listMatches(texts, JOB);
}

/** Returns the kinds of the timers that the source texts handle. */
export function listTimerKinds(texts: readonly string[]): string[] {
  return listMatches(texts, TIMER).flatMap((constant) =>
    listMatches(texts, new RegExp(`\\bconst ${constant} = '([a-z.-]+)'`, 'g')),
  );
}

function listMatches(texts: readonly string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)!));
}
