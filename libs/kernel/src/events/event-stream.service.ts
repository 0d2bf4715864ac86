import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { runInContext, systemContext } from '../context/request-context.js';
import type { RecordedEvent } from './domain-event.js';
import { isSecurityEvent, matchesEventType } from './event-type-matching.js';
import { EventRelayService } from './event-relay.service.js';
import { EventAccessService } from './event-access.service.js';
import type { EventListFilter } from './events.repository.js';
import { EventLogService } from './event-log.service.js';

import { LiveSignalsService, type LiveSignal } from './live-signals.service.js';

/** Destination of the events of a stream. */
export interface StreamSink {
  /** Sends one event. Resolves when the client is ready for more. */
  send(event: RecordedEvent): Promise<void>;
  /** Sends a signal. Can drop it if the client is slow. */
  signal(signal: LiveSignal): void;
  /** Ends the stream because the server is shutting down. */
  end(): void;
}

/** Access of the client of a stream. It can change while the stream is open. */
export interface StreamAccess {
  readonly hiddenInboxIds: readonly string[];
}

interface StreamClient {
  readonly access: StreamAccess;
  readonly filter: EventListFilter;
  readonly sink: StreamSink;
  position: number;
  flushing: Promise<void> | null;
  shouldFlushAgain: boolean;
  isDisconnected: boolean;
}

/** Maximum number of streams of one credential per process. */
const MAX_STREAMS_PER_CREDENTIAL = 20;
/** A stream of a lost connection is noticed within this time. */
const HEARTBEAT_SECONDS = 15;
const PAGE = 200;
const NO_FILTER: EventListFilter = { types: null, subjectId: null, correlationId: null };

/**
 * Streams the log to connected clients. Each gets every matching event of its workspace, in order, from its start
 * position.
 */
@Injectable()
export class EventStreamService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventStreamService.name);
  private readonly clients = new Map<string, Set<StreamClient>>();
  private readonly countByCredential = new Map<string, number>();
  /** The newest rows of each streamed workspace, so that many clients at the end of the log need only one read. */
  private readonly tails = new Map<string, { from: number; to: number; rows: RecordedEvent[] }>();
  private stop: () => void = () => undefined;

  constructor(
    private readonly relay: EventRelayService,
    private readonly signals: LiveSignalsService,
    private readonly log: EventLogService,
    private readonly access: EventAccessService,
  ) {}

  onApplicationBootstrap(): void {
    const stops = [
      this.relay.onNewEvents(() => this.flushAll()),
      this.signals.onSignal((signal) => this.forwardSignal(signal)),
    ];
    this.stop = () => stops.forEach((stop) => stop());
  }

  beforeApplicationShutdown(): void {
    this.stop();
    for (const clients of this.clients.values()) for (const client of clients) client.sink.end();
    this.clients.clear();
  }

  /**
   * Reserves one of the streams of a credential. Returns a function that releases it.
   * @throws DomainError TOO_MANY_REQUESTS if it has too many.
   */
  reserve(credentialId: string): () => void {
    const count = this.countByCredential.get(credentialId) ?? 0;
    if (count >= MAX_STREAMS_PER_CREDENTIAL)
      throw new DomainError(
        'TOO_MANY_REQUESTS',
        `This credential already has ${count} open event streams, the maximum. Close one first`,
        { limit: MAX_STREAMS_PER_CREDENTIAL },
        HEARTBEAT_SECONDS,
      );
    this.countByCredential.set(credentialId, count + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const remaining = this.countByCredential.get(credentialId)! - 1;
      if (remaining === 0) this.countByCredential.delete(credentialId);
      else this.countByCredential.set(credentialId, remaining);
    };
  }

  /** Starts to stream. Returns a function that stops it. */
  follow(
    workspaceId: string,
    after: number,
    filter: EventListFilter,
    access: StreamAccess,
    sink: StreamSink,
  ): () => void {
    const client: StreamClient = {
      access,
      filter,
      sink,
      position: after,
      flushing: null,
      shouldFlushAgain: false,
      isDisconnected: false,
    };
    const clients = this.clients.get(workspaceId) ?? new Set();
    this.clients.set(workspaceId, clients.add(client));
    this.flush(workspaceId, client);
    return () => {
      client.isDisconnected = true;
      clients.delete(client);
      if (clients.size === 0) {
        this.clients.delete(workspaceId);
        this.tails.delete(workspaceId);
      }
    };
  }

  private forwardSignal(signal: LiveSignal): void {
    for (const client of this.clients.get(signal.workspaceId) ?? [])
      if (matchesFilter(signal, client.filter)) void this.sendSignal(signal, client);
  }

  private async sendSignal(signal: LiveSignal, { access, sink }: StreamClient): Promise<void> {
    // Signals are relevant only at the moment: without hidden inboxes they are sent in the same turn.
    if (access.hiddenInboxIds.length === 0) return sink.signal(signal);
    const { workspaceId } = signal;
    const visible = await runInContext(systemContext('events.stream'), () =>
      this.access.select(workspaceId, access.hiddenInboxIds, [signal]),
    ).catch(() => []);
    if (visible[0]) sink.signal(visible[0]);
  }

  private flushAll(): void {
    for (const [workspaceId, clients] of this.clients) for (const client of clients) this.flush(workspaceId, client);
  }

  private flush(workspaceId: string, client: StreamClient): void {
    if (client.flushing) {
      client.shouldFlushAgain = true;
      return;
    }
    client.shouldFlushAgain = false;
    client.flushing = runInContext(systemContext('events.stream'), () => this.sendPending(workspaceId, client))
      .catch((error: Error) => this.logger.warn(`Event stream of workspace ${workspaceId} paused: ${error.message}`))
      .finally(() => {
        client.flushing = null;
        if (client.shouldFlushAgain && !client.isDisconnected) this.flush(workspaceId, client);
      });
  }

  private async sendPending(workspaceId: string, client: StreamClient): Promise<void> {
    for (;;) {
      const rows = await this.read(workspaceId, client.position);
      const matching = rows.events.filter((row) => matchesFilter(row, client.filter));
      const selected = await this.access.select(workspaceId, client.access.hiddenInboxIds, matching);
      const visible = new Map(selected.map((event) => [event.position, event]));
      for (const row of rows.events) {
        if (client.isDisconnected) return;
        const event = visible.get(row.position);
        if (event) await client.sink.send(event);
        client.position = row.position;
      }
      if (rows.complete || client.isDisconnected) return;
    }
  }

  private async read(workspaceId: string, after: number): Promise<{ events: RecordedEvent[]; complete: boolean }> {
    const horizon = await this.log.horizon();
    const tail = this.tails.get(workspaceId);
    if (tail && tail.from <= after && tail.to >= horizon)
      return { events: tail.rows.filter((row) => row.position > after), complete: true };
    const events = await this.log.listPage(workspaceId, after, horizon, NO_FILTER, PAGE);
    const complete = events.length < PAGE;
    if (complete) this.tails.set(workspaceId, { from: after, to: horizon, rows: events });
    return { events, complete };
  }
}

function matchesFilter(
  event: Pick<RecordedEvent, 'type' | 'subjectId'> & Partial<Pick<RecordedEvent, 'aliases'>>,
  filter: EventListFilter,
): boolean {
  return (
    (!filter.types || matchesEventType(event, filter.types)) &&
    (!filter.subjectId || filter.subjectId === event.subjectId) &&
    !(filter.excludesSecurity && isSecurityEvent(event))
  );
}
