import { newId } from '@parley/kernel';
import { eventually } from '@parley/kernel/testing';
import { WebhookWorld } from './testing/webhook-world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('deliveries to webhooks', () => {
  let world: WebhookWorld;

  beforeAll(async () => {
    world = await WebhookWorld.start();
  });

  afterEach(() => world.clear());

  afterAll(() => world.stop());

  it('should queue an event once, however often it is handed over', async () => {
    const id = await world.makeWebhook();
    const [event] = await world.happen(newId(), 'a');
    await world.handOver(event!);
    await world.run(id);
    await world.run(id);
    expect(world.tags).toEqual(['a']);
    expect(await world.deliveries(id)).toMatchObject([{ status: 'succeeded', attemptCount: 1 }]);
  });

  it('should not deliver what happened before the webhook was made or while it was off', async () => {
    const [before] = await world.happen(newId(), 'before');
    world.clock.pass(1);
    const id = await world.makeWebhook();
    await world.handOver(before!);
    await world.update(id, { enabled: false });
    world.clock.pass(1);
    const [meanwhile] = await world.happen(newId(), 'meanwhile');
    world.clock.pass(1);
    await world.update(id, { enabled: true });
    await world.handOver(meanwhile!);
    expect(await world.deliveries(id)).toEqual([]);
    await world.happen(newId(), 'after');
    expect(await world.deliveries(id)).toHaveLength(1);
  });

  it('should wake itself when the next attempt is due, and no sooner', async () => {
    const id = await world.makeWebhook();
    world.answer = () => ({ status: 500 });
    await world.happen(newId(), 'a');
    await world.run(id);
    const due = await world.wakesIn(id);
    expect(due).toBeGreaterThanOrEqual(4_500);
    expect(due).toBeLessThanOrEqual(5_500);
    await world.run(id);
    expect(world.sent).toHaveLength(1);
  });

  it('should let a conversation go on once an earlier event has used up its attempts', async () => {
    const id = await world.makeWebhook();
    const [conversation, other] = [newId(), newId()];
    let refuse = true;
    world.answer = () => ({ status: refuse ? 500 : 200 });
    await world.happen(conversation, 'first', 'second', 'third');
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await world.run(id);
      expect(world.tags).toEqual(Array.from({ length: attempt }, () => 'first'));
      world.clock.pass(12 * HOUR);
    }
    expect((await world.deliveries(id)).map(({ status }) => status)).toEqual(['failed', 'pending', 'pending']);
    refuse = false;
    await world.happen(other, 'elsewhere');
    await world.run(id);
    expect(world.tags.slice(8).sort()).toEqual(['elsewhere', 'second', 'third']);
    expect(world.tags.indexOf('second')).toBeLessThan(world.tags.indexOf('third'));
    expect((await world.deliveries(id)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });

  it('should send once more what a process took and never finished', async () => {
    const id = await world.makeWebhook();
    await world.happen(newId(), 'a');
    await world.takeAndDie(id);
    await world.run(id);
    expect(world.sent).toHaveLength(0);
    expect(await world.wakesIn(id)).toBe(60_000);
    world.clock.pass(60_000);
    await world.run(id);
    expect(world.tags).toEqual(['a']);
  });

  it('should take a failing endpoint one delivery at a time, and leave it alone in between', async () => {
    const id = await world.makeWebhook('none');
    world.answer = () => ({ status: null });
    await world.happen(newId(), ...Array.from({ length: 20 }, (_, index) => `t${index}`));
    await world.run(id);
    const { length: tried } = world.sent;
    // Eight at once, and four more before the fifth failure was known.
    expect(tried).toBeLessThanOrEqual(12);
    const { pausedUntil } = await world.webhook(id);
    expect(Date.parse(pausedUntil!)).toBeGreaterThan(world.clock.now().getTime());
    world.clock.pass(Date.parse(pausedUntil!) - world.clock.now().getTime());
    await world.run(id);
    expect(world.sent).toHaveLength(tried + 1);
    world.clock.pass(301_000);
    world.answer = () => ({ status: 200 });
    await world.run(id);
    expect(await world.webhook(id)).toMatchObject({ failuresInARow: 0, failingSince: null, pausedUntil: null });
    world.clock.pass(HOUR);
    await world.run(id);
    expect((await world.deliveries(id)).every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it('should not let an endpoint that hangs hold up another', async () => {
    const [hanging, well] = [
      await world.makeWebhook('none', 'https://hanging.example.com/'),
      await world.makeWebhook('none', 'https://well.example.com/'),
    ];
    let release: () => void = () => undefined;
    const hung = new Promise<void>((resolve) => (release = resolve));
    world.answer = (url) => (url.includes('hanging') ? hung.then(() => ({ status: 200 })) : { status: 200 });
    await world.happen(newId(), 'a', 'b');
    await world.run(hanging);
    expect(world.sent.filter(({ url }) => url.includes('hanging'))).toHaveLength(2);
    expect(await world.wakesIn(hanging)).toBe(60_000);
    await world.run(well);
    expect(world.sent.filter(({ url }) => url.includes('well'))).toHaveLength(2);
    release();
    await eventually(async () =>
      expect((await world.deliveries(hanging)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']),
    );
  });

  it('should wait for as long as the endpoint asks', async () => {
    const id = await world.makeWebhook();
    world.answer = () => ({ status: 429, retryAfter: '120' });
    await world.happen(newId(), 'a');
    await world.run(id);
    await world.happen(newId(), 'b');
    await world.run(id);
    expect(world.tags).toEqual(['a']);
    expect(await world.wakesIn(id)).toBe(120_000);
    world.clock.pass(120_000);
    await world.run(id);
    expect(world.tags.sort()).toEqual(['a', 'a', 'b']);
  });

  it('should switch off an endpoint that has failed for five days, say so, and go on where it was when it is switched on', async () => {
    const id = await world.makeWebhook();
    world.answer = () => ({ status: 503 });
    await world.happen(newId(), 'a');
    await world.run(id);
    world.clock.pass(5 * DAY);
    await world.happen(newId(), 'b');
    await world.run(id);
    expect(await world.webhook(id)).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
      disabledAt: world.clock.now().toISOString(),
    });
    expect((await world.log(0, ['webhook.disabled'])).filter(({ subjectId }) => subjectId === id)).toMatchObject([
      { data: { reason: 'failing' }, actor: { kind: 'system' } },
    ]);
    world.sent.splice(0);
    world.answer = () => ({ status: 200 });
    world.clock.pass(DAY);
    await world.happen(newId(), 'unheard');
    await world.run(id);
    expect(world.tags).toEqual([]);
    await world.update(id, { enabled: true });
    await world.run(id);
    expect(world.tags.sort()).toEqual(['a', 'b']);
    expect(await world.webhook(id)).toMatchObject({
      enabled: true,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
    });
  });

  it('should forget the order of what is pending when throughput is asked for', async () => {
    const id = await world.makeWebhook();
    world.answer = () => ({ status: 500 });
    await world.happen(newId(), 'a', 'b', 'c');
    await world.run(id);
    world.answer = () => ({ status: 200 });
    await world.update(id, { ordering: 'none' });
    await world.run(id);
    expect(world.tags.slice(1).sort()).toEqual(['b', 'c']);
  });

  it('should deliver by hand without waiting for what holds it up', async () => {
    const id = await world.makeWebhook();
    world.answer = () => ({ status: 500 });
    await world.happen(newId(), 'a', 'b');
    await world.run(id);
    world.answer = () => ({ status: 200 });
    const waiting = (await world.deliveries(id))[1]!;
    expect(waiting.nextAttemptAt).toBeNull();
    await world.redeliver(id, waiting.id);
    await world.run(id);
    expect(world.tags).toEqual(['a', 'b']);
  });

  it('should forget deliveries after 30 days, but not those that an endpoint still waits for', async () => {
    const id = await world.makeWebhook();
    await world.happen(newId(), 'old');
    await world.run(id);
    world.answer = () => ({ status: 500 });
    await world.happen(newId(), 'pending');
    await world.run(id);
    world.clock.pass(31 * DAY);
    await world.happen(newId(), 'new');
    await world.prune();
    expect((await world.deliveries(id)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  });
});
