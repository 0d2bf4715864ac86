import '@parley/messaging';
import { eventDefinitions } from '@parley/kernel/events';
import '../channels.events.js';
import { buildDeliveryBody, orderingKeyOf } from './delivery-body.js';

const EVENT = {
  id: 'e1',
  type: 'conversation.tagged',
  workspaceId: 'w1',
  occurredAt: '2026-01-15T10:30:00.000Z',
  subjectId: 'c1',
  data: { changed: { tags: [[], ['vip']] } },
};
const UUID = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';

describe('buildDeliveryBody', () => {
  it('should contain the resource and the changes', () => {
    expect(JSON.parse(buildDeliveryBody(EVENT, { id: 'c1', tags: ['vip'] }))).toEqual({
      id: 'e1',
      type: 'conversation.tagged',
      created_at: '2026-01-15T10:30:00.000Z',
      workspace_id: 'w1',
      data: { id: 'c1', tags: ['vip'], changed: { tags: [[], ['vip']] } },
      event_data: { changed: { tags: [[], ['vip']] } },
    });
  });

  it('should add fields that only the event has and prefer the resource for others', () => {
    const body = buildDeliveryBody(
      { ...EVENT, type: 'team.member_added', data: { user_id: 'u1', name: 'old' } },
      { id: 't1', name: 'new' },
    );
    expect(JSON.parse(body)).toMatchObject({ data: { id: 't1', name: 'new', user_id: 'u1' } });
  });

  it('should contain the fields of the event when the resource is deleted', () => {
    expect(
      JSON.parse(buildDeliveryBody({ ...EVENT, type: 'team.deleted', data: { name: 'Billing' } }, null)),
    ).toMatchObject({ data: { id: 'c1', name: 'Billing' } });
  });
});

describe('deliveries of each event type', () => {
  it.each(eventDefinitions().map(({ type, fields, example }) => [type, fields, example] as const))(
    'should contain the exact data of %s when the object has changed since',
    (type, fields, example) => {
      const recorded = { ...Object.fromEntries(fields.map((field) => [field, `${field} at the event`])), ...example };
      const data = { ...recorded, changed: { status: ['open', 'resolved'] } };
      const later = Object.fromEntries([...fields, 'changed', 'status'].map((field) => [field, 'later']));
      for (const resource of [{ id: 'c1', ...later }, { id: 'c1' }, null]) {
        const body = JSON.parse(buildDeliveryBody({ ...EVENT, type, data }, resource)) as Record<string, never>;
        expect(body).toMatchObject({ type, event_data: data, data: { id: 'c1', changed: data.changed } });
      }
    },
  );
});

describe('orderingKeyOf', () => {
  it.each([
    ['a conversation', { subjectType: 'conversation', subjectId: UUID, data: {} }, UUID],
    ['a message', { subjectType: 'message', subjectId: 'm1', data: { conversation_id: UUID } }, UUID],
    ['a contact', { subjectType: 'contact', subjectId: 'k1', data: {} }, null],
    [
      'an event with an invalid conversation_id',
      { subjectType: 'ai', subjectId: 'k1', data: { conversation_id: 7 } },
      null,
    ],
  ])('should return the conversation of %s', (_case, event, orderingKey) => {
    expect(orderingKeyOf(event)).toBe(orderingKey);
  });
});
