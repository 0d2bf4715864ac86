import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { decryptSecret, encryptSecret } from '../auth/secret-encryption.js';
import type { IdempotentCall } from './idempotency.repository.js';

/** Injection token of the 32-byte key that protects stored responses. */
export const STORED_RESPONSE_KEY = Symbol('parley.stored-response-key');

/** Protects the secrets in requests with an `Idempotency-Key` and in their stored responses. */
@Injectable()
export class ResponseSealingService {
  constructor(@Inject(STORED_RESPONSE_KEY) private readonly key: Buffer) {}

  /** Hash of a request body. Keyed, so that a reader of the database cannot guess a password in the body. */
  hash(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('hex');
  }

  /** Encrypts a response. It can be decrypted for the same call only. */
  seal(body: string, call: IdempotentCall): string {
    return encryptSecret(body, ownerOf(call), this.key);
  }

  /** Decrypts a response that {@link seal} encrypted. */
  open(sealedBody: string, call: IdempotentCall): string {
    return decryptSecret(sealedBody, ownerOf(call), this.key);
  }
}

function ownerOf({ credentialId, route, key }: IdempotentCall): string {
  return `${credentialId}\n${route}\n${key}`;
}
