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
  NestedListField,
} from '@parley/kernel/http';
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { WEBHOOK_ORDERINGS, type WebhookOrdering, type WebhookSettings, type WebhookView } from '../webhook.view.js';
import { WEBHOOK_FIELDS } from '../webhook-filter.js';

const SECRET_DESCRIPTION =
  'Signing secret: `whsec_` followed by 24 to 64 bytes in base64, or any other text of 8 to 256 characters, whose UTF-8 ' +
  'bytes are the key. Default: a random secret.';

const EVENTS_DESCRIPTION =
  'Event types such as `message.created`, groups such as `conversation.*`, or `*` for all events except ' +
  '`security.*`, which have to be named and require the scope `audit:read`.';
const WEBHOOK_FIELD_NAMES = WEBHOOK_FIELDS.names.map((name) => `\`${name}\``).join(', ');
const FILTER_DESCRIPTION =
  `Filter for events. Fields: ${WEBHOOK_FIELD_NAMES}, ` +
  'and `data.<field>` for fields of the `data` of the subscribed event types, which `GET /v1/event-types` lists in ' +
  '`data_fields`. IDs of users, teams and inboxes must exist. ' +
  'Other fields of the object that the webhook receives are not available.';
const ORDERING_DESCRIPTION =
  '`conversation`: an event waits until earlier events of its conversation are delivered or have finally ' +
  'failed. `none`: events are sent without ordering, for higher throughput.';
const FILTER_EXAMPLE = { field: 'actor.kind', operator: 'not_equals', value: 'automation' };

export class WebhookDto {
  @UuidField({ description: 'Webhook ID.' })
  id: string;

  @UrlField({ description: 'URL that events are sent to.', example: 'https://example.com/parley' })
  url: string;

  @StringListField({ description: EVENTS_DESCRIPTION, example: ['conversation.*', 'message.created'] })
  events: string[];

  @AnyJsonField(
    { type: 'object', additionalProperties: true },
    { description: FILTER_DESCRIPTION, nullable: true, example: FILTER_EXAMPLE },
  )
  filter: FilterNode | null;

  @StringField({
    description: 'Description of the purpose.',
    nullable: true,
    max: 500,
    example: 'Feeds the data warehouse',
  })
  description: string | null;

  @EnumField(WEBHOOK_ORDERINGS, { description: ORDERING_DESCRIPTION })
  ordering: WebhookOrdering;

  @BooleanField({
    description:
      'True if events are sent. A disabled webhook gets no new deliveries; pending ones wait until it is enabled.',
  })
  enabled: boolean;

  @EnumField(['gone', 'failing'], {
    description:
      'Reason why the system disabled the webhook. `gone`: the endpoint responded with 410. `failing`: no ' +
      'delivery succeeded for five days.',
    nullable: true,
    example: null,
  })
  disabled_reason: string | null;

  @DateField({ description: 'Time when the system disabled the webhook.', nullable: true, example: null })
  disabled_at: string | null;

  @IntegerField({ description: 'Number of failed attempts since the last successful one.', example: 0 })
  consecutive_failures: number;

  @DateField({ description: 'Time of the first of these failures.', nullable: true, example: null })
  failing_since: string | null;

  @DateField({
    description:
      'Time until which nothing is sent, because the endpoint keeps failing or requested it with `Retry-After`.',
    nullable: true,
    example: null,
  })
  paused_until: string | null;

  @NestedListField(() => ProblemDto, {
    description:
      'References of the filter to deleted teams and inboxes and to deactivated users, and events and fields that do not exist. Computed for each response.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** A webhook with its signing secret. Only returned when the secret is set. */
export class WebhookWithSecretDto extends WebhookDto {
  @StringField({
    description: 'Signing secret (Standard Webhooks). Not shown again.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateWebhookDto {
  @UrlField({
    description: 'URL that events are sent to. Must be a public http or https URL.',
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
    description: 'Description of the purpose.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Feeds the data warehouse',
  })
  description?: string | null;

  @BooleanField({
    description: 'If true, events are sent. Enabling the webhook resets its failure count.',
    optional: true,
  })
  enabled?: boolean;

  @EnumField(WEBHOOK_ORDERINGS, { description: ORDERING_DESCRIPTION, optional: true })
  ordering?: WebhookOrdering;
}

export class CreateWebhookDto {
  @UrlField({
    description: 'URL that events are sent to. Must be a public http or https URL.',
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
    description: SECRET_DESCRIPTION,
    optional: true,
    min: 8,
    max: 256,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
    prefill: false,
  })
  secret?: string;

  @AnyJsonField(
    { type: 'object', additionalProperties: true, nullable: true },
    { description: FILTER_DESCRIPTION, optional: true, example: FILTER_EXAMPLE },
  )
  filter?: unknown;

  @StringField({
    description: 'Description of the purpose.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Feeds the data warehouse',
  })
  description?: string | null;

  @BooleanField({
    description: 'If true, events are sent. Default: true.',
    optional: true,
    default: true,
    example: false,
  })
  enabled?: boolean;

  @EnumField(WEBHOOK_ORDERINGS, {
    description: `${ORDERING_DESCRIPTION} Default: \`conversation\`.`,
    optional: true,
    default: 'conversation',
  })
  ordering?: WebhookOrdering;
}

export class RotateSecretDto {
  @StringField({
    description: SECRET_DESCRIPTION,
    optional: true,
    min: 8,
    max: 256,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
    prefill: false,
  })
  secret?: string;
}

export class WebhookListQueryDto extends TimedPageQueryDto {
  @BooleanQueryField({ description: 'If true, only enabled webhooks; if false, only disabled ones.', example: true })
  enabled?: boolean;
}

export function toCreateWebhookInput(body: CreateWebhookDto): WebhookSettings {
  const { url, events, filter = null, description = null, enabled = true, ordering = 'conversation' } = body;
  return { url, events, filter: filter as FilterNode | null, description, enabled, ordering };
}

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

export function toWebhookDto(view: WithProblems<WebhookView>): WebhookDto {
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
    consecutive_failures: view.consecutiveFailures,
    failing_since: view.failingSince,
    paused_until: view.pausedUntil,
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
