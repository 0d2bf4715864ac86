import { newId } from '@parley/kernel';
import { eventually } from '@parley/kernel/testing';
import { WebhookTestHarness } from './testing/webhook-test-harness.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('deliveries to webhooks', () => {
  let harness: WebhookTestHarness;

  beforeAll(async () => {
    harness = await WebhookTestHarness.start();
  });

  afterEach(() => harness.reset());

  afterAll(() => harness.stop());

  it('should queue an event once, however often it is handed over', async () => {
    const id = await harness.createWebhook();
    const [event] = await harness.appendEvents(newId(), 'a');
    await harness.handleEvent(event!);
    await harness.runSendJob(id);
    await harness.runSendJob(id);
    expect(harness.tags).toEqual(['a']);
    expect(await harness.listDeliveries(id)).toMatchObject([{ status: 'succeeded', attemptCount: 1 }]);
  });

  it('should not deliver what happened before the webhook was made or while it was off', async () => {
    const [before] = await harness.appendEvents(newId(), 'before');
    harness.clock.advance(1);
    const id = await harness.createWebhook();
    await harness.handleEvent(before!);
    await harness.update(id, { enabled: false });
    harness.clock.advance(1);
    const [whileDisabled] = await harness.appendEvents(newId(), 'meanwhile');
    harness.clock.advance(1);
    await harness.update(id, { enabled: true });
    await harness.handleEvent(whileDisabled!);
    expect(await harness.listDeliveries(id)).toEqual([]);
    await harness.appendEvents(newId(), 'after');
    expect(await harness.listDeliveries(id)).toHaveLength(1);
  });

  it('should wake itself when the next attempt is due, and no sooner', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 500 });
    await harness.appendEvents(newId(), 'a');
    await harness.runSendJob(id);
    const due = await harness.msUntilWakeUp(id);
    expect(due).toBeGreaterThanOrEqual(4_500);
    expect(due).toBeLessThanOrEqual(5_500);
    await harness.runSendJob(id);
    expect(harness.sent).toHaveLength(1);
  });

  it('should let a conversation go on once an earlier event has used up its attempts', async () => {
    const id = await harness.createWebhook();
    const [conversation, other] = [newId(), newId()];
    let isFailing = true;
    harness.respond = () => ({ status: isFailing ? 500 : 200 });
    await harness.appendEvents(conversation, 'first', 'second', 'third');
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await harness.runSendJob(id);
      expect(harness.tags).toEqual(Array.from({ length: attempt }, () => 'first'));
      harness.clock.advance(12 * HOUR_MS);
    }
    expect((await harness.listDeliveries(id)).map(({ status }) => status)).toEqual(['failed', 'pending', 'pending']);
    isFailing = false;
    await harness.appendEvents(other, 'elsewhere');
    await harness.runSendJob(id);
    expect(harness.tags.slice(8).sort()).toEqual(['elsewhere', 'second', 'third']);
    expect(harness.tags.indexOf('second')).toBeLessThan(harness.tags.indexOf('third'));
    expect((await harness.listDeliveries(id)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });

  it('should send once more what a process took and never finished', async () => {
    const id = await harness.createWebhook();
    await harness.appendEvents(newId(), 'a');
    await harness.claimAndAbandon(id);
    await harness.runSendJob(id);
    expect(harness.sent).toHaveLength(0);
    expect(await harness.msUntilWakeUp(id)).toBe(60_000);
    harness.clock.advance(60_000);
    await harness.runSendJob(id);
    expect(harness.tags).toEqual(['a']);
  });

  it('should take a failing endpoint one delivery at a time, and leave it alone in between', async () => {
    const id = await harness.createWebhook('none');
    harness.respond = () => ({ status: null });
    await harness.appendEvents(newId(), ...Array.from({ length: 20 }, (_, index) => `t${index}`));
    await harness.runSendJob(id);
    const { length: attemptCount } = harness.sent;
    // Eight at once, and four more before the fifth failure was known.
    expect(attemptCount).toBeLessThanOrEqual(12);
    const { pausedUntil } = await harness.getWebhook(id);
    expect(Date.parse(pausedUntil!)).toBeGreaterThan(harness.clock.now().getTime());
    harness.clock.advance(Date.parse(pausedUntil!) - harness.clock.now().getTime());
    await harness.runSendJob(id);
    expect(harness.sent).toHaveLength(attemptCount + 1);
    harness.clock.advance(301_000);
    harness.respond = () => ({ status: 200 });
    await harness.runSendJob(id);
    expect(await harness.getWebhook(id)).toMatchObject({
      consecutiveFailures: 0,
      failingSince: null,
      pausedUntil: null,
    });
    harness.clock.advance(HOUR_MS);
    await harness.runSendJob(id);
    expect((await harness.listDeliveries(id)).every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it('should not let an endpoint that hangs hold up another', async () => {
    const [hanging, healthy] = [
      await harness.createWebhook('none', 'https://hanging.example.com/'),
      await harness.createWebhook('none', 'https://well.example.com/'),
    ];
    let release: () => void = () => undefined;
    const pendingResponse = new Promise<void>((resolve) => (release = resolve));
    harness.respond = (url) =>
      url.includes('hanging') ? pendingResponse.then(() => ({ status: 200 })) : { status: 200 };
    await harness.appendEvents(newId(), 'a', 'b');
    await harness.runSendJob(hanging);
    expect(harness.sent.filter(({ url }) => url.includes('hanging'))).toHaveLength(2);
    expect(await harness.msUntilWakeUp(hanging)).toBe(60_000);
    await harness.runSendJob(healthy);
    expect(harness.sent.filter(({ url }) => url.includes('well'))).toHaveLength(2);
    release();
    await eventually(async () =>
      expect((await harness.listDeliveries(hanging)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']),
    );
  });

  it('should wait for as long as the endpoint asks', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 429, retryAfter: '120' });
    await harness.appendEvents(newId(), 'a');
    await harness.runSendJob(id);
    await harness.appendEvents(newId(), 'b');
    await harness.runSendJob(id);
    expect(harness.tags).toEqual(['a']);
    expect(await harness.msUntilWakeUp(id)).toBe(120_000);
    harness.clock.advance(120_000);
    await harness.runSendJob(id);
    expect(harness.tags.sort()).toEqual(['a', 'a', 'b']);
  });

  it('should switch off an endpoint that has failed for five days, say so, and go on where it was when it is switched on', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 503 });
    await harness.appendEvents(newId(), 'a');
    await harness.runSendJob(id);
    harness.clock.advance(5 * DAY_MS);
    await harness.appendEvents(newId(), 'b');
    await harness.runSendJob(id);
    expect(await harness.getWebhook(id)).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
      disabledAt: harness.clock.now().toISOString(),
    });
    expect(
      (await harness.listEvents(0, ['webhook.disabled'])).filter(({ subjectId }) => subjectId === id),
    ).toMatchObject([{ data: { reason: 'failing' }, actor: { kind: 'system' } }]);
    harness.sent.splice(0);
    harness.respond = () => ({ status: 200 });
    harness.clock.advance(DAY_MS);
    await harness.appendEvents(newId(), 'unheard');
    await harness.runSendJob(id);
    expect(harness.tags).toEqual([]);
    await harness.update(id, { enabled: true });
    await harness.runSendJob(id);
    expect(harness.tags.sort()).toEqual(['a', 'b']);
    expect(await harness.getWebhook(id)).toMatchObject({
      enabled: true,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
    });
  });

  it('should forget the order of what is pending when throughput is asked for', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 500 });
    await harness.appendEvents(newId(), 'a', 'b', 'c');
    await harness.runSendJob(id);
    harness.respond = () => ({ status: 200 });
    await harness.update(id, { ordering: 'none' });
    await harness.runSendJob(id);
    expect(harness.tags.slice(1).sort()).toEqual(['b', 'c']);
  });

  it('should deliver by hand without waiting for what holds it up', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 500 });
    await harness.appendEvents(newId(), 'a', 'b');
    await harness.runSendJob(id);
    harness.respond = () => ({ status: 200 });
    const blockedDelivery = (await harness.listDeliveries(id))[1]!;
    expect(blockedDelivery.nextAttemptAt).toBeNull();
    await harness.redeliver(id, blockedDelivery.id);
    await harness.runSendJob(id);
    expect(harness.tags).toEqual(['a', 'b']);
  });

  it('should forget deliveries after 30 days, but not those that an endpoint still waits for', async () => {
    const id = await harness.createWebhook();
    await harness.appendEvents(newId(), 'old');
    await harness.runSendJob(id);
    harness.respond = () => ({ status: 500 });
    await harness.appendEvents(newId(), 'pending');
    await harness.runSendJob(id);
    harness.clock.advance(31 * DAY_MS);
    await harness.appendEvents(newId(), 'new');
    await harness.prune();
    expect((await harness.listDeliveries(id)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  });
});
