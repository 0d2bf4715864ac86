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
  IntegerQueryField,
  ListQueryField,
  StringField,
  StringListField,
  DateField,
} from '../../http/fields.js';

/** Who did it. */
export class ActorDto {
  @EnumField(['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], {
    description: 'What kind of actor it was.',
  })
  kind: string;

  @UuidField({ description: 'Id of the user, contact, key or rule; null for the system.', nullable: true })
  id: string | null;
}

/** One entry of the event log. */
export class EventDto {
  @UuidField({ description: 'Id of the event; also what `after` and `Last-Event-ID` take.' })
  id: string;

  @StringField({ description: '`<subject>.<past tense>`.', example: 'conversation.tagged' })
  type: string;

  @StringListField({
    description: 'Other names it answers to: a change of several things at once is one event.',
    example: ['conversation.updated'],
  })
  also: string[];

  @StringField({ description: 'What kind of object the event is about.', example: 'conversation' })
  subject_type: string;

  @UuidField({ description: 'Id of the object the event is about.' })
  subject_id: string;

  @NestedField(() => ActorDto, { description: 'Who did it.' })
  actor: ActorDto;

  @JsonObjectField({
    description: 'The facts. On changes `changed` maps each field to `[before, after]`.',
    example: { conversation_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', changed: { tags: [[], ['billing']] } },
  })
  data: Record<string, unknown>;

  @StringField({
    description: "Shared by everything that one request set off: the request's `X-Request-Id`.",
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @UuidField({ description: 'The event whose handling caused this one; null when a request did.', nullable: true })
  causation_id: string | null;

  @IntegerField({ description: 'How many events stand between a request and this one.', example: 0 })
  depth: number;

  @DateField({ description: 'When it happened.' })
  occurred_at: string;
}

/** Puts an event on the wire. */
export function toEventDto(event: RecordedEvent): EventDto {
  return {
    id: event.id,
    type: event.type,
    also: [...event.aliases],
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
export class EventsQueryDto {
  @UuidField({
    description:
      'Begin after this event. `GET /v1/events` begins at the start of the log without it, the stream at its end.',
    optional: true,
  })
  after?: string;

  @ListQueryField({
    description:
      'Only these types, for example `conversation.resolved`, or groups such as `conversation.*`. A change of several things at once is found by the name of each.',
  })
  types?: string[];

  @UuidField({ description: 'Only events about this object.', optional: true })
  subject_id?: string;
}

/** Which page of events to read. */
export class ListEventsQueryDto extends EventsQueryDto {
  @IntegerQueryField({ description: 'Most events to return. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @StringField({ description: 'Only what one request set off, by its `X-Request-Id`.', optional: true, max: 128 })
  correlation_id?: string;
}

/** Query of the stream: EventSource cannot send headers, so the access token may stand here. */
export class StreamEventsQueryDto extends EventsQueryDto {
  @StringField({
    description: 'An access token, for clients that cannot send an `Authorization` header.',
    optional: true,
    max: 4000,
  })
  access_token?: string;
}

/** Where a page of the log ends. */
export class EventPageMetaDto {
  @IntegerField({ description: 'Most events on this page.', example: 20 })
  limit: number;

  @UuidField({ description: 'Pass as `after` to go on; null while the log is empty.', nullable: true })
  next_after: string | null;

  @BooleanField({ description: 'Whether more events follow already.', example: false })
  has_more: boolean;
}

/** A page of the log. */
export class EventPageDto {
  @NestedListField(() => EventDto, { description: 'Events, oldest first.' })
  data: EventDto[];

  @NestedField(() => EventPageMetaDto, { description: 'Where the page ends.' })
  meta: EventPageMetaDto;
}
