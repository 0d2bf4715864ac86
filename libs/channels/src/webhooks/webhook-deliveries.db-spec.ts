import { newId } from '@parley/kernel';
import { eventually } from '@parley/kernel/testing';
import { WebhookTestHarness } from './testing/webhook-test-harness.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('webhook deliveries', () => {
  let harness: WebhookTestHarness;

  beforeAll(async () => {
    harness = await WebhookTestHarness.start();
  });

  afterEach(() => harness.reset());

  afterAll(() => harness.stop());

  it('should enqueue an event once when it is handled twice', async () => {
    const id = await harness.createWebhook();
    const [event] = await harness.appendEvents(newId(), 'a');
    await harness.handleEvent(event!);
    await harness.runSendJob(id);
    await harness.runSendJob(id);
    expect(harness.tags).toEqual(['a']);
    expect(await harness.listDeliveries(id)).toMatchObject([{ status: 'succeeded', attemptCount: 1 }]);
  });

  it('should not deliver events from before the webhook was created or while it was disabled', async () => {
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

  it('should start the next attempt at its due time and not earlier', async () => {
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

  it('should continue with the next event of a conversation when all attempts of an earlier one failed', async () => {
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

  it('should repeat a delivery that a crashed process had claimed', async () => {
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

  it('should send one delivery at a time and pause in between when the endpoint keeps failing', async () => {
    const id = await harness.createWebhook('none');
    harness.respond = () => ({ status: null });
    await harness.appendEvents(newId(), ...Array.from({ length: 20 }, (_, index) => `t${index}`));
    await harness.runSendJob(id);
    const { length: attemptCount } = harness.sent;
    // Eight concurrent requests, and four more before the fifth failure was recorded.
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

  it('should not delay other endpoints when an endpoint hangs', async () => {
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

  it('should wait as long as Retry-After requests', async () => {
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

  it('should disable a webhook after five days of failures and resume when it is enabled', async () => {
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

  it('should drop the ordering of pending deliveries when ordering is set to none', async () => {
    const id = await harness.createWebhook();
    harness.respond = () => ({ status: 500 });
    await harness.appendEvents(newId(), 'a', 'b', 'c');
    await harness.runSendJob(id);
    harness.respond = () => ({ status: 200 });
    await harness.update(id, { ordering: 'none' });
    await harness.runSendJob(id);
    expect(harness.tags.slice(1).sort()).toEqual(['b', 'c']);
  });

  it('should redeliver manually without waiting for earlier deliveries', async () => {
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

  it('should delete deliveries after 30 days except pending ones of enabled webhooks', async () => {
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
