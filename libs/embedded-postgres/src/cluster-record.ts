import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { identify, isStillRunning, type ProcessIdentity } from './process-identity.js';

/** The stored settings of a cluster, in `cluster.json`, which only its owner can read. */
export interface ClusterRecord {
  /**
   * Path of the data directory if it is not `data` next to this file, else null. Null allows the whole directory to be
   * moved.
   */
  readonly relocatedTo: string | null;
  /** The port of the last start; null before the first start. */
  readonly port: number | null;
  readonly superuserPassword: string;
  readonly password: string;
  /** Version of the existing roles, databases and extensions; 0 before any. */
  readonly provisioned: number;
}

/** The process that started a server, and therefore stops it, with the postmaster of that server. */
export interface Ownership {
  readonly owner: ProcessIdentity;
  readonly postmaster: ProcessIdentity;
}

/** Path of the data of the cluster in `directory`. */
export function resolveDataDirectory(directory: string, relocatedTo: string | null): string {
  return relocatedTo ?? path.join(directory, 'data');
}

/** Reads the record of the cluster. Returns null if there is none. */
export async function readClusterRecord(directory: string): Promise<ClusterRecord | null> {
  return readJson<ClusterRecord>(path.join(directory, 'cluster.json'));
}

/** Writes the record atomically: after a crash, either the old or the new one exists. */
export async function writeClusterRecord(directory: string, record: ClusterRecord): Promise<ClusterRecord> {
  await writeJson(path.join(directory, 'cluster.json'), record);
  return record;
}

/** Creates the record of a new cluster, with random passwords. */
export function createClusterRecord(): ClusterRecord {
  const secret = (): string => randomBytes(24).toString('base64url');
  return { relocatedTo: null, port: null, superuserPassword: secret(), password: secret(), provisioned: 0 };
}

/** Records this process as the owner of the server with this postmaster. */
export async function recordOwnership(directory: string, postmaster: number): Promise<void> {
  await writeJson(path.join(directory, 'owner.json'), {
    owner: identify(process.pid),
    postmaster: identify(postmaster),
  });
}

/** True if the process that owns the server with this postmaster is running. */
export async function isOwnerRunning(directory: string, postmaster: number): Promise<boolean> {
  const ownership = await readJson<Ownership>(path.join(directory, 'owner.json'));
  return (
    ownership !== null &&
    ownership.postmaster?.pid === postmaster &&
    isStillRunning(ownership.postmaster) &&
    isStillRunning(ownership.owner)
  );
}

async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  const temporaryFile = `${file}.${process.pid}`;
  const handle = await open(temporaryFile, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    // After a start as root, the owner of the directory must still be able to start the server.
    const { uid, gid } = await stat(path.dirname(file));
    if (process.getuid?.() === 0) await handle.chown(uid, gid);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporaryFile, file);
}
