import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { notFoundError } from '../errors/domain-error.js';
import { assertKey, FileStorage, storageUnavailableError, type ByteRange } from './file-storage.js';

const ABANDONED_AFTER_MS = 24 * 3_600_000;

/**
 * Stores objects as files in one folder: `ab/cd/abcd…`. An object is written to a temporary file, synced and renamed,
 * so that a crash leaves either the old or the new object.
 */
export class LocalFileStorage extends FileStorage implements OnApplicationBootstrap {
  private readonly logger = new Logger('Files');
  private readonly incoming: string;

  constructor(private readonly folder: string) {
    super();
    // A key cannot start with a dot, so this is not the folder of an object.
    this.incoming = join(folder, '.incoming');
  }

  async put(key: string, content: Readable | Buffer): Promise<void> {
    const target = this.pathOf(key);
    const temporaryFile = join(this.incoming, randomUUID());
    try {
      await mkdir(this.incoming, { recursive: true });
      await pipeline(
        Buffer.isBuffer(content) ? [content] : content,
        createWriteStream(temporaryFile, { flags: 'wx', mode: 0o600, flush: true }),
      );
      await this.createFolder(dirname(target));
      await rename(temporaryFile, target);
      await syncFolder(dirname(target));
    } catch (error) {
      await rm(temporaryFile, { force: true }).catch(() => undefined);
      throw this.translateError(error, 'write', key);
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.pathOf(key), 'r').catch((error: unknown) => {
      throw this.translateError(error, 'read', key);
    });
    return file.createReadStream(range);
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true }).catch((error: unknown) => {
      throw this.translateError(error, 'delete', key);
    });
  }

  /** Deletes temporary files of processes that died during a `put`. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(this.incoming).catch(() => []);
    for (const name of names) {
      const temporaryFile = join(this.incoming, name);
      const { mtimeMs } = await stat(temporaryFile).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(temporaryFile, { force: true });
    }
  }

  /** Maps disk errors to DomainErrors. Errors of the source are returned unchanged. */
  private translateError(error: unknown, operation: string, key: string): unknown {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) return error;
    if (code === 'ENOENT' && operation === 'read') return notFoundError('File');
    this.logger.error(`could not ${operation} ${key} in ${this.folder}: ${message}`);
    return storageUnavailableError();
  }

  private pathOf(key: string): string {
    assertKey(key);
    return join(this.folder, key.slice(0, 2), key.slice(2, 4), key);
  }

  private async createFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    // A folder is durable only after its parent is synced.
    for (let current = folder; current.length >= first.length; current = dirname(current))
      await syncFolder(dirname(current));
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
