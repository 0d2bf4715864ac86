import { Test, type TestingModule } from '@nestjs/testing';
import {
  Clock,
  KernelModule,
  createLogger,
  newId,
  readSettings,
  runInContext,
  systemContext,
  type Principal,
} from '@parley/kernel';
import { Database, UnitOfWork } from '@parley/kernel/database';
import { EventLogService, Events, type RecordedEvent } from '@parley/kernel/events';
import { OutboundHttpService, type OutboundResponse, type OutboundRequest } from '@parley/kernel/net';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { ConversationTagged, MessagingModule } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { ChannelsModule } from '../../channels.module.js';
import { DeliveryQueueService } from '../delivery-queue.service.js';
import type { DeliveryView } from '../delivery.view.js';
import { WebhookDeliveryRetentionService } from '../webhook-delivery-retention.service.js';
import { EnqueueWebhookDeliveriesOnEventsSubscriber } from '../enqueue-webhook-deliveries-on-events.subscriber.js';
import { SendWebhookDeliveriesJob } from '../send-webhook-deliveries.job.js';
import { WebhookDeliveriesService } from '../webhook-deliveries.service.js';
import { WAKE_WEBHOOK } from '../webhook-jobs.js';
import type { WebhookSettings, WebhookView } from '../webhook.view.js';
import { WebhooksService } from '../webhooks.service.js';

const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';
const PRINCIPAL: Principal = {
  workspaceId: WORKSPACE,
  credentialId: newId(),
  userId: null,
  role: 'service',
  scopes: new Set(['*']),
  plan: 'unlimited',
  actor: { kind: 'api_key', id: newId() },
};
const ALL = { limit: 100, start: { offset: 0 }, direction: 'asc' } as const;

interface EndpointResponse {
  readonly status: number | null;
  readonly retryAfter?: string;
}

class TestClock extends Clock {
  private time = Date.parse('2026-01-15T10:30:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  advance(ms: number): void {
    this.time += ms;
  }
}

/**
 * The channels domain on its own database, with a test clock and fake endpoints. Jobs run only when the test calls
 * them.
 */
export class WebhookTestHarness {
  readonly clock = new TestClock();
  /** Sent requests, oldest first: the URL and the tag of the event. */
  sent: { url: string; tag: string }[] = [];
  /** Response of an endpoint; a null status is a missing response. */
  respond: (url: string) => EndpointResponse | Promise<EndpointResponse> = () => ({ status: 200 });
  private app: TestingModule;
  private database: TestDatabase;
  private createdWebhookIds: string[] = [];

