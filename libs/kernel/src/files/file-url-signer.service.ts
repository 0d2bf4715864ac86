import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';

/** Injection token of the secret that signs links to files. */
export const FILE_URL_SECRET = Symbol('parley.file-url-secret');

/** What a link says beside its signature. */
export interface SignedUrlOptions {
  /** Name to save the file under, when it is not the file's own. */
  readonly name?: string;
  /** Seconds that the link works at least; default a day. It works up to an hour longer. */
  readonly expiresIn?: number;
  /** Where the content is, from the root; default that of a file of messages. */
  readonly path?: string;
}

/** The query of a link, as it came. */
export interface SignedQuery {
  readonly expires?: unknown;
  readonly signature?: unknown;
  readonly name?: unknown;
}

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/**
 * Links to a file's content that work without a credential, for a time. The time of expiry is rounded up to the full
 * hour, so that within an hour the same file has the same link, and what carries links does not change by itself.
 */
@Injectable()
export class FileUrlSigner {
  private readonly base: string;

  constructor(
    @Inject(FILE_URL_SECRET) private readonly secret: string,
    @Inject(SETTINGS) settings: Pick<Settings, 'publicUrl'>,
    private readonly clock: Clock,
  ) {
    // Port 0 stands for one that is not known yet.
    this.base = /:0$/.test(settings.publicUrl) ? '' : settings.publicUrl;
  }

  /** The link: absolute, or from the root when the server's own address is not known. */
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
   * Checks a link; resolves nothing and looks nothing up, so the file may be gone all the same.
   * @throws DomainError FORBIDDEN when the signature is not ours, or its time is over.
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
