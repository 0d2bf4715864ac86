import { badRequest, Choice, Id, JsonObject, Nested, PageQueryDto, QueryList, Text, Time } from '@parley/kernel';
import type { AuditEntryView, AuditFilter } from '../audit-entry.view.js';

const ACTORS = ['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'] as const;
const ACTION = /^[a-z_]+\.([a-z_]+|\*)$/;

/** Who did it. */
export class AuditActorDto {
  @Choice(ACTORS, { description: 'What kind of actor it was.' })
  kind: string;

  @Id({ description: 'Id of the user, contact, key or rule; null for the system.', nullable: true })
  id: string | null;

  @Text({
    description:
      'What the actor is called, where that is known: people by their present name, keys by the name they were made with.',
    nullable: true,
    example: 'Sarah Chen',
  })
  name: string | null;
}

/** What it was done to. */
export class AuditSubjectDto {
  @Text({ description: 'What kind of object it is.', example: 'conversation' })
  type: string;

  @Id({ description: 'Id of the object.' })
  id: string;

  @Text({
    description:
      'What the object was called at the time, where it has a name or number; people go by their present name.',
    max: 500,
    nullable: true,
    example: '#42',
  })
  name: string | null;
}

/** One thing that somebody did. */
export class AuditEntryDto {
  @Id({ description: 'Id of the entry: that of the event it was read from.' })
  id: string;

  @Text({ description: 'What was done, as the type of the event.', example: 'conversation.resolved' })
  action: string;

  @Text({
    description: 'The whole in one line, for people.',
    max: 300,
    example: 'Sarah Chen resolved conversation #42',
  })
  summary: string;

  @Nested(() => AuditActorDto, { description: 'Who did it.' })
  actor: AuditActorDto;

  @Nested(() => AuditSubjectDto, { description: 'What it was done to.' })
  subject: AuditSubjectDto;

  @JsonObject({
    description: 'Each field that changed, as `[before, after]`; empty where nothing was there before.',
    example: { status: ['open', 'resolved'] },
    maxBytes: 1_000_000,
  })
  changed: Record<string, unknown>;

  @Text({
    description: "Shared by everything that one request set off: the request's `X-Request-Id`.",
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @Id({ description: 'The event whose handling caused this one; null when a request did.', nullable: true })
  causation_id: string | null;

  @Text({
    description: 'Network address of who did it, where the event tells it, as sign-ins do.',
    nullable: true,
    example: null,
  })
  address: string | null;

  @Time({ description: 'When it was done.' })
  occurred_at: string;
}

/** Which audit entries to list. */
export class AuditListQueryDto extends PageQueryDto {
  @QueryList({ description: 'Only what these kinds of actors did.', values: ACTORS, example: 'user' })
  actor_kind?: string[];

  @Id({ description: 'Only what this user, contact, key or rule did.', optional: true })
  actor_id?: string;

  @QueryList({
    description: 'Only these actions: event types, or `conversation.*` for all about one kind of object.',
    example: 'conversation.*',
  })
  action?: string[];

  @Id({ description: 'Only what was done to this object.', optional: true })
  subject_id?: string;

  @Text({
    description: 'Only what one request set off, by its `X-Request-Id`.',
    optional: true,
    max: 128,
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id?: string;

  @Time({ description: 'Only what was done at or after this time.', optional: true })
  created_after?: string;

  @Time({ description: 'Only what was done before this time.', optional: true })
  created_before?: string;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no event type. */
export function toAuditFilter(query: AuditListQueryDto): AuditFilter {
  const wrong = query.action?.find((action) => !ACTION.test(action));
  if (wrong !== undefined)
    throw badRequest({
      action: [`action takes event types such as conversation.resolved or conversation.*, not "${wrong}"`],
    });
  return {
    actorKinds: query.actor_kind,
    actorId: query.actor_id,
    actions: query.action,
    subjectId: query.subject_id,
    correlationId: query.correlation_id,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
}

/** Puts an audit entry on the wire. */
export function toAuditEntryDto(entry: AuditEntryView): AuditEntryDto {
  return {
    id: entry.id,
    action: entry.action,
    summary: entry.summary,
    actor: { ...entry.actor },
    subject: { ...entry.subject },
    changed: entry.changed,
    correlation_id: entry.correlationId,
    causation_id: entry.causationId,
    address: entry.address,
    occurred_at: entry.occurredAt,
  };
}
