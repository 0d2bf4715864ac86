import { badRequestError } from '@parley/kernel';
import {
  EnumField,
  UuidField,
  JsonObjectField,
  NestedField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import type { AuditEntryView, AuditFilter } from '../audit-entry.view.js';

const ACTOR_KINDS = ['user', 'contact', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'] as const;
const ACTION_PATTERN = /^[a-z_]+\.([a-z_]+|\*)$/;

/** Who did it. */
export class AuditActorDto {
  @EnumField(ACTOR_KINDS, { description: 'What kind of actor it was.' })
  kind: string;

  @UuidField({ description: 'Id of the user, contact, key or rule; null for the system.', nullable: true })
  id: string | null;

  @StringField({
    description:
      'What the actor is called, where that is known: people by their present name, keys by the name they were made with.',
    nullable: true,
    example: 'Sarah Chen',
  })
  name: string | null;
}

/** What it was done to. */
export class AuditSubjectDto {
  @StringField({ description: 'What kind of object it is.', example: 'conversation' })
  type: string;

  @UuidField({ description: 'Id of the object.' })
  id: string;

  @StringField({
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
  @UuidField({ description: 'Id of the entry: that of the event it was read from.' })
  id: string;

  @StringField({ description: 'What was done, as the type of the event.', example: 'conversation.resolved' })
  action: string;

  @StringField({
    description: 'The whole in one line, for people.',
    max: 300,
    example: 'Sarah Chen resolved conversation #42',
  })
  summary: string;

  @NestedField(() => AuditActorDto, { description: 'Who did it.' })
  actor: AuditActorDto;

  @NestedField(() => AuditSubjectDto, { description: 'What it was done to.' })
  subject: AuditSubjectDto;

  @JsonObjectField({
    description: 'Each field that changed, as `[before, after]`; empty where nothing was there before.',
    example: { status: ['open', 'resolved'] },
    maxBytes: 1_000_000,
  })
  changed: Record<string, unknown>;

  @StringField({
    description: "Shared by everything that one request set off: the request's `X-Request-Id`.",
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @UuidField({ description: 'The event whose handling caused this one; null when a request did.', nullable: true })
  causation_id: string | null;

  @StringField({
    description: 'Network address of who did it, where the event tells it, as sign-ins do.',
    nullable: true,
    example: null,
  })
  address: string | null;

  @DateField({ description: 'When it was done.' })
  occurred_at: string;
}

/** Which audit entries to list. */
export class AuditListQueryDto extends PageQueryDto {
  @ListQueryField({ description: 'Only what these kinds of actors did.', values: ACTOR_KINDS, example: 'user' })
  actor_kind?: string[];

  @UuidField({ description: 'Only what this user, contact, key or rule did.', optional: true })
  actor_id?: string;

  @ListQueryField({
    description: 'Only these actions: event types, or `conversation.*` for all about one kind of object.',
    example: 'conversation.*',
  })
  action?: string[];

  @UuidField({ description: 'Only what was done to this object.', optional: true })
  subject_id?: string;

  @StringField({
    description: 'Only what one request set off, by its `X-Request-Id`.',
    optional: true,
    max: 128,
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id?: string;

  @DateField({ description: 'Only what was done at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only what was done before this time.', optional: true })
  created_before?: string;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no event type. */
export function toAuditFilter(query: AuditListQueryDto): AuditFilter {
  const invalidAction = query.action?.find((action) => !ACTION_PATTERN.test(action));
  if (invalidAction !== undefined)
    throw badRequestError({
      action: [`action takes event types such as conversation.resolved or conversation.*, not "${invalidAction}"`],
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
