import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';

/** Injection token of the secret that signs file URLs. */
export const FILE_URL_SECRET = Symbol('parley.file-url-secret');

/** Options of a signed URL. */
export interface SignedUrlOptions {
  /** Download name. Default: the name of the file. */
  readonly name?: string;
  /** Minimum lifetime in seconds. Default: one day. The URL is valid for up to an hour longer. */
  readonly expiresIn?: number;
  /** Path of the content. Default: the content of a message file. */
  readonly path?: string;
}

/** Query parameters of a signed URL, unvalidated. */
export interface SignedQuery {
  readonly expires?: unknown;
  readonly signature?: unknown;
  readonly name?: unknown;
}

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/**
 * Signs URLs that give access to a file's content without a credential for a limited time. The expiry is rounded up to
 * the full hour, so that a file keeps the same URL within an hour and responses with URLs do not change needlessly.
 */
@Injectable()
export class FileUrlSigner {
  private readonly base: string;

  constructor(
    @Inject(FILE_URL_SECRET) private readonly secret: string,
    @Inject(SETTINGS) settings: Pick<Settings, 'publicUrl'>,
    private readonly clock: Clock,
  ) {
    // Port 0 means that the port is not known yet.
    this.base = /:0$/.test(settings.publicUrl) ? '' : settings.publicUrl;
  }

  /** Creates a signed URL. It is relative to the root if the server's own address is not known. */
  createUrl(
    fileId: string,
    { name, expiresIn = DAY_SECONDS, path = `/v1/files/${fileId}/content` }: SignedUrlOptions = {},
  ): string {
    const minExpiry = this.clock.now().getTime() / 1000 + expiresIn;
    const expires = String(Math.ceil(minExpiry / HOUR_SECONDS) * HOUR_SECONDS);
    const query = new URLSearchParams({
      expires,
      ...(name !== undefined && { name }),
      signature: this.sign(fileId, expires, name ?? null),
    });
    return `${this.base}${path}?${query}`;
  }

  /**
   * Verifies a signed URL. Does not check that the file exists.
   * @throws DomainError FORBIDDEN if the signature is invalid or expired.
   */
  verify(fileId: string, { expires, signature, name }: SignedQuery): void {
    const isWellFormed =
      typeof expires === 'string' && typeof signature === 'string' && (name === undefined || typeof name === 'string');
    if (!isWellFormed || !isEqual(signature, this.sign(fileId, expires, name ?? null)))
      throw new DomainError('FORBIDDEN', 'The signature of this link is not valid');
    if (Number(expires) * 1000 <= this.clock.now().getTime())
      throw new DomainError('FORBIDDEN', 'This link has expired');
  }

  private sign(fileId: string, expires: string, name: string | null): string {
    return createHmac('sha256', this.secret)
      .update(JSON.stringify([fileId.toLowerCase(), expires, name]))
      .digest('base64url');
  }
}

function isEqual(actual: string, expected: string): boolean {
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
