import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';

/** An operating-system account, by its IDs. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The way to start a server program as an account. */
export interface Launcher {
  /** Null if the programs run as the account of this process. */
  readonly account: Account | null;
  /** Command and arguments before the program; empty if not needed. */
  readonly prefix: readonly string[];
  /** Options for `spawn` if there is no prefix. */
  readonly spawnAs: Partial<Account>;
  /** True if `setpriv` can make the kernel signal the server when this process ends. */
  readonly supportsParentDeathSignal: boolean;
}

const TRAVERSE_CAPABILITY = '+dac_read_search';

/**
 * Flags that give another account the single capability to traverse directories that are closed to it, and drop all
 * others permanently. The capability also lets the server read files, which in SQL requires a superuser; no client
 * connects as one. `no_setuid_fixup` is needed for access(2), with which Postgres checks its own program and which
 * would otherwise ignore the capability.
 */
const TRAVERSAL_FLAGS = [
  '--inh-caps',
  `-all,${TRAVERSE_CAPABILITY}`,
  '--ambient-caps',
  `-all,${TRAVERSE_CAPABILITY}`,
  '--bounding-set',
  `-all,${TRAVERSE_CAPABILITY}`,
  '--securebits',
  '+no_setuid_fixup',
  '--nnp',
];

/** True if the `setpriv` of util-linux with `--pdeathsig` is installed. */
export async function hasSetpriv(): Promise<boolean> {
  const { stdout } = await run('setpriv', ['--help']);
  return stdout.includes('--pdeathsig');
}

/**
 * The account of the server: null unless this process runs as root, which Postgres refuses. An existing data directory
 * keeps its owner. A new one belongs to `postgres`, or else to the unprivileged account.
 * @throws Error if this process runs as root and neither account exists.
 */
export async function serverAccount(dataDirectory: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataDirectory).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const entry = passwd.find((fields) => fields[0] === name);
    if (entry) return { uid: Number(entry[2]) >>> 0, gid: Number(entry[3]) >>> 0 };
  }
  throw new Error(
    'The embedded database cannot run as root: create the account "postgres", or set DATABASE_URL to another ' +
      'Postgres',
  );
}

/** The ways to start programs as `account`, the simplest first. */
export function launchers(account: Account | null, setpriv: boolean): Launcher[] {
  if (account === null) return [{ account, prefix: [], spawnAs: {}, supportsParentDeathSignal: setpriv }];
  if (!setpriv) return [{ account, prefix: [], spawnAs: account, supportsParentDeathSignal: false }];
  const dropPrivileges = ['setpriv', '--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  return [
    { account, prefix: dropPrivileges, spawnAs: {}, supportsParentDeathSignal: true },
    { account, prefix: [...dropPrivileges, ...TRAVERSAL_FLAGS], spawnAs: {}, supportsParentDeathSignal: true },
  ];
}

/** True if the kernel can signal the programs of this launcher when this process ends. */
export function usesParentDeathSignal({ supportsParentDeathSignal }: Launcher): boolean {
  // The kernel watches the thread that forked. Only the main thread lives as long as the process.
  return supportsParentDeathSignal && isMainThread;
}

/** The command that starts a program as the account of the launcher and, if possible, ends it with this process. */
export function buildCommand(launcher: Launcher, signal: 'INT' | 'KILL', program: readonly string[]): string[] {
  const { prefix } = launcher;
  if (!usesParentDeathSignal(launcher)) return [...prefix, ...program];
  return [...(prefix.length > 0 ? prefix : ['setpriv']), '--pdeathsig', signal, ...program];
}

/** True if the account of the launcher can run this server program. */
export async function canRun(launcher: Launcher, program: readonly string[]): Promise<boolean> {
  // A program that cannot read its own path still responds, with an error on stderr.
  const { code, stderr } = await launch(launcher, [...program, '--version']);
  return code === 0 && !stderr.includes('Permission denied');
}

/** True if the account of the launcher can enter and write to this directory by its full path. */
export async function canEnter(launcher: Launcher, directory: string): Promise<boolean> {
  const { code } = await launch(launcher, ['/bin/sh', '-c', 'cd -- "$1" && [ -w . ]', 'sh', directory]);
  return code === 0;
}

/** Runs a program as the account of the launcher until it ends or this process ends. Never rejects. */
export async function launch(
  launcher: Launcher,
  command: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [file = '', ...args] = buildCommand(launcher, 'KILL', command);
  return run(file, args, { cwd: '/', ...launcher.spawnAs });
}

function run(
  file: string,
  args: string[],
  options: object = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { encoding: 'utf8', ...options }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout: String(stdout), stderr: String(stderr) || (error?.message ?? '') });
    });
  });
}
