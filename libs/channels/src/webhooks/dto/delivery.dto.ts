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

/** One attempt of a delivery. */
export class AttemptDto {
  @IntegerField({ description: 'Number of the attempt within the delivery, starting at 1.', example: 1 })
  number: number;

  @StringField({ description: 'URL of the request.', max: 2048, example: 'https://example.com/parley' })
  url: string;

  @JsonObjectField({
    description: 'Headers of the request, including the signature.',
    example: {
      'webhook-id': 'msg_0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
      'webhook-timestamp': '1768473000',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
  })
  request_headers: Record<string, string>;

  @IntegerField({ description: 'Status of the response. Null if there was no response.', nullable: true, example: 200 })
  response_status: number | null;

  @JsonObjectField({ description: 'Headers of the response.', example: { 'content-type': 'text/plain' } })
  response_headers: Record<string, string>;

  @StringField({ description: 'First 2 KB of the response body.', nullable: true, max: 2048, example: 'ok' })
  response_body: string | null;

  @IntegerField({ description: 'Duration of the request in milliseconds.', example: 84 })
  latency_ms: number;

  @StringField({
    description: 'Reason why the response is missing or incomplete. Null for a complete response.',
    nullable: true,
    max: 400,
    example: null,
  })
  error: string | null;

  @DateField({ description: 'Time of the request.' })
  started_at: string;
}

/** A delivery of an event to a webhook. */
export class DeliveryDto {
  @UuidField({ description: 'Delivery ID.' })
  id: string;

  @UuidField({ description: 'ID of the webhook.' })
  webhook_id: string;

  @StringField({
    description: '`webhook-id` header of all attempts. Receivers use it to detect duplicates.',
    example: 'msg_0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  message_id: string;

  @UuidField({ description: 'ID of the event.' })
  event_id: string;

  @StringField({ description: 'Type of the event.', example: 'conversation.created' })
  event_type: string;

  @EnumField(DELIVERY_STATUSES, {
    description:
      '`pending`: attempts remain. `succeeded`: the endpoint responded with 2xx. `failed`: all attempts failed.',
    example: 'succeeded',
  })
  status: DeliveryStatus;

  @StringField({
    description: 'Request body, identical in all attempts. Null before the first attempt.',
    nullable: true,
    max: 10_000_000,
    example: '{"id":"0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c","type":"conversation.created","data":{}}',
  })
  request_body: string | null;

  @IntegerField({ description: 'Number of attempts so far.', example: 1 })
  attempt_count: number;

  @DateField({
    description:
      'Time of the next attempt. Null if no attempt remains, or while the delivery waits for an earlier event ' +
      'of its conversation.',
    nullable: true,
    example: null,
  })
  next_attempt_at: string | null;

  @NestedListField(() => AttemptDto, { description: 'The last 20 attempts, oldest first.' })
  attempts: AttemptDto[];

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time when the delivery succeeded or finally failed.', nullable: true })
  completed_at: string | null;
}

export class DeliveryListQueryDto extends PageQueryDto {
  @ListQueryField({
    description: 'Only deliveries with any of these statuses.',
    values: DELIVERY_STATUSES,
    example: 'failed',
  })
  status?: string[];

  @ListQueryField({ description: 'Only deliveries of events of these types.', example: 'message.created' })
  event_type?: string[];

  @UuidField({ description: 'Only deliveries of this event.', optional: true })
  event_id?: string;

  @DateField({ description: 'Only deliveries created at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only deliveries created before this time.', optional: true })
  created_before?: string;
}

export class ReplayDto {
  @UuidField({ description: 'ID of an event. All later events are delivered again; the event itself is not.' })
  after: string;
}

/** A started replay. */
export class ReplayStartedDto {
  @UuidField({ description: 'ID of the webhook.' })
  webhook_id: string;

  @UuidField({ description: 'ID of the event after which the replay starts.' })
  after: string;
}

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
