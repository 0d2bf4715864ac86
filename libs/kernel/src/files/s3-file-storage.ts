import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { S3Settings } from '../config/settings.js';
import { notFoundError } from '../errors/domain-error.js';
import {
  assertKey,
  FileStorage,
  storageUnavailableError,
  type ByteRange,
  type ObjectMetadata,
} from './file-storage.js';
import { createTemporaryFolder } from './temporary-folders.js';

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;

/** Stores objects in an S3 bucket, or a compatible service. */
export class S3FileStorage extends FileStorage implements OnApplicationShutdown {
  private readonly logger = new Logger('Files');
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // Compatible services often support neither bucket host names nor the newer checksums.
      ...(endpoint !== null && { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: IDLE_TIMEOUT_MS },
    });
  }

  async put(key: string, content: Readable | Buffer, { contentType }: ObjectMetadata): Promise<void> {
    assertKey(key);
    if (Buffer.isBuffer(content)) return this.send(key, content, content.length, contentType);
    // The length must be known before the first byte is sent, and the source must have ended without an error.
    const folder = await createTemporaryFolder('s3');
    try {
      const temporaryFile = join(folder, 'upload');
      await pipeline(content, createWriteStream(temporaryFile, { mode: 0o600 }));
      await this.send(key, createReadStream(temporaryFile), (await stat(temporaryFile)).size, contentType);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: assertKey(key), Range });
    const { Body } = await this.withStorageErrors('read', key, () => this.client.send(command));
    return Body as Readable;
  }

  async delete(key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.bucket, Key: assertKey(key) });
    await this.withStorageErrors('delete', key, () => this.client.send(command));
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  private async send(Key: string, Body: Readable | Buffer, ContentLength: number, ContentType: string): Promise<void> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key, Body, ContentLength, ContentType });
    await this.withStorageErrors('write', Key, () => this.client.send(command));
  }

  private async withStorageErrors<T>(operation: string, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = error instanceof S3ServiceException ? error.name : null;
      if (reason === 'NoSuchKey' || reason === 'NotFound') throw notFoundError('File');
      this.logger.error(
        `could not ${operation} ${key} in the bucket ${this.bucket}: ` +
          (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
      );
      throw storageUnavailableError();
    }
  }
}
