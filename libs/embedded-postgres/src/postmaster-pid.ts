/** What Postgres writes into `postmaster.pid`, as far as a supervisor needs it. */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number;
  /** `ready` once connections are accepted; `stopping` during a shutdown; empty just after the start. */
  readonly status: string;
}

/** No kernel hands out this pid, so Postgres reads a lock file that names it as stale. */
const NONEXISTENT_PID = 2_147_483_647;

/** Reads the text of a `postmaster.pid`; null when it is empty or not such a file. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, dataDirectory: lines[1] ?? '', port: Number(lines[3] ?? 0), status: lines[7] ?? '' };
}

/** True when these are the words of a Postgres server started on this very data directory. */
export function isPostmasterOf(args: readonly string[], dataDirectory: string): boolean {
  // `ps` gives one line cut at blanks, and either path may hold some: the joined text is looked at.
  return `${args.join(' ')} `.includes(`/postgres -D ${dataDirectory} `);
}

/**
 * The same file with its pid replaced by one that cannot exist. Postgres then clears the file itself and
 * still checks the shared-memory block it names, which deleting the file would lose.
 */
export function withNonexistentPid(text: string): string {
  return text.replace(/^[^\n]*/, String(NONEXISTENT_PID));
}
