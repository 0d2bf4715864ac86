import type { RecordedEvent } from '../domain-event.js';
import type { LiveSignal } from '../live-signals.service.js';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
  StringListField,
  DateField,
} from '../../http/fields.js';
import { IntegerQueryField, ListQueryField } from '../../http/query-fields.js';

/** Actor of an event. */
export class ActorDto {
  @EnumField(['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], {
    description: 'Kind of actor.',
  })
  kind: string;

  @UuidField({ description: 'ID of the user, contact, API key or rule; null for the system.', nullable: true })
  id: string | null;
}

/** An entry of the event log. */
export class EventDto {
  @UuidField({ description: 'ID of the event. Use it as `after` or `Last-Event-ID`.' })
  id: string;

  @StringField({ description: 'Event type, `<subject>.<past tense>`.', example: 'conversation.tagged' })
  type: string;

  @StringListField({
    description: 'Other event types that match this event. A change of several fields is one event with several types.',
    example: ['conversation.updated'],
  })
  aliases: string[];

  @StringField({ description: 'Type of the object that the event is about.', example: 'conversation' })
  subject_type: string;

  @UuidField({ description: 'ID of the object that the event is about.' })
  subject_id: string;

  @NestedField(() => ActorDto, { description: 'Actor that caused the event.' })
  actor: ActorDto;

  @JsonObjectField({
    description: 'Event data. Events about changes have `changed`, which maps each changed field to `[before, after]`.',
    example: { conversation_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', changed: { tags: [[], ['billing']] } },
  })
  data: Record<string, unknown>;

  @StringField({
    description: '`X-Request-Id` of the request that led to the event. Shared by all events that the request led to.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @UuidField({
    description: 'ID of the event whose handler caused this event; null if a request caused it.',
    nullable: true,
  })
  causation_id: string | null;

  @IntegerField({
    description: 'Number of events between the request and this event in the chain of causes.',
    example: 0,
  })
  depth: number;

  @DateField({ description: 'Time of the event.' })
  occurred_at: string;
}

/** Maps an event to its wire format. */
export function toEventDto(event: RecordedEvent): EventDto {
  return {
    id: event.id,
    type: event.type,
    aliases: [...event.aliases],
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

/** Maps a live signal to its wire format: an event without an ID, because it is not stored. */
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

/** Filters of the event log. */
export class EventsQueryDto {
  @UuidField({
    description:
      'ID of an event. Returns only later events. Default: the start of the log for `GET /v1/events`, the end ' +
      'of the log for the stream.',
    optional: true,
  })
  after?: string;

  @ListQueryField({
    description:
      'Event types, for example `conversation.resolved`, or wildcards such as `conversation.*`. An event ' +
      'matches by its type or by any of its `aliases`.',
  })
  types?: string[];

  @UuidField({ description: 'ID of an object. Returns only events about this object.', optional: true })
  subject_id?: string;
}

/** Query of the event log. */
export class ListEventsQueryDto extends EventsQueryDto {
  @IntegerQueryField({ description: 'Maximum number of events to return. Default: 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @UuidField({ description: 'ID of an event. Returns only earlier events.', optional: true })
  before?: string;

  @EnumField(['asc', 'desc'], {
    description: 'Order: `asc` for oldest first, `desc` for newest first. Default: `asc`.',
    optional: true,
    example: 'asc',
  })
  order_dir?: 'asc' | 'desc';

  @StringField({
    description: '`X-Request-Id` of a request. Returns only events that the request led to.',
    optional: true,
    max: 128,
  })
  correlation_id?: string;
}

/** Query of the event stream. The access token can be in the query because EventSource cannot send headers. */
export class StreamEventsQueryDto extends EventsQueryDto {
  @StringField({
    description: 'Access token, for clients that cannot send an `Authorization` header.',
    optional: true,
    max: 4000,
  })
  access_token?: string;
}

/** Position of a page in the event log. */
export class EventPageMetaDto {
  @IntegerField({ description: 'Maximum number of events on this page.', example: 20 })
  limit: number;

  @UuidField({
    description: 'Value of `after` for the next page; null if the log is empty, and if `order_dir` is `desc`.',
    nullable: true,
  })
  next_after: string | null;

  @UuidField({
    description: 'Value of `before` for the next page if `order_dir` is `desc`; otherwise null.',
    nullable: true,
  })
  next_before: string | null;

  @BooleanField({ description: 'True if the next page already has events.', example: false })
  has_more: boolean;
}

/** A page of the event log. */
export class EventPageDto {
  @NestedListField(() => EventDto, { description: 'Events in the requested order.' })
  data: EventDto[];

  @NestedField(() => EventPageMetaDto, { description: 'Position of the page.' })
  meta: EventPageMetaDto;
}
