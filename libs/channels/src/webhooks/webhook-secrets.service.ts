import { Inject, Injectable } from '@nestjs/common';
import { Clock, invalidInputError } from '@parley/kernel';
import { encryptSecret, decryptSecret } from '@parley/kernel/auth';
import { activeSecrets, generateSecret, rotateSecrets, validateSecret, type SealedSecret } from './webhook-secret.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Injection token of the 32-byte key that encrypts stored secrets. */
export const WEBHOOK_KEY = Symbol('parley.channels.webhook-key');

/** Manages the signing secrets of webhooks. */
@Injectable()
export class WebhookSecretsService {
  constructor(
    @Inject(WEBHOOK_KEY) private readonly key: Buffer,
    private readonly webhooks: WebhooksRepository,
    private readonly clock: Clock,
  ) {}

  /** Secrets of a new webhook: the given secret, or a random one. @throws DomainError BAD_REQUEST */
  create(webhookId: string, requestedSecret: string | undefined): { secret: string; secrets: SealedSecret[] } {
    return this.rotate(webhookId, [], requestedSecret);
  }

  /** Adds a secret in front of the existing ones. @throws DomainError BAD_REQUEST */
  rotate(
    webhookId: string,
    existing: readonly SealedSecret[],
    requestedSecret: string | undefined,
  ): { secret: string; secrets: SealedSecret[] } {
    const error = requestedSecret === undefined ? null : validateSecret(requestedSecret);
    if (error) throw invalidInputError('secret', error);
    const secret = requestedSecret ?? generateSecret();
    return { secret, secrets: rotateSecrets(encryptSecret(secret, webhookId, this.key), existing, this.clock.now()) };
  }

  /** Active secrets, newest first. */
  async listActive(workspaceId: string, webhookId: string): Promise<string[]> {
    return this.decryptActive(webhookId, await this.webhooks.listSecrets(workspaceId, webhookId));
  }

  /** The secrets of a webhook that have not expired. */
  decryptActive(webhookId: string, secrets: readonly SealedSecret[]): string[] {
    return activeSecrets(secrets, this.clock.now()).map(({ sealed }) => decryptSecret(sealed, webhookId, this.key));
  }
}
