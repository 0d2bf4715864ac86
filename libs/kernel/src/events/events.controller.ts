import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessControlService } from '../auth/access-control.service.js';
import { Credentials } from '../auth/credentials.js';
import { hasScope } from '../auth/scopes.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { currentHiddenInboxIds, type Principal } from '../context/request-context.js';
import { badRequestError } from '../errors/domain-error.js';
import { Operation } from '../http/operation.js';
import { isUuid } from '../ids/ids.js';
import { ListEventsQueryDto, EventPageDto, StreamEventsQueryDto, toEventDto, toSignalDto } from './dto/event.dto.js';
import type { RecordedEvent } from './domain-event.js';
import { EventStreamService } from './event-stream.service.js';
import type { LiveSignal } from './live-signals.service.js';
import { EventLogService } from './event-log.service.js';

const HEARTBEAT_MS = 15_000;

/** The event log of a workspace. */
@ApiTags('Events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly log: EventLogService,
    private readonly streams: EventStreamService,
    private readonly credentials: Credentials,
    private readonly access: AccessControlService,
  ) {}

  @Get()
  @Operation({
    summary: 'List events',
    description:
      'Returns the event log, oldest first by default, with the actor, the cause and the changes of each event. To ' +
      'read the next page, pass `meta.next_after` as `after`, or `meta.next_before` as `before` if `order_dir` is ' +
      '`desc`: no event is skipped or returned twice. Returns events of ' +
      'sign-ins and other `security.*` events only with the scope `audit:read`. Leaves out events of conversations ' +
      'that the caller cannot see.',
    access: 'events:read',
    response: { raw: EventPageDto },
  })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ListEventsQueryDto): Promise<EventPageDto> {
    const limit = query.limit ?? 20;
    const filter = {
      types: query.types ?? null,
      subjectId: query.subject_id ?? null,
      correlationId: query.correlation_id ?? null,
      excludesSecurity: !hasScope(principal.scopes, 'audit:read'),
    };
    const { after = null, before = null, order_dir: direction = 'asc' } = query;
    const newestFirst = direction === 'desc';
    const range = { after, before, newestFirst };
    const { events, lastId, hasMore } = await this.log.list(principal.workspaceId, range, filter, limit);
    return {
      data: events.map(toEventDto),
      meta: {
        limit,
        next_after: newestFirst ? null : (lastId ?? after),
        next_before: newestFirst ? (lastId ?? before) : null,
        has_more: hasMore,
      },
    };
  }

  @Get('stream')
  @Operation({
    summary: 'Stream events',
    description:
      'Sends each new entry of the event log as a server-sent event: `id` is the ID of the event, `event` its ' +
      'type, and `data` the same JSON as in the list. A client that reconnects with `Last-Event-ID` misses no ' +
      'event. Events `security.*` are sent only with the scope `audit:read`, and events of ' +
      'conversations only if the caller can see them. Signals that are not stored, such as ' +
      '`conversation.typing`, have no `id`. The stream ends within about 15 seconds after the credential is revoked. ' +
      'A credential can have 20 streams per server process.',
    access: 'events:read',
    response: { media: 'text/event-stream', description: 'Stream of server-sent events that does not end.' },
  })
  async stream(
    @CurrentPrincipal() principal: Principal,
    @Query() query: StreamEventsQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = request.headers['last-event-id'] ?? query.after;
    if (last !== undefined && !isUuid(last))
      throw badRequestError({ 'Last-Event-ID': ['Last-Event-ID must be the ID of an event'] });
    const { workspaceId } = principal;
    const after = last === undefined ? await this.log.horizon() : await this.log.getPosition(workspaceId, last);
    const release = this.streams.reserve(principal.credentialId);
    reply.hijack();
    const { raw } = reply;
    raw.on('close', release);
    if (raw.destroyed) release();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    raw.write(': connected\n\n');
    const access = { hiddenInboxIds: currentHiddenInboxIds() };
    const heartbeat = setInterval(() => void this.sendHeartbeat(principal, request, raw, access), HEARTBEAT_MS);
    const filter = {
      types: query.types ?? null,
      subjectId: query.subject_id ?? null,
      correlationId: null,
      excludesSecurity: !hasScope(principal.scopes, 'audit:read'),
    };
    const stop = this.streams.follow(workspaceId, after, filter, access, {
      send: (event) => writeEvent(raw, event),
      signal: (signal) => writeSignal(raw, signal),
      end: () => raw.end(),
    });
    raw.on('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  }

  /**
   * Ends the stream of a revoked credential, and updates its access. If the check itself fails, the stream stays open until the next heartbeat.
   */
  private async sendHeartbeat(
    principal: Principal,
    request: FastifyRequest,
    raw: FastifyReply['raw'],
    access: { hiddenInboxIds: readonly string[] },
  ): Promise<void> {
    const current = await this.access.findStillValid(request, principal).catch(() => principal);
    if (!current) return void raw.end();
    access.hiddenInboxIds = current.hiddenInboxIds ?? [];
    raw.write(': keep-alive\n\n');
    this.credentials.recordUse(principal, request.ip);
  }
}

/** Writes a signal without an ID, so that a client that reconnects sends the ID of the last stored event. */
function writeSignal(raw: FastifyReply['raw'], signal: LiveSignal): void {
  if (!raw.destroyed && !raw.writableNeedDrain)
    raw.write(`event: ${signal.type}\ndata: ${JSON.stringify(toSignalDto(signal))}\n\n`);
}

function writeEvent(raw: FastifyReply['raw'], event: RecordedEvent): Promise<void> {
  const text = `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(toEventDto(event))}\n\n`;
  if (raw.destroyed || raw.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      raw.off('drain', done);
      raw.off('close', done);
      resolve();
    };
    raw.once('drain', done).once('close', done);
  });
}
