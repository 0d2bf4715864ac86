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

/** Properties of a file as declared by the sender. */
export interface DeclaredFile {
  readonly name: string;
  /** MIME type; only a hint. */
  readonly type: string;
  /** Maximum size in bytes. Default: {@link MAX_FILE_BYTES}. */
  readonly limit?: number;
}

/** Stored file and its detected properties. */
export interface IngestedFile {
  /** Storage key, unique per file. */
  readonly key: string;
  /** Sanitized: no folders, no control characters, at most 255 bytes. */
  readonly name: string;
  /** MIME type detected from the content. */
  readonly type: string;
  readonly size: number;
  /** Hash of the content, in hex. */
  readonly sha256: string;
  /** Size in pixels as displayed; null if the file is not a raster image. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Stores files and detects their type, size and hash. */
@Injectable()
export class FileIngestService {
  private readonly logger = new Logger('Files');

  constructor(
    private readonly storage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Stores a file. If it is called within a unit of work, a rollback deletes the file. Prefer to call it before a unit
   * of work, because it can take as long as the upload.
   * @throws DomainError PAYLOAD_TOO_LARGE above the limit, UNAVAILABLE if the storage cannot be reached. Nothing is
   * stored in either case.
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
   * Stores the files of a multipart body and then calls `record` in a unit of work. If anything fails, all of them are
   * deleted.
   */
  storeUploads<T>(uploads: readonly Upload[], record: (files: readonly IngestedFile[]) => Promise<T>): Promise<T> {
    return this.storeAll(
      uploads.map((upload) => () => this.storeUpload(upload)),
      record,
    );
  }

  /** Stores contents in memory and then calls `record`; see {@link storeUploads}. */
  storeContents<T>(
    contents: readonly (DeclaredFile & { readonly content: Buffer })[],
    record: (files: readonly IngestedFile[]) => Promise<T>,
  ): Promise<T> {
    return this.storeAll(
      contents.map(
        ({ content, ...declared }) =>
          () =>
            this.storeFile(content, declared),
      ),
      record,
    );
  }

  private async storeAll<T>(
    writes: readonly (() => Promise<IngestedFile>)[],
    record: (files: readonly IngestedFile[]) => Promise<T>,
  ): Promise<T> {
    const files: IngestedFile[] = [];
    let hasStartedRecording = false;
    try {
      for (const write of writes) files.push(await write());
      return await this.unitOfWork.run(async () => {
        this.unitOfWork.afterRollback(() => this.discard(files.map(({ key }) => key)));
        hasStartedRecording = true;
        return record(files);
      });
    } catch (error) {
      // After that, only the unit of work knows if the rows were committed.
      if (!hasStartedRecording) await this.discard(files.map(({ key }) => key));
      throw error;
    }
  }

  /** Deletes unreferenced files. A failure is logged, and the file remains. */
  async discard(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.storage
        .delete(key)
        .catch((error: Error) => this.logger.warn(`could not delete the unused file ${key}: ${error.message}`));
    }
  }
}

/** Returns the first bytes, and a generator of the whole content. */
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
