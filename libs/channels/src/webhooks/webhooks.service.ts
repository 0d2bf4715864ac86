import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { Clock, newId, notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { WebhookCreated, WebhookDeleted, WebhookSecretRotated, WebhookUpdated } from '../channels.events.js';
import { DeliveryQueueService } from './delivery-queue.service.js';
import { originOf } from './delivery-body.js';
import { assertCanReceive } from './event-catalogue.js';
import { WebhookValidator } from './webhook-validator.service.js';
import { WebhookSecretsService } from './webhook-secrets.service.js';
import type { WebhookSettings, WebhookView, WebhookWithSecret } from './webhook.view.js';
import { WebhooksRepository, type WebhooksFilter } from './webhooks.repository.js';

const MAX_WEBHOOKS = 100;
const SETTINGS = ['url', 'events', 'filter', 'description', 'ordering', 'enabled'] as const;

@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecretsService,
    private readonly queue: DeliveryQueueService,
    private readonly validator: WebhookValidator,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: WebhooksFilter, request: PageRequest): Promise<Page<WebhookView>> {
    return this.webhooks.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<WebhookView> {
    const webhook = await this.webhooks.find(workspaceId, id);
    if (!webhook) throw notFoundError('Webhook');
    return webhook;
  }

  find(workspaceId: string, id: string): Promise<WebhookView | null> {
    return this.webhooks.find(workspaceId, id);
  }

  /**
   * @throws DomainError BAD_REQUEST for an invalid URL, event type or filter; UNPROCESSABLE if there are too many
   * webhooks; FORBIDDEN for security events without the scope.
   */
  async create(
    principal: Principal,
    settings: WebhookSettings,
    secret: string | undefined,
  ): Promise<WebhookWithSecret> {
    const { workspaceId } = principal;
    assertCanReceive(principal, settings.events);
    const validated = await this.validator.validate(workspaceId, settings);
    return this.unitOfWork.run(async () => {
      if ((await this.webhooks.count(workspaceId)) >= MAX_WEBHOOKS)
        throw unprocessableError(`A workspace can have at most ${MAX_WEBHOOKS} webhooks`, { limit: MAX_WEBHOOKS });
      const id = newId();
      const created = this.secrets.create(id, secret);
      const webhook = await this.webhooks.add(
        workspaceId,
        id,
        validated,
        created.secrets,
        this.clock.now().toISOString(),
      );
      this.events.append(new WebhookCreated(id, { url: originOf(webhook.url) }, workspaceId));
      return { ...webhook, secret: created.secret };
    });
  }

  /**
   * Enabling a webhook or changing its URL resets its failure count and resumes pending deliveries.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST; FORBIDDEN for security events without the scope.
   */
  async update(
    principal: Principal,
    id: string,
    change: Partial<WebhookSettings>,
    expected: number | null,
  ): Promise<WebhookView> {
    const { workspaceId } = principal;
    const stored = await this.get(workspaceId, id);
    const validated = await this.validator.validate(workspaceId, change, stored.events);
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertCanReceive(principal, [...before.events, ...(validated.events ?? [])]);
      assertVersion(expected, before.version, () => before);
      const now = this.clock.now().toISOString();
      const after = { ...before, ...validated };
      await this.webhooks.update(workspaceId, id, after, now);
      const changed = changesBetween(before, pick(after, SETTINGS));
      if (changed.url) changed.url = [originOf(before.url), originOf(after.url)];
      if (Object.keys(changed).length > 0)
        this.events.append(new WebhookUpdated(id, { url: originOf(after.url), changed }, workspaceId));
      if (after.enabled && (!before.enabled || after.url !== before.url)) {
        await this.webhooks.setHealth(workspaceId, id, {
          consecutiveFailures: 0,
          failingSince: null,
          pausedUntil: null,
        });
        if (before.disabledReason) await this.webhooks.markDisabled(workspaceId, id, null, now);
      }
      if (after.ordering === 'none' && before.ordering !== 'none') await this.queue.clearOrdering(workspaceId, id);
      if (after.enabled) await this.queue.resume(workspaceId, id);
      return this.get(workspaceId, id);
    });
  }

  /** Deletes a webhook with its deliveries. @throws DomainError NOT_FOUND */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { url } = await this.lock(workspaceId, id);
      await this.webhooks.delete(workspaceId, id);
      await this.queue.cancelWakeUp(workspaceId, id);
      this.events.append(new WebhookDeleted(id, { url: originOf(url) }, workspaceId));
    });
  }

  /** Adds a new secret. Previous secrets sign as well for 24 hours. @throws DomainError NOT_FOUND */
  rotateSecret(workspaceId: string, id: string, secret: string | undefined): Promise<WebhookWithSecret> {
    return this.unitOfWork.run(async () => {
      const locked = await this.webhooks.lockWithSecrets(workspaceId, id);
      if (!locked) throw notFoundError('Webhook');
      const created = this.secrets.rotate(id, locked.secrets, secret);
      this.events.append(new WebhookSecretRotated(id, { url: originOf(locked.webhook.url) }, workspaceId));
      const webhook = await this.webhooks.setSecrets(workspaceId, id, created.secrets, this.clock.now().toISOString());
      return { ...webhook, secret: created.secret };
    });
  }

  private async lock(workspaceId: string, id: string): Promise<WebhookView> {
    const webhook = await this.webhooks.lock(workspaceId, id);
    if (!webhook) throw notFoundError('Webhook');
    return webhook;
  }
}
