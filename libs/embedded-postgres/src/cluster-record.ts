import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { identify, isStillRunning, type ProcessIdentity } from './process-identity.js';

/** What has to be remembered about one cluster, in `cluster.json`, readable by its owner alone. */
export interface ClusterRecord {
  /** The data directory when it is not `data` beside this record, so that the whole can be moved; else null. */
  readonly relocatedTo: string | null;
  /** The port last listened on; null before the first start. */
  readonly port: number | null;
  readonly superuserPassword: string;
  readonly password: string;
  /** Version of the roles, databases and extensions already made; 0 before any. */
  readonly provisioned: number;
}

/** Which process started, and so stops, the server that has this postmaster. */
export interface Ownership {
  readonly owner: ProcessIdentity;
  readonly postmaster: ProcessIdentity;
}

/** Where the data of the cluster in `directory` lies. */
export function resolveDataDirectory(directory: string, relocatedTo: string | null): string {
  return relocatedTo ?? path.join(directory, 'data');
}

/** Reads the cluster's record; null when there is none yet. */
export async function readClusterRecord(directory: string): Promise<ClusterRecord | null> {
  return readJson<ClusterRecord>(path.join(directory, 'cluster.json'));
}

/** Writes the record so that a crash leaves either the old or the new one. */
export async function writeClusterRecord(directory: string, record: ClusterRecord): Promise<ClusterRecord> {
  await writeJson(path.join(directory, 'cluster.json'), record);
  return record;
}

/** A record for a cluster that is about to be made, with fresh random passwords. */
export function createClusterRecord(): ClusterRecord {
  const secret = (): string => randomBytes(24).toString('base64url');
  return { relocatedTo: null, port: null, superuserPassword: secret(), password: secret(), provisioned: 0 };
}

/** Notes this process as the owner of the server with this postmaster. */
export async function recordOwnership(directory: string, postmaster: number): Promise<void> {
  await writeJson(path.join(directory, 'owner.json'), {
    owner: identify(process.pid),
    postmaster: identify(postmaster),
  });
}

/** True while the process that owns the server with this postmaster is running. */
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
    // After one start as root its owner must still be able to start it.
    const { uid, gid } = await stat(path.dirname(file));
    if (process.getuid?.() === 0) await handle.chown(uid, gid);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporaryFile, file);
}
