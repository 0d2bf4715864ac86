import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';

/** An operating-system account by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** How a server program is started under the right account. */
export interface Launcher {
  /** Null when the programs run as whoever runs this process. */
  readonly account: Account | null;
  /** Command and arguments to put before the program; empty when there is nothing to change. */
  readonly prefix: readonly string[];
  /** Options for `spawn` where no prefix can do it. */
  readonly spawnAs: Partial<Account>;
  /** True when `setpriv` can have the kernel signal the server on this process's death. */
  readonly supportsParentDeathSignal: boolean;
}

const TRAVERSE_CAPABILITY = '+dac_read_search';

/**
 * The one capability that lets another account pass through directories closed to it; every other one is
 * dropped for good. It lets the server read files as well, which in SQL takes the superuser, whom nobody is. `no_setuid_fixup` keeps access(2), which Postgres asks about its own
 * program, from ignoring it.
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

/** True when util-linux's `setpriv` with `--pdeathsig` is installed. */
export async function hasSetpriv(): Promise<boolean> {
  const { stdout } = await run('setpriv', ['--help']);
  return stdout.includes('--pdeathsig');
}

/**
 * The account the server runs under: null unless this process is root, because Postgres refuses root.
 * An existing data directory keeps its owner; a new one goes to `postgres`, else to `nobody`.
 * @throws Error when root finds neither account.
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
  throw new Error('the embedded database cannot run as root and finds no account "postgres" or "nobody" to run as');
}

/** Ways to start programs under `account`, the plainest first. */
export function launchers(account: Account | null, setpriv: boolean): Launcher[] {
  if (account === null) return [{ account, prefix: [], spawnAs: {}, supportsParentDeathSignal: setpriv }];
  if (!setpriv) return [{ account, prefix: [], spawnAs: account, supportsParentDeathSignal: false }];
  const dropPrivileges = ['setpriv', '--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  return [
    { account, prefix: dropPrivileges, spawnAs: {}, supportsParentDeathSignal: true },
    { account, prefix: [...dropPrivileges, ...TRAVERSAL_FLAGS], spawnAs: {}, supportsParentDeathSignal: true },
  ];
}

/** True when the kernel can be asked to signal what this launcher starts as soon as this process dies. */
export function usesParentDeathSignal({ supportsParentDeathSignal }: Launcher): boolean {
  // The kernel watches the thread that forked, which only for the main thread lives as long as the process.
  return supportsParentDeathSignal && isMainThread;
}

/** The words that start the program under the launcher's account and, where that can be, end it with this process. */
export function buildCommand(launcher: Launcher, signal: 'INT' | 'KILL', program: readonly string[]): string[] {
  const { prefix } = launcher;
  if (!usesParentDeathSignal(launcher)) return [...prefix, ...program];
  return [...(prefix.length > 0 ? prefix : ['setpriv']), '--pdeathsig', signal, ...program];
}

/** True when the launcher's account can run this server program. */
export async function canRun(launcher: Launcher, program: readonly string[]): Promise<boolean> {
  // A program that cannot look at its own path still answers, with a complaint on stderr.
  const { code, stderr } = await launch(launcher, [...program, '--version']);
  return code === 0 && !stderr.includes('Permission denied');
}

/** True when the launcher's account can go into this directory by its full path. */
export async function canEnter(launcher: Launcher, directory: string): Promise<boolean> {
  const { code } = await launch(launcher, ['/bin/sh', '-c', 'cd -- "$1" && [ -w . ]', 'sh', directory]);
  return code === 0;
}

/** Runs a program to its end, or this process's, under the launcher's account; never rejects. */
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
