import type { RecordedEvent } from '../domain-event.js';
import type { LiveSignal } from '../live-signals.service.js';
import {
  Choice,
  Flag,
  Id,
  Integer,
  JsonObject,
  Nested,
  NestedList,
  QueryInteger,
  QueryList,
  Text,
  TextList,
  Time,
} from '../../http/fields.js';

/** Who did it. */
export class ActorDto {
  @Choice(['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], {
    description: 'What kind of actor it was.',
  })
  kind: string;

  @Id({ description: 'Id of the user, contact, key or rule; null for the system.', nullable: true })
  id: string | null;
}

/** One entry of the event log. */
export class EventDto {
  @Id({ description: 'Id of the event; also what `after` and `Last-Event-ID` take.' })
  id: string;

  @Text({ description: '`<subject>.<past tense>`.', example: 'conversation.tagged' })
  type: string;

  @TextList({
    description: 'Other names it answers to: a change of several things at once is one event.',
    example: ['conversation.updated'],
  })
  also: string[];

  @Text({ description: 'What kind of object the event is about.', example: 'conversation' })
  subject_type: string;

  @Id({ description: 'Id of the object the event is about.' })
  subject_id: string;

  @Nested(() => ActorDto, { description: 'Who did it.' })
  actor: ActorDto;

  @JsonObject({
    description: 'The facts. On changes `changed` maps each field to `[before, after]`.',
    example: { conversation_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', changed: { tags: [[], ['billing']] } },
  })
  data: Record<string, unknown>;

  @Text({
    description: "Shared by everything that one request set off: the request's `X-Request-Id`.",
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @Id({ description: 'The event whose handling caused this one; null when a request did.', nullable: true })
  causation_id: string | null;

  @Integer({ description: 'How many events stand between a request and this one.', example: 0 })
  depth: number;

  @Time({ description: 'When it happened.' })
  occurred_at: string;
}

/** Puts an event on the wire. */
export function toEventDto(event: RecordedEvent): EventDto {
  return {
    id: event.id,
    type: event.type,
    also: [...event.also],
    subject_type: event.subjectType,
    subject_id: event.subjectId,
    actor: event.actor,
    data: event.data as Record<string, unknown>,
    correlation_id: event.correlationId,
    causation_id: event.causationId,
    depth: event.depth,
    occurred_at: event.occurredAt,
  };
}

/** Puts a signal on the wire: like an event, as far as it goes. */
export function toSignalDto({
  type,
  subjectId,
  actor,
  data,
  occurredAt,
}: LiveSignal): Pick<EventDto, 'type' | 'subject_type' | 'subject_id' | 'actor' | 'data' | 'occurred_at'> {
  return {
    type,
    subject_type: type.slice(0, type.indexOf('.')),
    subject_id: subjectId,
    actor,
    data,
    occurred_at: occurredAt,
  };
}

/** Which events to read. */
export class EventStreamQueryDto {
  @Id({
    description:
      'Begin after this event. `GET /v1/events` begins at the start of the log without it, the stream at its end.',
    optional: true,
  })
  after?: string;

  @QueryList({
    description:
      'Only these types, for example `conversation.resolved`, or groups such as `conversation.*`. A change of several things at once is found by the name of each.',
  })
  types?: string[];

  @Id({ description: 'Only events about this object.', optional: true })
  subject_id?: string;
}

/** Which page of events to read. */
export class EventListQueryDto extends EventStreamQueryDto {
  @QueryInteger({ description: 'Most events to return. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @Text({ description: 'Only what one request set off, by its `X-Request-Id`.', optional: true, max: 128 })
  correlation_id?: string;
}

/** Query of the stream: EventSource cannot send headers, so the access token may stand here. */
export class EventStreamConnectDto extends EventStreamQueryDto {
  @Text({
    description: 'An access token, for clients that cannot send an `Authorization` header.',
    optional: true,
    max: 4000,
  })
  access_token?: string;
}

/** Where a page of the log ends. */
export class EventPageMetaDto {
  @Integer({ description: 'Most events on this page.', example: 20 })
  limit: number;

  @Id({ description: 'Pass as `after` to go on; null while the log is empty.', nullable: true })
  next_after: string | null;

  @Flag({ description: 'Whether more events follow already.', example: false })
  has_more: boolean;
}

/** A page of the log. */
export class EventPageDto {
  @NestedList(() => EventDto, { description: 'Events, oldest first.' })
  data: EventDto[];

  @Nested(() => EventPageMetaDto, { description: 'Where the page ends.' })
  meta: EventPageMetaDto;
}
