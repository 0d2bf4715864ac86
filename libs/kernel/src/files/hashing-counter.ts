import { createHash } from 'node:crypto';
import { DomainError } from '../errors/domain-error.js';

/** Largest file that is taken in, in bytes. */
export const MAX_FILE_BYTES = 40 * 1024 * 1024;

/** Counts and hashes the bytes of a file on their way, up to a limit. */
export class HashingCounter {
  size = 0;
  private readonly hash = createHash('sha256');

  constructor(
    private readonly name: string,
    private readonly limit = MAX_FILE_BYTES,
  ) {}

  /**
   * The same chunks, counted.
   * @throws DomainError PAYLOAD_TOO_LARGE from the chunk on that goes over the limit.
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

  /** The hash of all of it, in hex; only once, at the end. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
