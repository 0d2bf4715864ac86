import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Upload } from '../http/uploads.js';
import { ByteTally, LARGEST_FILE } from './byte-tally.js';
import { cleanFileName } from './file-name.js';
import { FileStorage } from './file-storage.js';
import { imageDimensions } from './image-dimensions.js';
import { HEAD_BYTES, sniffFile } from './sniff-file.js';

/** What the sender says of a file. */
export interface DeclaredFile {
  readonly name: string;
  /** MIME type; a hint at most. */
  readonly type: string;
  /** Most bytes to take; default {@link LARGEST_FILE}. */
  readonly limit?: number;
}

/** A file whose bytes are in the storage, and what is known of it. */
export interface ReceivedFile {
  /** Its key in the storage; no other file has it. */
  readonly key: string;
  /** Cleaned: no folders, no control characters, at most 255 bytes. */
  readonly name: string;
  /** MIME type by its bytes. */
  readonly type: string;
  readonly size: number;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** In pixels as shown; null for what is no raster image. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Takes files in: to the storage, with their true type, size and hash. */
@Injectable()
export class FileIntake {
  private readonly logger = new Logger('Files');

  constructor(
    private readonly storage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Stores a file. A unit of work that it is called in takes the file along when it is rolled back; best is to call
   * it before one, since it may take as long as the sender likes.
   * @throws DomainError PAYLOAD_TOO_LARGE over the limit, UNAVAILABLE without storage; then nothing is left behind.
   */
  async receiveFile(source: Readable | Buffer, declared: DeclaredFile): Promise<ReceivedFile> {
    const key = randomUUID();
    const name = cleanFileName(declared.name);
    const tally = new ByteTally(name, declared.limit ?? LARGEST_FILE);
    const chunks = tally.over(Buffer.isBuffer(source) ? Readable.from([source]) : source);
    try {
      const { head, whole } = await lookAhead(chunks);
      const type = await sniffFile(head, name, declared.type);
      await this.storage.put(key, Readable.from(whole(), { objectMode: false }), { contentType: type });
      this.unitOfWork.afterRollback(() => this.discard([key]));
      const { width = null, height = null } = imageDimensions(head, type) ?? {};
      return { key, name, type, size: tally.size, sha256: tally.sha256(), width, height };
    } finally {
      if (!Buffer.isBuffer(source)) source.destroy();
    }
  }

  /** Stores a file of a multipart body; see {@link receiveFile}. */
  receiveUpload(upload: Upload): Promise<ReceivedFile> {
    return this.receiveFile(createReadStream(upload.path), { name: upload.filename, type: upload.declaredType });
  }

  /**
   * Stores the files of a multipart body and then, in a unit of work, lets `record` write down what came of them.
   * When anything fails, none of them stays.
   */
  async receiveUploads<T>(
    uploads: readonly Upload[],
    record: (files: readonly ReceivedFile[]) => Promise<T>,
  ): Promise<T> {
    const files: ReceivedFile[] = [];
    let handedOver = false;
    try {
      for (const upload of uploads) files.push(await this.receiveUpload(upload));
      return await this.unitOfWork.run(async () => {
        this.unitOfWork.afterRollback(() => this.discard(files.map(({ key }) => key)));
        handedOver = true;
        return record(files);
      });
    } catch (error) {
      // From there on it is known to the unit of work alone whether the rows are there.
      if (!handedOver) await this.discard(files.map(({ key }) => key));
      throw error;
    }
  }

  /** Removes files that nothing refers to any more; what cannot be removed is logged and stays. */
  async discard(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.storage
        .delete(key)
        .catch((error: Error) => this.logger.warn(`the unused file ${key} stays in the storage: ${error.message}`));
    }
  }
}

/** The first bytes, and all of it as it comes. */
async function lookAhead(
  chunks: AsyncGenerator<Buffer, void, void>,
): Promise<{ head: Buffer; whole: () => AsyncGenerator<Buffer> }> {
  const seen: Buffer[] = [];
  let size = 0;
  let ended = false;
  while (size < HEAD_BYTES && !ended) {
    const { value, done } = await chunks.next();
    if (value) size += seen.push(value) && value.length;
    ended = done === true;
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* seen;
    yield* chunks;
  }
  return { head: Buffer.concat(seen).subarray(0, HEAD_BYTES), whole };
}
