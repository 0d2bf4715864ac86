import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import type { RecordedEvent } from './domain-event.js';
import { answersTo } from './event-names.js';
import { EventRelay } from './event-relay.service.js';
import type { EventListFilter } from './events.repository.js';
import { EventLogService } from './events.service.js';

import { LiveSignals, type LiveSignal } from './live-signals.service.js';

/** Where a stream's events go. */
export interface StreamSink {
  /** Takes one event; resolves when the client is ready for more. */
  send(event: RecordedEvent): Promise<void>;
  /** Takes what matters only now; may drop it when the client is slow. */
  signal(signal: LiveSignal): void;
  /** The server is going away. */
  end(): void;
}

interface Client {
  readonly filter: EventListFilter;
  readonly sink: StreamSink;
  position: number;
  pumping: Promise<void> | null;
  again: boolean;
  gone: boolean;
}

const PAGE = 200;
const NOTHING_FILTERED: EventListFilter = { types: null, subjectId: null, correlationId: null };

/** Follows the log for connected clients: each gets every event of its workspace, in order, from where it asked to begin. */
@Injectable()
export class EventStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventStreams.name);
  private readonly clients = new Map<string, Set<Client>>();
  /** The newest rows of each followed workspace, so that many clients at the end of the log cost one read. */
  private readonly tails = new Map<string, { from: number; to: number; rows: RecordedEvent[] }>();
  private stop: () => void = () => undefined;

  constructor(
    private readonly relay: EventRelay,
    private readonly signals: LiveSignals,
    private readonly log: EventLogService,
  ) {}

  onApplicationBootstrap(): void {
    const stops = [this.relay.onGrowth(() => this.pumpAll()), this.signals.onSignal((signal) => this.pass(signal))];
    this.stop = () => stops.forEach((stop) => stop());
  }

  beforeApplicationShutdown(): void {
    this.stop();
    for (const clients of this.clients.values()) for (const client of clients) client.sink.end();
    this.clients.clear();
  }

  /** Begins to follow; gives the way to stop. */
  follow(workspaceId: string, after: number, filter: EventListFilter, sink: StreamSink): () => void {
    const client: Client = { filter, sink, position: after, pumping: null, again: false, gone: false };
    const clients = this.clients.get(workspaceId) ?? new Set();
    this.clients.set(workspaceId, clients.add(client));
    this.pump(workspaceId, client);
    return () => {
      client.gone = true;
      clients.delete(client);
      if (clients.size === 0) {
        this.clients.delete(workspaceId);
        this.tails.delete(workspaceId);
      }
    };
  }

  private pass(signal: LiveSignal): void {
    for (const client of this.clients.get(signal.workspaceId) ?? [])
      if (matches(signal, client.filter)) client.sink.signal(signal);
  }

  private pumpAll(): void {
    for (const [workspaceId, clients] of this.clients) for (const client of clients) this.pump(workspaceId, client);
  }

  private pump(workspaceId: string, client: Client): void {
    if (client.pumping) {
      client.again = true;
      return;
    }
    client.again = false;
    client.pumping = runInContext(systemContext('events.stream'), () => this.drain(workspaceId, client))
      .catch((error: Error) => this.logger.warn(`a stream of ${workspaceId} paused: ${error.message}`))
      .finally(() => {
        client.pumping = null;
        if (client.again && !client.gone) this.pump(workspaceId, client);
      });
  }

  private async drain(workspaceId: string, client: Client): Promise<void> {
    for (;;) {
      const rows = await this.read(workspaceId, client.position);
      for (const row of rows.events) {
        if (client.gone) return;
        if (matches(row, client.filter)) await client.sink.send(row);
        client.position = row.position;
      }
      if (rows.complete || client.gone) return;
    }
  }

  private async read(workspaceId: string, after: number): Promise<{ events: RecordedEvent[]; complete: boolean }> {
    const horizon = await this.log.horizon();
    const tail = this.tails.get(workspaceId);
    if (tail && tail.from <= after && tail.to >= horizon)
      return { events: tail.rows.filter((row) => row.position > after), complete: true };
    const events = await this.log.page(workspaceId, after, horizon, NOTHING_FILTERED, PAGE);
    const complete = events.length < PAGE;
    if (complete) this.tails.set(workspaceId, { from: after, to: horizon, rows: events });
    return { events, complete };
  }
}

function matches(
  event: Pick<RecordedEvent, 'type' | 'subjectId'> & Partial<Pick<RecordedEvent, 'also'>>,
  filter: EventListFilter,
): boolean {
  return (
    (!filter.types || answersTo(event, filter.types)) && (!filter.subjectId || filter.subjectId === event.subjectId)
  );
}
