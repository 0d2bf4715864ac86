import pg from 'pg';
import { DOMAINS } from '../apps/domains.js';
import { isoTime } from '../libs/kernel/src/database/row-types.js';
import type { RecordedEvent } from '../libs/kernel/src/events/domain-event.js';
import { LANES, laneOfEvent } from '../libs/kernel/src/events/event-lanes.js';
import { SUBSCRIBER, type SubscriberMetadata } from '../libs/kernel/src/events/subscribe.js';

type LoggedEvent = Pick<
  RecordedEvent,
  'position' | 'id' | 'type' | 'workspaceId' | 'subjectId' | 'data' | 'occurredAt'
>;

/** What a subscriber has yet to handle. */
export interface Lag {
  readonly events: number;
  /** Age of the oldest of these events. */
  readonly seconds: number;
}

interface ModuleLike {
  readonly module?: object;
  readonly imports?: readonly ModuleLike[];
  readonly providers?: readonly unknown[];
}

const READ =
  `select position, id, type, workspace_id as "workspaceId", subject_id as "subjectId", data, ` +
  `occurred_at::text as "occurredAt" from kernel.events where position > $1 and position <= (select kernel.event_horizon()) order by position limit 20000`;

/** Computes from the log and the stored positions how far the subscribers are behind. */
export class SubscriberLag {
  /** Events that a subscriber has yet to handle, and newer ones. */
  private events: LoggedEvent[] = [];
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly client: pg.Client,
    private readonly subscribers: readonly SubscriberMetadata[],
    private readTo: number,
  ) {}

  /** Starts at the present end of the log. */
  static async start(databaseUrl: string): Promise<SubscriberLag> {
    const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' });
    // The server can end before an error of the run is reported.
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ end: string }>('select coalesce(max(position), 0) as end from kernel.events');
    return new SubscriberLag(client, findSubscribers(), Number(rows[0]!.end));
  }

  /** Number of events since the start. */
  get appended(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Number of events of a type since the start. */
  count(type: string): number {
    return this.counts.get(type) ?? 0;
  }

  /** The present lag of each subscriber. */
  async measure(): Promise<Map<string, Lag>> {
    const positions = await this.client.query<{ id: string; lane: number; position: string }>(
      'select id, lane, position from kernel.subscriptions',
    );
    await this.read();
    const stored = new Map(positions.rows.map(({ id, lane, position }) => [`${id}/${lane}`, Number(position)]));
    const now = Date.now();
    const handledByAll = Math.min(...this.subscribers.flatMap(({ id }) => positionsOf(stored, id)));
    this.events = this.events.filter(({ position }) => position > handledByAll);
    return new Map(
      this.subscribers.map(({ id, types, partition }) => {
        const positions = positionsOf(stored, id);
        const waiting = this.events.filter(
          (event) =>
            (types === null || types.includes(event.type)) &&
            event.position > positions[laneOfEvent(event, partition)]!,
        );
        const oldest = waiting[0];
        return [
          id,
          { events: waiting.length, seconds: oldest ? Math.max(0, now - Date.parse(oldest.occurredAt)) / 1000 : 0 },
        ] as const;
      }),
    );
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async read(): Promise<void> {
    const { rows } = await this.client.query<Omit<LoggedEvent, 'position'> & { position: string }>(READ, [this.readTo]);
    for (const row of rows) {
      this.events.push({ ...row, position: Number(row.position), occurredAt: isoTime(row.occurredAt) });
      this.counts.set(row.type, (this.counts.get(row.type) ?? 0) + 1);
    }
    this.readTo = Number(rows.at(-1)?.position ?? this.readTo);
  }
}

/** The stored positions of the lanes of a subscriber. */
function positionsOf(stored: ReadonlyMap<string, number>, id: string): number[] {
  return Array.from({ length: LANES }, (_none, lane) => stored.get(`${id}/${lane}`) ?? 0);
}

/** The subscribers of all domains, from the metadata of their modules. */
function findSubscribers(): SubscriberMetadata[] {
  const found = new Map<string, SubscriberMetadata>();
  const seen = new Set<object>();
  const visit = (entry: ModuleLike): void => {
    const module = entry.module ?? entry;
    if (seen.has(module)) return;
    seen.add(module);
    const read = (key: 'imports' | 'providers'): unknown[] => [
      ...((Reflect.getMetadata(key, module) as unknown[] | undefined) ?? []),
      ...(entry[key] ?? []),
    ];
    for (const subscriber of read('providers').flatMap(subscribersOf)) found.set(subscriber.id, subscriber);
    for (const imported of read('imports')) visit(imported as ModuleLike);
  };
  for (const domain of DOMAINS) visit(domain as ModuleLike);
  return [...found.values()];
}

function subscribersOf(provider: unknown): SubscriberMetadata[] {
  if (typeof provider !== 'function') return [];
  const prototype = provider.prototype as object;
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) => {
    const metadata =
      typeof value === 'function' ? (Reflect.getMetadata(SUBSCRIBER, value) as SubscriberMetadata | undefined) : null;
    return metadata ? [metadata] : [];
  });
}
