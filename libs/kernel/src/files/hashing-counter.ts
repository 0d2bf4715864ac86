import { createHash } from 'node:crypto';
import { DomainError } from '../errors/domain-error.js';

/** Maximum size of an uploaded file in bytes. */
export const MAX_FILE_BYTES = 40 * 1024 * 1024;

/** Counts and hashes the bytes of a stream, up to a limit. */
export class HashingCounter {
  size = 0;
  private readonly hash = createHash('sha256');

  constructor(
    private readonly name: string,
    private readonly limit = MAX_FILE_BYTES,
  ) {}

  /**
   * Yields the same chunks and counts them.
   * @throws DomainError PAYLOAD_TOO_LARGE at the first chunk above the limit.
   */
  async *count(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of chunks) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as Uint8Array);
      this.size += bytes.length;
      if (this.size > this.limit)
        throw new DomainError('PAYLOAD_TOO_LARGE', `${this.name} is larger than ${this.limit} bytes`);
      this.hash.update(bytes);
      yield bytes;
    }
  }

  /** Returns the hash of the whole content in hex. Call it once, at the end. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
