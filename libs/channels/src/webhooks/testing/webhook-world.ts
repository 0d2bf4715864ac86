import { Test, type TestingModule } from '@nestjs/testing';
import {
  Clock,
  Database,
  EventLogService,
  Events,
  KernelModule,
  makeLogger,
  newId,
  OutboundHttp,
  readSettings,
  runInContext,
  systemContext,
  UnitOfWork,
  type OutboundAnswer,
  type OutboundRequest,
  type RecordedEvent,
} from '@parley/kernel';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { ConversationTagged } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { ChannelsModule } from '../../channels.module.js';
import { DeliveryQueue } from '../delivery-queue.service.js';
import type { DeliveryView } from '../delivery.view.js';
import { PruneWebhookDeliveries } from '../prune-webhook-deliveries.service.js';
import { QueueWebhookDeliveries } from '../queue-webhook-deliveries.subscriber.js';
import { SendWebhookDeliveries } from '../send-webhook-deliveries.job.js';
import { WebhookDeliveriesService } from '../webhook-deliveries.service.js';
import { WAKE_WEBHOOK } from '../webhook-jobs.js';
import type { WebhookSettings, WebhookView } from '../webhook.view.js';
import { WebhooksService } from '../webhooks.service.js';

const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';
const ALL = {
  limit: 100,
  start: { offset: 0 },
  direction: 'asc',
  fingerprint: '',
  offset: 0,
  knownTotal: null,
} as const;

interface Reply {
  readonly status: number | null;
  readonly retryAfter?: string;
}

class TestClock extends Clock {
  private time = Date.parse('2026-01-15T10:30:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  pass(ms: number): void {
    this.time += ms;
  }
}

/** The channels on a database of their own, with a clock and endpoints of the test's; nothing runs unless it is told to. */
export class WebhookWorld {
  readonly clock = new TestClock();
  /** What was sent, oldest first: to which URL, and the tag of the event. */
  sent: { url: string; tag: string }[] = [];
  /** What endpoints answer; null is no answer. */
  answer: (url: string) => Reply | Promise<Reply> = () => ({ status: 200 });
  private app: TestingModule;
  private database: TestDatabase;
  private made: string[] = [];

  static async start(): Promise<WebhookWorld> {
    const world = new WebhookWorld();
    world.database = await createTestDatabase();
    const settings = readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' });
    const kernel = KernelModule.forRoot({
      settings,
      databaseUrl: world.database.url,
      logger: makeLogger('silent'),
      clock: world.clock,
    });
    const outbound = { refusal: () => Promise.resolve(null), send: (request: OutboundRequest) => world.take(request) };
    world.app = await Test.createTestingModule({ imports: [kernel, TeamsModule, ChannelsModule] })
      .overrideProvider(OutboundHttp)
      .useValue(outbound)
      .compile();
    await world.app.init();
    return world;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Forgets webhooks, what was sent, and how endpoints answer. */
  async clear(): Promise<void> {
    for (const id of this.made.splice(0))
      await this.asSystem(() => this.app.get(WebhooksService).delete(WORKSPACE, id));
    this.sent = [];
    this.answer = () => ({ status: 200 });
  }

  get tags(): string[] {
    return this.sent.map(({ tag }) => tag);
  }

  async makeWebhook(
    ordering: WebhookSettings['ordering'] = 'conversation',
    url = `https://${newId()}.example.com/`,
  ): Promise<string> {
    const settings = { url, events: ['conversation.tagged'], filter: null, description: null, enabled: true, ordering };
    const { id } = await this.asSystem(() => this.app.get(WebhooksService).create(WORKSPACE, settings, undefined));
    this.made.push(id);
    return id;
  }

  update(id: string, change: Partial<WebhookSettings>): Promise<WebhookView> {
    return this.asSystem(() => this.app.get(WebhooksService).update(WORKSPACE, id, change, null));
  }

  webhook(id: string): Promise<WebhookView> {
    return this.asSystem(() => this.app.get(WebhooksService).get(WORKSPACE, id));
  }

  /** Oldest first. */
  async deliveries(id: string): Promise<readonly DeliveryView[]> {
    return (await this.asSystem(() => this.app.get(WebhookDeliveriesService).list(WORKSPACE, id, {}, ALL))).items;
  }

  redeliver(id: string, deliveryId: string): Promise<DeliveryView> {
    return this.asSystem(() => this.app.get(WebhookDeliveriesService).redeliver(WORKSPACE, id, deliveryId));
  }

  /** Puts an event for each tag in the log and hands them to the subscriber. Gives the events. */
  async happen(conversationId: string, ...tags: string[]): Promise<RecordedEvent[]> {
    const before = await this.asSystem(() => this.app.get(EventLogService).horizon());
    await this.inUnit(async () => {
      for (const tag of tags)
        this.app
          .get(Events)
          .append(new ConversationTagged(conversationId, { changed: { tags: [[], [tag]] } }, WORKSPACE));
    });
    const events = await this.log(before);
    for (const event of events) await this.handOver(event);
    return events;
  }

  handOver(event: RecordedEvent): Promise<void> {
    return this.inUnit(() => this.app.get(QueueWebhookDeliveries).queueEvent(event));
  }

  /** The event log after a position. */
  log(after = 0, types: string[] | null = null): Promise<RecordedEvent[]> {
    const log = this.app.get(EventLogService);
    return this.asSystem(async () =>
      log.page(WORKSPACE, after, await log.horizon(), { types, subjectId: null, correlationId: null }, 1_000),
    );
  }

  /** Runs the job of a webhook until there is nothing to do. */
  run(webhookId: string): Promise<void> {
    const run = { id: newId(), payload: { workspaceId: WORKSPACE, webhookId }, attempt: 1, mostAttempts: 25 };
    return this.asSystem(() => this.app.get(SendWebhookDeliveries).send(run));
  }

  /** Takes what is due, as a process does that then dies. */
  async takeAndDie(webhookId: string): Promise<void> {
    await this.inUnit(() => this.app.get(DeliveryQueue).claim(WORKSPACE, webhookId));
  }

  prune(): Promise<void> {
    return this.app.get(PruneWebhookDeliveries).turn();
  }

  /** Milliseconds until the webhook is woken; null when nothing wakes it. */
  async wakesIn(webhookId: string): Promise<number | null> {
    const find = { name: '', text: 'select due_at from kernel.timers where kind = $1 and key = $2' };
    const timer = await this.app.get(Database).row<{ due_at: string }>(find, [WAKE_WEBHOOK, webhookId]);
    return timer && Date.parse(timer.due_at) - this.clock.now().getTime();
  }

  private async take({ url, body }: OutboundRequest): Promise<OutboundAnswer> {
    const { data } = JSON.parse(String(body)) as { data: { changed: { tags: [string[], [string]] } } };
    this.sent.push({ url, tag: data.changed.tags[1][0] });
    const { status, retryAfter } = await this.answer(url);
    return {
      status,
      headers: retryAfter ? { 'retry-after': retryAfter } : {},
      body: Buffer.from('answer'),
      latencyMs: 7,
      error: status === null ? 'The connection was refused' : null,
    };
  }

  private asSystem<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext('test', null, WORKSPACE), work);
  }

  private inUnit<T>(work: () => Promise<T>): Promise<T> {
    return this.asSystem(() => this.app.get(UnitOfWork).run(work));
  }
}
