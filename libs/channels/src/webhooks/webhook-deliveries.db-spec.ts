import { Test, type TestingModule } from '@nestjs/testing';
import {
  Clock, Database, DomainEvent, EventLogService, Events, KernelModule, makeLogger, newId, OutboundHttp, readSettings, runInContext, systemContext, UnitOfWork,
  type OutboundAnswer, type OutboundRequest,
} from '@parley/kernel';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { ConversationTagged } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { ChannelsModule } from '../channels.module.js';
import { PruneWebhookDeliveries } from './prune-webhook-deliveries.service.js';
import { QueueWebhookDeliveries } from './queue-webhook-deliveries.subscriber.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { SendWebhookDeliveries } from './send-webhook-deliveries.job.js';
import { WebhookDeliveriesService } from './webhook-deliveries.service.js';
import { WebhooksService } from './webhooks.service.js';

const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

class TestClock extends Clock {
  private time = Date.parse('2026-01-15T10:30:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  pass(ms: number): void {
    this.time += ms;
  }
}

/** The other side: answers with a status, or not at all when it is null. */
class Endpoints {
  readonly sent: { url: string; tags: unknown }[] = [];
  answer: (url: string) => { status: number | null; retryAfter?: string } | Promise<{ status: number | null }> = () => ({ status: 200 });

  refusal(): Promise<null> {
    return Promise.resolve(null);
  }

  async send({ url, body }: OutboundRequest): Promise<OutboundAnswer> {
    this.sent.push({ url, tags: (JSON.parse(String(body)) as { data: { changed: { tags: [string[], string[]] } } }).data.changed.tags[1][0] });
    const { status, retryAfter } = (await this.answer(url)) as { status: number | null; retryAfter?: string };
    return { status, headers: retryAfter ? { 'retry-after': retryAfter } : {}, body: Buffer.from('answer'), latencyMs: 7, error: status === null ? 'The connection was refused' : null };
  }
}

