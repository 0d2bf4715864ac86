import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, WebhookReceiver } from './event-clients.js';
import { childCpuSeconds, cpuSeconds, type ServerProcess } from './processes.js';
import type { Lag, SubscriberLag } from './subscriber-lag.js';

const MAX_DRAIN_SECONDS = 120;

/** What is measured. */
export interface Target {
  readonly server: ServerProcess;
  readonly postgresPid: number;
  readonly api: ApiClient;
  readonly lag: SubscriberLag;
}

/** Messages to send at a steady rate. */
export interface LoadOptions {
  readonly rate: number;
  readonly seconds: number;
  readonly conversationIds: readonly string[];
  readonly body: string;
}

/** What came of a load. */
export interface LoadResult {
  readonly messages: number;
  readonly events: number;
  readonly runs: number;
  /** Seconds from the last message until every event was handled and every webhook sent. */
  readonly drainSeconds: number;
  /** Highest lag of each subscriber, measured once a second. */
  readonly worst: ReadonlyMap<string, Lag>;
  /** Milliseconds of processor time per message. */
  readonly serverCpu: number;
  readonly postgresCpu: number;
  readonly statements: Map<string, number>;
}

/** Waits until all subscribers have handled all events. Returns the seconds that it took. */
export async function drain(lag: SubscriberLag, isDone: () => boolean = () => true): Promise<number> {
  const started = Date.now();
  while (Date.now() - started < MAX_DRAIN_SECONDS * 1000) {
    const lags = await lag.measure();
    if ([...lags.values()].every(({ events }) => events === 0) && isDone()) return (Date.now() - started) / 1000;
    await sleep(100);
  }
  const waiting = [...(await lag.measure())].filter(([, { events }]) => events > 0);
  throw new Error(`Not drained after ${MAX_DRAIN_SECONDS} s: ${JSON.stringify(waiting)}`);
}

/** Called with the counts and lags of every second. */
type OnSecond = typeof printSecond;

/** Sends messages at a steady rate, whether the answers come or not. */
export async function measureLoad(
  target: Target,
  receiver: WebhookReceiver,
  options: LoadOptions,
  onSecond: OnSecond,
): Promise<LoadResult> {
  const { server, postgresPid, lag } = target;
  const before = {
    server: cpuSeconds(server.pid),
    postgres: childCpuSeconds(postgresPid),
    events: lag.appended,
    runs: lag.count('automation.ran'),
  };
  await server.countStatements();
  const { messages, worst } = await sendMessages(target, receiver, options, onSecond);
  const drainSeconds = await drain(lag, () => receiver.delays.length >= messages);
  return {
    messages,
    events: lag.appended - before.events,
    runs: lag.count('automation.ran') - before.runs,
    drainSeconds,
    worst,
    serverCpu: ((cpuSeconds(server.pid) - before.server) * 1000) / messages,
    postgresCpu: ((childCpuSeconds(postgresPid) - before.postgres) * 1000) / messages,
    statements: await server.countStatements(),
  };
}

async function sendMessages(
  { api, lag }: Target,
  receiver: WebhookReceiver,
  { rate, seconds, conversationIds, body }: LoadOptions,
  onSecond: OnSecond,
): Promise<{ messages: number; worst: Map<string, Lag> }> {
  const worst = new Map<string, Lag>();
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const eventsBefore = lag.appended;
  const started = Date.now();
  let sent = 0;
  const sendOne = (): void => {
    const path = `/v1/conversations/${conversationIds[sent % conversationIds.length]}/messages`;
    const request = api.post({ path, body: { type: 'comment', body } }).catch((error: unknown) => failures.push(error));
    const tracked = request.then(() => void inFlight.delete(tracked));
    inFlight.add(tracked);
    sent += 1;
  };
  for (let second = 1; second <= seconds; second += 1) {
    while (Date.now() - started < second * 1000) {
      const due = Math.min(rate * seconds, ((Date.now() - started) * rate) / 1000);
      while (sent < due) sendOne();
      await sleep(5);
    }
    const lags = await lag.measure();
    for (const [id, value] of lags) if (value.seconds >= (worst.get(id)?.seconds ?? 0)) worst.set(id, value);
    onSecond(second, sent, lag.appended - eventsBefore, receiver.delays.length, lags);
  }
  await Promise.all(inFlight);
  if (failures.length > 0) throw new Error(`${failures.length} requests failed: ${String(failures[0])}`);
  return { messages: sent, worst };
}

/** Prints the counts and lags of a second as a row of a table. */
export function printSecond(
  second: number,
  messages: number,
  events: number,
  webhooks: number,
  lags: ReadonlyMap<string, Lag>,
): void {
  if (second === 1) {
    console.log('\n| second | messages | events | webhooks | subscribers: events behind, seconds behind |');
    console.log('| --- | --- | --- | --- | --- |');
  }
  const behind = [...lags]
    .filter(([, lag]) => lag.events > 0)
    .map(([id, lag]) => `${id.split('.')[1]}: ${lag.events}, ${lag.seconds.toFixed(2)}`);
  console.log(`| ${second} | ${messages} | ${events} | ${webhooks} | ${behind.join('; ')} |`);
}
