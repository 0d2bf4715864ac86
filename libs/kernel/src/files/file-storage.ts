import type { Readable } from 'node:stream';
import { DomainError } from '../errors/domain-error.js';

/** Part of a stored object, in bytes, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What is known of an object when it is stored. */
export interface ObjectMetadata {
  readonly contentType: string;
}

/**
 * Where the bytes of files are kept: one object per key, written whole or not at all. Who may see an object and what
 * it is called is not known here.
 */
export abstract class FileStorage {
  /**
   * Stores an object, in place of one that has the key already. When it rejects, or the source fails, what was under
   * the key before is still there.
   * @throws DomainError UNAVAILABLE when the storage cannot be reached.
   */
  abstract put(key: string, content: Readable | Buffer, type: ObjectMetadata): Promise<void>;

  /**
   * An object's bytes, or those of a range that lies within it. A stream that is not read to its end must be destroyed.
   * @throws DomainError NOT_FOUND when there is no such object; UNAVAILABLE when the storage cannot be reached.
   */
  abstract open(key: string, range?: ByteRange): Promise<Readable>;

  /**
   * Removes an object; one that is not there is no error.
   * @throws DomainError UNAVAILABLE when the storage cannot be reached.
   */
  abstract delete(key: string): Promise<void>;
}

const KEY = /^[a-z0-9]{4}[a-z0-9._-]{4,196}$/;

/**
 * The key, when it is one: 8 to 200 of `a-z 0-9 . _ -`, of which the first four are letters or digits. So a key is
 * neither a path nor two spellings of one file.
 * @throws Error for anything else, which is a mistake of ours and not of a caller.
 */
export function assertKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`"${key.slice(0, 200)}" is not a storage key`);
  return key;
}

/** The storage cannot be reached, or refuses our credentials. */
export function storageUnavailableError(): DomainError {
  return new DomainError('UNAVAILABLE', 'The file storage is not available', {}, 5);
}
