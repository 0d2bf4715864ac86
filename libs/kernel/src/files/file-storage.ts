import type { Readable } from 'node:stream';
import { DomainError } from '../errors/domain-error.js';

/** Range of a stored object in bytes, both ends inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Metadata of an object to store. */
export interface ObjectMetadata {
  readonly contentType: string;
}

/**
 * Storage of file contents: one object per key, written completely or not at all. It knows nothing about file names or
 * access.
 */
export abstract class FileStorage {
  /**
   * Stores an object, replacing one with the same key. If it rejects or the source fails, the previous object remains.
   * @throws DomainError UNAVAILABLE if the storage cannot be reached.
   */
  abstract put(key: string, content: Readable | Buffer, type: ObjectMetadata): Promise<void>;

  /**
   * Opens an object, or a range within it. A stream that is not read to its end must be destroyed.
   * @throws DomainError NOT_FOUND if the object does not exist; UNAVAILABLE if the storage cannot be reached.
   */
  abstract open(key: string, range?: ByteRange): Promise<Readable>;

  /**
   * Deletes an object. A missing object is not an error.
   * @throws DomainError UNAVAILABLE if the storage cannot be reached.
   */
  abstract delete(key: string): Promise<void>;
}

const KEY = /^[a-z0-9]{4}[a-z0-9._-]{4,196}$/;

/**
 * Returns the key if it is valid: 8 to 200 characters of `a-z 0-9 . _ -`, starting with four letters or digits. A valid
 * key is not a path and has only one spelling.
 * @throws Error for any other key, which is a programming error.
 */
export function assertKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`"${key.slice(0, 200)}" is not a storage key`);
  return key;
}

/** Error if the storage cannot be reached or rejects our credentials. */
export function storageUnavailableError(): DomainError {
  return new DomainError('UNAVAILABLE', 'The file storage is unavailable', {}, 5);
}
