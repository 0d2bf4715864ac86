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
  private readonly events: LoggedEvent[] = [];

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
    return this.events.length;
  }

  /** Number of events of a type since the start. */
  count(type: string): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** The present lag of each subscriber. */
  async measure(): Promise<Map<string, Lag>> {
    const positions = await this.client.query<{ id: string; lane: number; position: string }>(
      'select id, lane, position from kernel.subscriptions',
    );
    await this.read();
    const stored = new Map(positions.rows.map(({ id, lane, position }) => [`${id}/${lane}`, Number(position)]));
    const now = Date.now();
    return new Map(
      this.subscribers.map(({ id, types, partition }) => {
        const positionOf = (lane: number): number => stored.get(`${id}/${lane}`) ?? 0;
        const handledByAll = Math.min(...Array.from({ length: LANES }, (_none, lane) => positionOf(lane)));
        const waiting = this.events.filter(
          (event) =>
            event.position > handledByAll &&
            (types === null || types.includes(event.type)) &&
            event.position > positionOf(laneOfEvent(event, partition)),
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
    for (const row of rows)
      this.events.push({ ...row, position: Number(row.position), occurredAt: isoTime(row.occurredAt) });
    this.readTo = this.events.at(-1)?.position ?? this.readTo;
  }
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
