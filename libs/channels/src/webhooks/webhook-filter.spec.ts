import type { RecordedEvent } from '@parley/kernel/events';
import type { FilterNode } from '@parley/kernel/filter';
import { parseWebhookFilter, passesFilter } from './webhook-filter.js';

const EVENT: RecordedEvent = {
  position: 7,
  id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  workspaceId: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d',
  type: 'message.created',
  aliases: [],
  subjectType: 'message',
  subjectId: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3e',
  actor: { kind: 'automation', id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3f' },
  data: { type: 'comment', author_type: 'contact' },
  correlationId: 'r1',
  causationId: null,
  depth: 0,
  changeSet: '9',
  occurredAt: '2026-01-15T10:30:00.000Z',
};
const passes = (filter: FilterNode | null, event = EVENT, type = event.type): boolean =>
  passesFilter(filter, event, type, new Date());

describe('passesFilter', () => {
  it.each<[FilterNode | null, boolean]>([
    [null, true],
    [{ field: 'type', operator: 'starts_with', value: 'message.' }, true],
    [{ field: 'actor.kind', operator: 'not_equals', value: 'automation' }, false],
    [{ field: 'data.author_type', operator: 'equals', value: 'contact' }, true],
    [
      {
        all: [
          { field: 'subject_type', operator: 'equals', value: 'message' },
          { not: { field: 'data.type', operator: 'in', value: ['comment', 'reply'] } },
        ],
      },
      false,
    ],
    [{ field: 'data.unheard_of', operator: 'is_present' }, false],
  ])('should return, for the filter %j, %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it('should compare the type as it is delivered', () => {
    const filter = (value: string): FilterNode => ({ field: 'type', operator: 'equals', value });
    const event = { ...EVENT, type: 'conversation.closed', aliases: ['conversation.status_changed'] };
    expect(passes(filter('conversation.status_changed'), event, 'conversation.status_changed')).toBe(true);
    expect(passes(filter('conversation.closed'), event, 'conversation.status_changed')).toBe(false);
  });

  it('should read properties of properties of the data', () => {
    const event = { ...EVENT, data: { changed: { priority: ['low', 'high'], 'custom_fields.plan': ['a', 'b'] } } };
    for (const [field, expected] of [
      ['data.changed.priority', true],
      ['data.changed.custom_fields.plan', true],
      ['data.changed.status', false],
      ['data.changed.priority.0', false],
      ['data.changed.constructor', false],
    ] as const)
      expect(passes({ field, operator: 'is_present' }, event)).toBe(expected);
  });

  it('should pass events when the stored filter is no longer valid', () => {
    expect(passes({ field: 'given_up', operator: 'equals', value: 'x' })).toBe(true);
  });
});

describe('parseWebhookFilter', () => {
  it('should report the path of an unknown field', () => {
    expect(parseWebhookFilter({ all: [{ field: 'actor.knd', operator: 'equals', value: 'user' }] })).toMatchObject({
      ok: false,
      issues: [{ path: 'filter.all[0].field' }],
    });
  });
});
