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

export class AuditActorDto {
  @EnumField(ACTOR_KINDS, { description: 'Type of the actor.' })
  kind: string;

  @UuidField({ description: 'ID of the user, contact, API key or rule. Null for the system.', nullable: true })
  id: string | null;

  @StringField({
    description: 'Name of the actor, if known: the current name of users and contacts, the original name of API keys.',
    nullable: true,
    example: 'Sarah Chen',
  })
  name: string | null;
}

export class AuditSubjectDto {
  @StringField({ description: 'Type of the object.', example: 'conversation' })
  type: string;

  @UuidField({ description: 'ID of the object.' })
  id: string;

  @StringField({
    description: 'Name or number of the object at that time, if it has one. For users and contacts, the current name.',
    max: 500,
    nullable: true,
    example: '#42',
  })
  name: string | null;
}

export class AuditEntryDto {
  @UuidField({ description: 'Audit entry ID. Equal to the ID of the event that it records.' })
  id: string;

  @StringField({ description: 'Type of the event.', example: 'conversation.resolved' })
  action: string;

  @StringField({
    description: 'Summary in one line.',
    max: 300,
    example: 'Sarah Chen resolved conversation #42',
  })
  summary: string;

  @NestedField(() => AuditActorDto, { description: 'Actor.' })
  actor: AuditActorDto;

  @NestedField(() => AuditSubjectDto, { description: 'Object that the action was applied to.' })
  subject: AuditSubjectDto;

  @JsonObjectField({
    description: 'Changed fields, as `[before, after]`. Empty if the event records no changes.',
    example: { status: ['open', 'resolved'] },
    maxBytes: 1_000_000,
  })
  changed: Record<string, unknown>;

  @StringField({
    description: '`X-Request-Id` of the request that caused the event. Shared by all events that the request caused.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id: string;

  @UuidField({
    description: 'ID of the event whose processing caused this event. Null if a request caused it directly.',
    nullable: true,
  })
  causation_id: string | null;

  @StringField({
    description: 'IP address of the actor, if the event records it (for example, sign-ins).',
    nullable: true,
    example: null,
  })
  address: string | null;

  @DateField({ description: 'Time of the action.' })
  occurred_at: string;
}

export class AuditListQueryDto extends PageQueryDto {
  @ListQueryField({ description: 'Only actions of these types of actors.', values: ACTOR_KINDS, example: 'user' })
  actor_kind?: string[];

  @UuidField({ description: 'Only actions of this user, contact, API key or rule.', optional: true })
  actor_id?: string;

  @ListQueryField({
    description: 'Only these actions: event types, or groups such as `conversation.*`.',
    example: 'conversation.*',
  })
  action?: string[];

  @UuidField({ description: 'Only actions on this object.', optional: true })
  subject_id?: string;

  @StringField({
    description: 'Only actions caused by the request with this `X-Request-Id`.',
    optional: true,
    max: 128,
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  correlation_id?: string;

  @DateField({ description: 'Only actions at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only actions before this time.', optional: true })
  created_before?: string;
}

/** @throws DomainError BAD_REQUEST for an invalid event type. */
export function toAuditFilter(query: AuditListQueryDto): AuditFilter {
  const invalidAction = query.action?.find((action) => !ACTION_PATTERN.test(action));
  if (invalidAction !== undefined)
    throw badRequestError({
      action: [
        'action must be an event type such as conversation.resolved, or a group such as conversation.*, not ' +
          `"${invalidAction}"`,
      ],
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
