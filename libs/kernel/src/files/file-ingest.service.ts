import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Upload } from '../http/uploads.js';
import { HashingCounter, MAX_FILE_BYTES } from './hashing-counter.js';
import { cleanFileName } from './file-name.js';
import { FileStorage } from './file-storage.js';
import { imageDimensions } from './image-dimensions.js';
import { HEAD_BYTES, sniffFile } from './sniff-file.js';

/** What the sender says of a file. */
export interface DeclaredFile {
  readonly name: string;
  /** MIME type; a hint at most. */
  readonly type: string;
  /** Most bytes to take; default {@link MAX_FILE_BYTES}. */
  readonly limit?: number;
}

/** A file whose bytes are in the storage, and what is known of it. */
export interface IngestedFile {
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
export class FileIngestService {
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
  async storeFile(source: Readable | Buffer, declared: DeclaredFile): Promise<IngestedFile> {
    const key = randomUUID();
    const name = cleanFileName(declared.name);
    const counter = new HashingCounter(name, declared.limit ?? MAX_FILE_BYTES);
    const chunks = counter.count(Buffer.isBuffer(source) ? Readable.from([source]) : source);
    try {
      const { head, replay } = await readHead(chunks);
      const type = await sniffFile(head, name, declared.type);
      await this.storage.put(key, Readable.from(replay(), { objectMode: false }), { contentType: type });
      this.unitOfWork.afterRollback(() => this.discard([key]));
      const { width = null, height = null } = imageDimensions(head, type) ?? {};
      return { key, name, type, size: counter.size, sha256: counter.sha256(), width, height };
    } finally {
      if (!Buffer.isBuffer(source)) source.destroy();
    }
  }

  /** Stores a file of a multipart body; see {@link storeFile}. */
  storeUpload(upload: Upload): Promise<IngestedFile> {
    return this.storeFile(createReadStream(upload.path), { name: upload.filename, type: upload.declaredType });
  }

  /**
   * Stores the files of a multipart body and then, in a unit of work, lets `record` write down what came of them.
   * When anything fails, none of them stays.
   */
  async storeUploads<T>(
    uploads: readonly Upload[],
    record: (files: readonly IngestedFile[]) => Promise<T>,
  ): Promise<T> {
    const files: IngestedFile[] = [];
    let hasStartedRecording = false;
    try {
      for (const upload of uploads) files.push(await this.storeUpload(upload));
      return await this.unitOfWork.run(async () => {
        this.unitOfWork.afterRollback(() => this.discard(files.map(({ key }) => key)));
        hasStartedRecording = true;
        return record(files);
      });
    } catch (error) {
      // From there on it is known to the unit of work alone whether the rows are there.
      if (!hasStartedRecording) await this.discard(files.map(({ key }) => key));
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
async function readHead(
  chunks: AsyncGenerator<Buffer, void, void>,
): Promise<{ head: Buffer; replay: () => AsyncGenerator<Buffer> }> {
  const buffered: Buffer[] = [];
  let size = 0;
  let ended = false;
  while (size < HEAD_BYTES && !ended) {
    const { value, done } = await chunks.next();
    if (value) size += buffered.push(value) && value.length;
    ended = done === true;
  }
  async function* replay(): AsyncGenerator<Buffer> {
    yield* buffered;
    yield* chunks;
  }
  return { head: Buffer.concat(buffered).subarray(0, HEAD_BYTES), replay };
}
