/** The required parts of `postmaster.pid`. */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number;
  /** `ready` if connections are accepted, `stopping` during a shutdown, empty just after the start. */
  readonly status: string;
}

/** A PID that no kernel assigns, so Postgres treats a lock file with it as stale. */
const NONEXISTENT_PID = 2_147_483_647;

/** Parses the text of a `postmaster.pid`. Returns null if it is empty or invalid. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, dataDirectory: lines[1] ?? '', port: Number(lines[3] ?? 0), status: lines[7] ?? '' };
}

/** True if these are the arguments of a Postgres server of exactly this data directory. */
export function isPostmasterOf(args: readonly string[], dataDirectory: string): boolean {
  // `ps` returns one line split at spaces, and both paths can contain spaces, so the joined text is searched.
  return `${args.join(' ')} `.includes(`/postgres -D ${dataDirectory} `);
}

/**
 * Replaces the PID of the file by one that cannot exist. Postgres then deletes the file itself and still checks its
 * shared memory block, which would not happen if the file were deleted here.
 */
export function withNonexistentPid(text: string): string {
  return text.replace(/^[^\n]*/, String(NONEXISTENT_PID));
}
