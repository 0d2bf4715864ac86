import type { FilterNode } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  omitUndefined,
  UuidField,
  IntegerField,
  BooleanQueryField,
  StringField,
  StringListField,
  DateField,
  AnyJsonField,
  UrlField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import {
  WEBHOOK_ORDERINGS,
  type WebhookOrdering,
  type WebhookSettings,
  type WebhookView,
  type WebhookWithSecret,
} from '../webhook.view.js';
import { WEBHOOK_FIELDS } from '../webhook-filter.js';

const EVENTS_DESCRIPTION =
  'Names of events such as `message.created`, groups such as `conversation.*`, or `*` for all.';
const FILTER_DESCRIPTION = `Only events for which this holds, in the filter language. Fields: ${WEBHOOK_FIELDS.names.map((name) => `\`${name}\``).join(', ')}, and \`data.<fact>\` for any fact in an event's \`data\`.`;
const ORDERING_DESCRIPTION =
  '`conversation`: within a conversation an event waits until the one before it has been taken or given up. `none`: nothing waits, for endpoints that want throughput.';
const FILTER_EXAMPLE = { field: 'actor.kind', operator: 'not_equals', value: 'automation' };

/** A place that events are sent to. */
export class WebhookDto {
  @UuidField({ description: 'Id of the webhook.' })
  id: string;

  @UrlField({ description: 'Where events are posted.', example: 'https://example.com/parley' })
  url: string;

  @StringListField({ description: EVENTS_DESCRIPTION, example: ['conversation.*', 'message.created'] })
  events: string[];

  @AnyJsonField(
    { type: 'object', additionalProperties: true },
    { description: FILTER_DESCRIPTION, nullable: true, example: FILTER_EXAMPLE },
  )
  filter: FilterNode | null;

  @StringField({ description: 'What it is for.', nullable: true, max: 500, example: 'Feeds the data warehouse' })
  description: string | null;

  @EnumField(WEBHOOK_ORDERINGS, { description: ORDERING_DESCRIPTION })
  ordering: WebhookOrdering;

  @BooleanField({
    description:
      'Whether events are sent. While it is off none are added; what was pending waits until it is on again.',
  })
  enabled: boolean;

  @EnumField(['gone', 'failing'], {
    description: 'Why the system has switched it off: the endpoint answered 410, or nothing got through for five days.',
    nullable: true,
    example: null,
  })
  disabled_reason: string | null;

  @DateField({ description: 'When the system switched it off.', nullable: true, example: null })
  disabled_at: string | null;

  @IntegerField({ description: 'Attempts that failed since the last one that succeeded.', example: 0 })
  failures_in_a_row: number;

  @DateField({ description: 'When the first of them failed.', nullable: true, example: null })
  failing_since: string | null;

  @DateField({
    description: 'The endpoint is left alone until then, because it keeps failing or asked for it by `Retry-After`.',
    nullable: true,
    example: null,
  })
  paused_until: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A webhook with its secret, which is shown this once. */
export class WebhookWithSecretDto extends WebhookDto {
  @StringField({
    description: 'What deliveries are signed with (Standard Webhooks). Keep it: it is not shown again.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret: string;
}

/** What to change about a webhook. */
export class UpdateWebhookDto {
  @UrlField({
    description: 'Where events are posted: a public http or https address.',
    optional: true,
    example: 'https://example.com/parley',
  })
  url?: string;

  @StringListField({
    description: EVENTS_DESCRIPTION,
    optional: true,
    minItems: 1,
    maxItems: 100,
    minLength: 1,
    maxLength: 100,
    example: ['conversation.*', 'message.created'],
  })
  events?: string[];

  @AnyJsonField(
    { type: 'object', additionalProperties: true, nullable: true },
    { description: `${FILTER_DESCRIPTION} Null for no filter.`, optional: true, example: FILTER_EXAMPLE },
  )
  filter?: unknown;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Feeds the data warehouse',
  })
  description?: string | null;

  @BooleanField({ description: 'Whether events are sent. Switching it on forgets its failures.', optional: true })
  enabled?: boolean;

  @EnumField(WEBHOOK_ORDERINGS, { description: ORDERING_DESCRIPTION, optional: true })
  ordering?: WebhookOrdering;
}

/** A new webhook. */
export class CreateWebhookDto {
  @UrlField({
    description: 'Where events are posted: a public http or https address.',
    example: 'https://example.com/parley',
  })
  url: string;

  @StringListField({
    description: EVENTS_DESCRIPTION,
    minItems: 1,
    maxItems: 100,
    minLength: 1,
    maxLength: 100,
    example: ['conversation.*', 'message.created'],
  })
  events: string[];

  @StringField({
    description: 'A secret of your own, `whsec_` and then 24 to 64 bytes in base64; by default a random one.',
    optional: true,
    min: 1,
    max: 200,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret?: string;

  @AnyJsonField(
    { type: 'object', additionalProperties: true, nullable: true },
    { description: FILTER_DESCRIPTION, optional: true, example: FILTER_EXAMPLE },
  )
  filter?: unknown;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Feeds the data warehouse',
  })
  description?: string | null;

  @BooleanField({ description: 'Whether events are sent from now on. Default true.', optional: true, default: true })
  enabled?: boolean;

  @EnumField(WEBHOOK_ORDERINGS, {
    description: `${ORDERING_DESCRIPTION} Default \`conversation\`.`,
    optional: true,
    default: 'conversation',
  })
  ordering?: WebhookOrdering;
}

/** What a new secret is to be. */
export class RotateSecretDto {
  @StringField({
    description: 'A secret of your own, `whsec_` and then 24 to 64 bytes in base64; by default a random one.',
    optional: true,
    min: 1,
    max: 200,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret?: string;
}

/** Which webhooks to list. */
export class WebhookListQueryDto extends TimedPageQueryDto {
  @BooleanQueryField({ description: 'Only those that are switched on, or off.', example: true })
  enabled?: boolean;
}

/** Settings of a new webhook in the domain's names. */
export function toCreateWebhookInput(body: CreateWebhookDto): WebhookSettings {
  const { url, events, filter = null, description = null, enabled = true, ordering = 'conversation' } = body;
  return { url, events, filter: filter as FilterNode | null, description, enabled, ordering };
}

/** Settings to change; what was left out stays out. */
export function toUpdateWebhookInput({
  url,
  events,
  filter,
  description,
  enabled,
  ordering,
}: UpdateWebhookDto): Partial<WebhookSettings> {
  return omitUndefined({
    url,
    events,
    filter: filter as FilterNode | null | undefined,
    description,
    enabled,
    ordering,
  });
}

/** Puts a webhook on the wire. */
export function toWebhookDto(view: WebhookView): WebhookDto {
  return {
    id: view.id,
    url: view.url,
    events: [...view.events],
    filter: view.filter,
    description: view.description,
    ordering: view.ordering,
    enabled: view.enabled,
    disabled_reason: view.disabledReason,
    disabled_at: view.disabledAt,
    failures_in_a_row: view.failuresInARow,
    failing_since: view.failingSince,
    paused_until: view.pausedUntil,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

/** Puts a webhook on the wire together with its secret. */
export function toWebhookWithSecretDto(view: WebhookWithSecret): WebhookWithSecretDto {
  return { ...toWebhookDto(view), secret: view.secret };
}