describe('deliveries to webhooks', () => {
  let database: TestDatabase;
  let app: TestingModule;
  const clock = new TestClock();
  let endpoints: Endpoints;

  beforeAll(async () => {
    database = await createTestDatabase();
    const settings = readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent', PARLEY_POOL: '12' });
    const kernel = KernelModule.forRoot({ settings, databaseUrl: database.url, logger: makeLogger('silent'), clock });
    const outbound = { refusal: () => endpoints.refusal(), send: (request: OutboundRequest) => endpoints.send(request) };
    app = await Test.createTestingModule({ imports: [kernel, TeamsModule, ChannelsModule] }).overrideProvider(OutboundHttp).useValue(outbound).compile();
    await app.init();
  });

  beforeEach(() => (endpoints = new Endpoints()));

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const asSystem = <T>(work: () => Promise<T>): Promise<T> => runInContext(systemContext('test', null, WORKSPACE), work);
  const inUnit = <T>(work: () => Promise<T>): Promise<T> => asSystem(() => app.get(UnitOfWork).run(work));

  async function makeWebhook(ordering: 'conversation' | 'none' = 'conversation', url = `https://${newId()}.example.com/`): Promise<string> {
    const settings = { url, events: ['conversation.tagged'], filter: null, description: null, enabled: true, ordering };
    const { id } = await asSystem(() => app.get(WebhooksService).create(WORKSPACE, settings, undefined));
    made.push(id);
    return id;
  }

  const made: string[] = [];

  afterEach(async () => {
    for (const id of made.splice(0)) await asSystem(() => app.get(WebhooksService).delete(WORKSPACE, id));
  });

  /** Puts events in the log and hands them to the subscriber; each carries its own tag. */
  async function happen(conversationId: string, ...tags: string[]): Promise<void> {
    const events: DomainEvent[] = tags.map((tag) => new ConversationTagged(conversationId, { changed: { tags: [[], [tag]] } }, WORKSPACE));
    const log = app.get(EventLogService);
    const before = await asSystem(() => log.horizon());
    await inUnit(async () => events.forEach((event) => app.get(Events).append(event)));
    const recorded = await asSystem(async () => log.page(WORKSPACE, before, await log.horizon(), { types: null, subjectId: null, correlationId: null }, 100));
    for (const event of recorded) await inUnit(() => app.get(QueueWebhookDeliveries).queueEvent(event));
  }

  const run = (webhookId: string): Promise<void> =>
    asSystem(() => app.get(SendWebhookDeliveries).send({ id: newId(), payload: { workspaceId: WORKSPACE, webhookId }, attempt: 1, mostAttempts: 25 }));
  const webhook = (id: string) => asSystem(() => app.get(WebhooksService).get(WORKSPACE, id));
  const request = { limit: 100, start: { offset: 0 }, direction: 'asc', fingerprint: '', offset: 0, knownTotal: null } as const;
  const deliveries = async (id: string) => (await asSystem(() => app.get(WebhookDeliveriesService).list(WORKSPACE, id, {}, request))).items;
  const tagsSent = (): unknown[] => endpoints.sent.map(({ tags }) => tags);
  const timer = async (id: string): Promise<string | null> =>
    (await app.get(Database).row<{ due_at: string }>({ name: '', text: `select due_at from kernel.timers where kind = 'channels.wake-webhook' and key = $1` }, [id]))?.due_at ?? null;

  it('should queue an event once, however often it is handed over', async () => {
    const id = await makeWebhook();
    await happen(newId(), 'a');
    const [event] = (await asSystem(() => app.get(EventLogService).page(WORKSPACE, 0, Number.MAX_SAFE_INTEGER, { types: null, subjectId: null, correlationId: null }, 1_000))).slice(-1);
    await inUnit(() => app.get(QueueWebhookDeliveries).queueEvent(event!));
    await run(id);
    await run(id);
    expect(tagsSent()).toEqual(['a']);
    expect(await deliveries(id)).toMatchObject([{ status: 'succeeded', attemptCount: 1 }]);
  });

  it('should wake itself when the next attempt is due, and no sooner', async () => {
    const id = await makeWebhook();
    endpoints.answer = () => ({ status: 500 });
    await happen(newId(), 'a');
    await run(id);
    const due = Date.parse((await timer(id))!) - clock.now().getTime();
    expect(due).toBeGreaterThanOrEqual(4_500);
    expect(due).toBeLessThanOrEqual(5_500);
    await run(id);
    expect(endpoints.sent).toHaveLength(1);
  });

  it('should let a conversation go on once an earlier event has used up its attempts', async () => {
    const id = await makeWebhook();
    const [conversation, other] = [newId(), newId()];
    let refuse = true;
    endpoints.answer = () => ({ status: refuse ? 500 : 200 });
    await happen(conversation, 'first', 'second', 'third');
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await run(id);
      expect(tagsSent()).toEqual(Array.from({ length: attempt }, () => 'first'));
      clock.pass(12 * HOUR);
    }
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(['failed', 'pending', 'pending']);
    refuse = false;
    await happen(other, 'elsewhere');
    await run(id);
    expect(tagsSent().slice(8).sort()).toEqual(['elsewhere', 'second', 'third']);
    expect(tagsSent().indexOf('second')).toBeLessThan(tagsSent().indexOf('third'));
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded']);
  });

  it('should send once more what a process took and never finished', async () => {
    const id = await makeWebhook();
    await happen(newId(), 'a');
    await inUnit(() => app.get(DeliveryQueue).claim(WORKSPACE, id));
    await run(id);
    expect(endpoints.sent).toHaveLength(0);
    expect(Date.parse((await timer(id))!) - clock.now().getTime()).toBe(60_000);
    clock.pass(60_000);
    await run(id);
    expect(tagsSent()).toEqual(['a']);
  });

  it('should take a failing endpoint one delivery at a time, and leave it alone in between', async () => {
    const id = await makeWebhook('none');
    endpoints.answer = () => ({ status: null });
    await happen(newId(), ...Array.from({ length: 20 }, (_, index) => `t${index}`));
    await run(id);
    expect(endpoints.sent).toHaveLength(8);
    const { pausedUntil } = await webhook(id);
    expect(Date.parse(pausedUntil!)).toBeGreaterThan(clock.now().getTime());
    clock.pass(Date.parse(pausedUntil!) - clock.now().getTime());
    await run(id);
    expect(endpoints.sent).toHaveLength(9);
    clock.pass(301_000);
    endpoints.answer = () => ({ status: 200 });
    await run(id);
    expect(await webhook(id)).toMatchObject({ failuresInARow: 0, failingSince: null, pausedUntil: null });
    clock.pass(HOUR);
    await run(id);
    expect((await deliveries(id)).every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it('should not let an endpoint that hangs hold up another', async () => {
    const [hanging, well] = [await makeWebhook('none', 'https://hanging.example.com/'), await makeWebhook('none', 'https://well.example.com/')];
    let release: () => void = () => undefined;
    const hung = new Promise<void>((resolve) => (release = resolve));
    endpoints.answer = (url) => (url.includes('hanging') ? hung.then(() => ({ status: 200 })) : { status: 200 });
    await happen(newId(), 'a', 'b');
    const turn = run(hanging);
    // A second job for the same endpoint does not wait with the first.
    await run(hanging);
    await run(well);
    expect(endpoints.sent.filter(({ url }) => url.includes('well'))).toHaveLength(2);
    release();
    await turn;
    expect((await deliveries(hanging)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });

  it('should wait for as long as the endpoint asks', async () => {
    const id = await makeWebhook();
    endpoints.answer = () => ({ status: 429, retryAfter: '120' });
    await happen(newId(), 'a');
    await run(id);
    await happen(newId(), 'b');
    await run(id);
    expect(tagsSent()).toEqual(['a']);
    expect(Date.parse((await timer(id))!) - clock.now().getTime()).toBe(120_000);
    clock.pass(120_000);
    await run(id);
    expect(tagsSent().sort()).toEqual(['a', 'a', 'b']);
  });

  it('should switch off an endpoint that has failed for five days, say so, and go on where it was when it is switched on', async () => {
    const id = await makeWebhook();
    endpoints.answer = () => ({ status: 503 });
    await happen(newId(), 'a');
    await run(id);
    clock.pass(5 * DAY);
    await happen(newId(), 'b');
    await run(id);
    expect(await webhook(id)).toMatchObject({ enabled: false, disabledReason: 'failing', disabledAt: clock.now().toISOString() });
    const log = await asSystem(() => app.get(EventLogService).page(WORKSPACE, 0, Number.MAX_SAFE_INTEGER, { types: ['webhook.disabled'], subjectId: id, correlationId: null }, 10));
    expect(log).toMatchObject([{ data: { reason: 'failing' }, actor: { kind: 'system' } }]);
    endpoints.sent.splice(0);
    endpoints.answer = () => ({ status: 200 });
    clock.pass(DAY);
    await happen(newId(), 'unheard');
    await run(id);
    expect(tagsSent()).toEqual([]);
    await asSystem(() => app.get(WebhooksService).update(WORKSPACE, id, { enabled: true }, null));
    await run(id);
    expect(tagsSent().sort()).toEqual(['a', 'b']);
    expect(await webhook(id)).toMatchObject({ enabled: true, disabledReason: null, disabledAt: null, failingSince: null });
  });

  it('should forget the order of what is pending when throughput is asked for', async () => {
    const id = await makeWebhook();
    endpoints.answer = () => ({ status: 500 });
    await happen(newId(), 'a', 'b', 'c');
    await run(id);
    endpoints.answer = () => ({ status: 200 });
    await asSystem(() => app.get(WebhooksService).update(WORKSPACE, id, { ordering: 'none' }, null));
    await run(id);
    expect(tagsSent().slice(1).sort()).toEqual(['b', 'c']);
  });

  it('should deliver by hand without waiting for what holds it up', async () => {
    const id = await makeWebhook();
    endpoints.answer = () => ({ status: 500 });
    await happen(newId(), 'a', 'b');
    await run(id);
    endpoints.answer = () => ({ status: 200 });
    const waiting = (await deliveries(id))[1]!;
    expect(waiting.nextAttemptAt).toBeNull();
    await asSystem(() => app.get(WebhookDeliveriesService).redeliver(WORKSPACE, id, waiting.id));
    await run(id);
    expect(tagsSent()).toEqual(['a', 'b']);
  });

  it('should forget deliveries after 30 days, but not those that an endpoint still waits for', async () => {
    const id = await makeWebhook();
    await happen(newId(), 'old');
    await run(id);
    endpoints.answer = () => ({ status: 500 });
    await happen(newId(), 'pending');
    await run(id);
    clock.pass(31 * DAY);
    await happen(newId(), 'new');
    await app.get(PruneWebhookDeliveries).prune();
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  });
});