  static async start(): Promise<WebhookTestHarness> {
    const harness = new WebhookTestHarness();
    harness.database = await createTestDatabase();
    const settings = readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' });
    const kernel = KernelModule.forRoot({
      settings,
      databaseUrl: harness.database.url,
      logger: createLogger('silent'),
      clock: harness.clock,
    });
    const outbound = {
      blockReason: () => Promise.resolve(null),
      send: (request: OutboundRequest) => harness.receive(request),
    };
    harness.app = await Test.createTestingModule({ imports: [kernel, TeamsModule, MessagingModule, ChannelsModule] })
      .overrideProvider(OutboundHttpService)
      .useValue(outbound)
      .compile();
    await harness.app.init();
    return harness;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Deletes the webhooks and resets the sent requests and the responses. */
  async reset(): Promise<void> {
    for (const id of this.createdWebhookIds.splice(0))
      await this.runAsSystem(() => this.app.get(WebhooksService).delete(WORKSPACE, id));
    this.sent = [];
    this.respond = () => ({ status: 200 });
  }

  get tags(): string[] {
    return this.sent.map(({ tag }) => tag);
  }

  async createWebhook(
    ordering: WebhookSettings['ordering'] = 'conversation',
    url = `https://${newId()}.example.com/`,
  ): Promise<string> {
    const settings = { url, events: ['conversation.tagged'], filter: null, description: null, enabled: true, ordering };
    const { id } = await this.runAsSystem(() => this.app.get(WebhooksService).create(PRINCIPAL, settings, undefined));
    this.createdWebhookIds.push(id);
    return id;
  }

  update(id: string, change: Partial<WebhookSettings>): Promise<WebhookView> {
    return this.runAsSystem(() => this.app.get(WebhooksService).update(PRINCIPAL, id, change, null));
  }

  getWebhook(id: string): Promise<WebhookView> {
    return this.runAsSystem(() => this.app.get(WebhooksService).get(WORKSPACE, id));
  }

  /** Oldest first. */
  async listDeliveries(id: string): Promise<readonly DeliveryView[]> {
    return (await this.runAsSystem(() => this.app.get(WebhookDeliveriesService).list(PRINCIPAL, id, {}, ALL))).items;
  }

  redeliver(id: string, deliveryId: string): Promise<DeliveryView> {
    return this.runAsSystem(() => this.app.get(WebhookDeliveriesService).redeliver(PRINCIPAL, id, deliveryId));
  }

  /** Appends an event per tag to the log and passes them to the subscriber. Returns the events. */
  async appendEvents(conversationId: string, ...tags: string[]): Promise<RecordedEvent[]> {
    const before = await this.runAsSystem(() => this.app.get(EventLogService).horizon());
    await this.runInUnitOfWork(async () => {
      for (const tag of tags)
        this.app
          .get(Events)
          .append(new ConversationTagged(conversationId, { changed: { tags: [[], [tag]] } }, WORKSPACE));
    });
    const events = await this.listEvents(before);
    for (const event of events) await this.handleEvent(event);
    return events;
  }

  handleEvent(event: RecordedEvent): Promise<void> {
    return this.runInUnitOfWork(() =>
      this.app.get(EnqueueWebhookDeliveriesOnEventsSubscriber).enqueueDeliveries([event]),
    );
  }

  /** Events of the log after a position. */
  listEvents(after = 0, types: string[] | null = null): Promise<RecordedEvent[]> {
    const log = this.app.get(EventLogService);
    return this.runAsSystem(async () =>
      log.listPage(WORKSPACE, after, await log.horizon(), { types, subjectId: null, correlationId: null }, 1_000),
    );
  }

  /** Runs the job of a webhook until no delivery is due. */
  runSendJob(webhookId: string): Promise<void> {
    const run = { id: newId(), payload: { workspaceId: WORKSPACE, webhookId }, attempt: 1, maxAttempts: 25 };
    return this.runAsSystem(() => this.app.get(SendWebhookDeliveriesJob).send(run));
  }

  /** Claims due deliveries like a process that crashes afterwards. */
  async claimAndAbandon(webhookId: string): Promise<void> {
    await this.runInUnitOfWork(() => this.app.get(DeliveryQueueService).takeTurn(WORKSPACE, webhookId, [], true));
  }

  prune(): Promise<void> {
    return this.app.get(WebhookDeliveryRetentionService).runNow();
  }

  /** Milliseconds until the wake-up timer of the webhook; null if there is no timer. */
  async msUntilWakeUp(webhookId: string): Promise<number | null> {
    const find = { name: '', text: 'select due_at from kernel.timers where kind = $1 and key = $2' };
    const timer = await this.app.get(Database).row<{ due_at: string }>(find, [WAKE_WEBHOOK, webhookId]);
    return timer && Date.parse(timer.due_at) - this.clock.now().getTime();
  }

  private async receive({ url, body }: OutboundRequest): Promise<OutboundResponse> {
    const { data } = JSON.parse(String(body)) as { data: { changed: { tags: [string[], [string]] } } };
    this.sent.push({ url, tag: data.changed.tags[1][0] });
    const { status, retryAfter } = await this.respond(url);
    return {
      status,
      headers: retryAfter ? { 'retry-after': retryAfter } : {},
      body: Buffer.from('answer'),
      latencyMs: 7,
      error: status === null ? 'The connection was refused' : null,
    };
  }

  private runAsSystem<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext('test', null, WORKSPACE), work);
  }

  private runInUnitOfWork<T>(work: () => Promise<T>): Promise<T> {
    return this.runAsSystem(() => this.app.get(UnitOfWork).run(work));
  }
}
