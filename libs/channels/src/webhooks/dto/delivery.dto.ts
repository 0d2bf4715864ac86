import {
  EnumField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import type { DeliveriesFilter } from '../deliveries.repository.js';
import { webhookMessageId } from '../delivery-body.js';
import { DELIVERY_STATUSES, type AttemptView, type DeliveryStatus, type DeliveryView } from '../delivery.view.js';

/** One request to an endpoint, and what came of it. */
export class AttemptDto {
  @IntegerField({ description: 'Counts the attempts of a delivery, from 1.', example: 1 })
  number: number;

  @StringField({ description: 'Where it was sent.', max: 2048, example: 'https://example.com/parley' })
  url: string;

  @JsonObjectField({
    description: 'Headers of the request, the signature among them.',
    example: {
      'webhook-id': 'msg_0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
      'webhook-timestamp': '1768473000',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
  })
  request_headers: Record<string, string>;

  @IntegerField({ description: 'Status of the answer; null when none came.', nullable: true, example: 200 })
  response_status: number | null;

  @JsonObjectField({ description: 'Headers of the answer.', example: { 'content-type': 'text/plain' } })
  response_headers: Record<string, string>;

  @StringField({ description: "The first 2 KB of the answer's body.", nullable: true, max: 2048, example: 'ok' })
  response_body: string | null;

  @IntegerField({ description: 'Milliseconds it took.', example: 84 })
  latency_ms: number;

  @StringField({ description: 'Why no whole answer came; null when one did.', nullable: true, max: 400, example: null })
  error: string | null;

  @DateField({ description: 'When it was sent.' })
  started_at: string;
}

/** One event on its way to one webhook. */
export class DeliveryDto {
  @UuidField({ description: 'Id of the delivery.' })
  id: string;

  @UuidField({ description: 'The webhook.' })
  webhook_id: string;

  @StringField({
    description: '`webhook-id` of every attempt: endpoints know by it what they have had already.',
    example: 'msg_0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  message_id: string;

  @UuidField({ description: 'The event.' })
  event_id: string;

  @StringField({ description: 'Type of the event.', example: 'conversation.created' })
  event_type: string;

  @EnumField(DELIVERY_STATUSES, {
    description:
      '`pending`: it is still tried. `succeeded`: the endpoint answered 2xx. `failed`: all attempts are used up.',
    example: 'succeeded',
  })
  status: DeliveryStatus;

  @StringField({
    description: 'The body, byte for byte the same in every attempt; null before the first one.',
    nullable: true,
    max: 10_000_000,
    example: '{"id":"0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c","type":"conversation.created","data":{}}',
  })
  request_body: string | null;

  @IntegerField({ description: 'Attempts made so far.', example: 1 })
  attempt_count: number;

  @DateField({
    description:
      'When it is tried next. Null when it is over, or while it waits for an earlier event of its conversation.',
    nullable: true,
    example: null,
  })
  next_attempt_at: string | null;

  @NestedListField(() => AttemptDto, { description: 'The last 20 attempts, oldest first.' })
  attempts: AttemptDto[];

  @DateField({ description: 'When it was queued.' })
  created_at: string;

  @DateField({ description: 'When it succeeded or was given up.', nullable: true })
  completed_at: string | null;
}

/** Which deliveries to list. */
export class DeliveryListQueryDto extends PageQueryDto {
  @ListQueryField({ description: 'Only deliveries that stand here.', values: DELIVERY_STATUSES, example: 'failed' })
  status?: string[];

  @ListQueryField({ description: 'Only events of these types.', example: 'message.created' })
  event_type?: string[];

  @UuidField({ description: 'Only deliveries of this event.', optional: true })
  event_id?: string;

  @DateField({ description: 'Only what was queued at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only what was queued before this time.', optional: true })
  created_before?: string;
}

/** Where to replay from. */
export class ReplayDto {
  @UuidField({ description: 'Everything that happened after this event is sent again; itself it is not.' })
  after: string;
}

/** A replay that has begun. */
export class ReplayStartedDto {
  @UuidField({ description: 'The webhook.' })
  webhook_id: string;

  @UuidField({ description: 'The event after which the replay begins.' })
  after: string;
}

/** The filter in the domain's names. */
export function toDeliveriesFilter(query: DeliveryListQueryDto): DeliveriesFilter {
  return {
    statuses: query.status,
    types: query.event_type,
    eventId: query.event_id,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
}

function toAttemptDto(view: AttemptView): AttemptDto {
  return {
    number: view.number,
    url: view.url,
    request_headers: view.requestHeaders,
    response_status: view.responseStatus,
    response_headers: view.responseHeaders,
    response_body: view.responseBody,
    latency_ms: view.latencyMs,
    error: view.error,
    started_at: view.startedAt,
  };
}

/** Puts a delivery on the wire. */
export function toDeliveryDto(view: DeliveryView): DeliveryDto {
  return {
    id: view.id,
    webhook_id: view.webhookId,
    message_id: webhookMessageId(view.id),
    event_id: view.eventId,
    event_type: view.eventType,
    status: view.status,
    request_body: view.body,
    attempt_count: view.attemptCount,
    next_attempt_at: view.nextAttemptAt,
    attempts: view.attempts.map(toAttemptDto),
    created_at: view.createdAt,
    completed_at: view.completedAt,
  };
}
