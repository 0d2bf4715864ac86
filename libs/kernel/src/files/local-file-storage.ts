import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { notFound } from '../errors/domain-error.js';
import { checkedKey, FileStorage, storageUnavailable, type ByteRange } from './file-storage.js';

const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/**
 * Objects as files under one folder: `ab/cd/abcd…`. An object is written beside its place, forced to the disk and
 * moved into it, so that a crash leaves the old one or the new one.
 */
export class LocalFileStorage extends FileStorage implements OnApplicationBootstrap {
  private readonly logger = new Logger('Files');
  private readonly incoming: string;

  constructor(private readonly folder: string) {
    super();
    // A key cannot begin with a dot, so this is no object's folder.
    this.incoming = join(folder, '.incoming');
  }

  async put(key: string, content: Readable | Buffer): Promise<void> {
    const place = this.placeOf(key);
    const draft = join(this.incoming, randomUUID());
    try {
      await mkdir(this.incoming, { recursive: true });
      await pipeline(
        Buffer.isBuffer(content) ? [content] : content,
        createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
      );
      await this.makeFolder(dirname(place));
      await rename(draft, place);
      await syncFolder(dirname(place));
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw this.translated(error, 'write', key);
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.placeOf(key), 'r').catch((error: unknown) => {
      throw this.translated(error, 'read', key);
    });
    return file.createReadStream(range);
  }

  async delete(key: string): Promise<void> {
    await rm(this.placeOf(key), { force: true }).catch((error: unknown) => {
      throw this.translated(error, 'delete', key);
    });
  }

  /** Removes what processes that died in the middle of a `put` have left. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(this.incoming).catch(() => []);
    for (const name of names) {
      const draft = join(this.incoming, name);
      const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs < Date.now() - FORGOTTEN_AFTER_MS) await rm(draft, { force: true });
    }
  }

  /** What the disk refused, in the API's words; errors of the source are passed on. */
  private translated(error: unknown, what: string, key: string): unknown {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) return error;
    if (code === 'ENOENT' && what === 'read') return notFound('File');
    this.logger.error(`could not ${what} ${key} in ${this.folder}: ${message}`);
    return storageUnavailable();
  }

  private placeOf(key: string): string {
    checkedKey(key);
    return join(this.folder, key.slice(0, 2), key.slice(2, 4), key);
  }

  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    // A folder lasts once its parent is on the disk.
    for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing as a folder that can be opened.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
