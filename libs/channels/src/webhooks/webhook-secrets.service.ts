import { Inject, Injectable } from '@nestjs/common';
import { badRequest, Clock, seal, unseal } from '@parley/kernel';
import { activeSecrets, newSecret, rotated, secretFault, type SealedSecret } from './webhook-secret.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Injection token of the key, 32 bytes, that secrets are encrypted with at rest. */
export const WEBHOOK_KEY = Symbol('parley.channels.webhook-key');

/** Keeps the secrets that sign. */
@Injectable()
export class WebhookSecrets {
  constructor(
    @Inject(WEBHOOK_KEY) private readonly key: Buffer,
    private readonly webhooks: WebhooksRepository,
    private readonly clock: Clock,
  ) {}

  /** The secrets of a new webhook: the one given, or a random one. @throws DomainError BAD_REQUEST */
  begin(webhookId: string, given: string | undefined): { secret: string; secrets: SealedSecret[] } {
    return this.rotate(webhookId, [], given);
  }

  /** A new secret in front of those known. @throws DomainError BAD_REQUEST */
  rotate(
    webhookId: string,
    known: readonly SealedSecret[],
    given: string | undefined,
  ): { secret: string; secrets: SealedSecret[] } {
    const fault = given === undefined ? null : secretFault(given);
    if (fault) throw badRequest({ secret: [`secret ${fault}`] });
    const secret = given ?? newSecret();
    return { secret, secrets: rotated(seal(secret, webhookId, this.key), known, this.clock.now()) };
  }

  /** What signs now, the newest first. */
  async active(workspaceId: string, webhookId: string): Promise<string[]> {
    const known = await this.webhooks.secretsOf(workspaceId, webhookId);
    return activeSecrets(known, this.clock.now()).map(({ sealed }) => unseal(sealed, webhookId, this.key));
  }
}
