import type { RecordedEvent } from '@parley/kernel/events';
import { toAuditEntryRow } from './audit-entry.js';

const ID = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';
const OTHER = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d';

function event(type: string, data: object): RecordedEvent {
  return {
    position: 7,
    id: ID,
    workspaceId: ID,
    type,
    aliases: [],
    subjectType: type.split('.')[0]!,
    subjectId: ID,
    actor: { kind: 'user', id: ID },
    data,
    correlationId: 'r',
    causationId: null,
    depth: 0,
    changeSet: '1',
    occurredAt: '2026-01-15T10:30:00.000Z',
  };
}

describe('toAuditEntryRow', () => {
  it.each([
    ['conversation.created', { number: 42 }, '#42'],
    ['article.updated', { title: 'New', changed: { title: ['Old', 'New'] } }, 'New'],
    ['team.updated', { changed: { name: ['Old', 'New'] } }, 'New'],
    ['webhook.disabled', { url: 'https://example.com' }, 'https://example.com'],
    ['contact_bulk_update.started', { contact_count: 2 }, '2 contacts'],
    ['conversation_bulk_update.undone', { conversation_count: 1 }, '1 conversation'],
    ['contact_import.progressed', { file_name: 'May.csv', created_ids: [] }, 'May.csv'],
    ['conversation.resolved', { changed: { status: ['open', 'resolved'] } }, null],
  ])('should read the label from %s', (type, data, label) => {
    expect(toAuditEntryRow(event(type, data))).toMatchObject({ label, aboutType: type.split('.')[0], aboutId: ID });
  });

  it.each([
    ['contact.updated', { changed: { name: ['Jon', 'John'] } }],
    ['user.joined', { name: 'Sarah' }],
  ])('should not store names of people: %s', (type, data) => {
    expect(toAuditEntryRow(event(type, data)).label).toBeNull();
  });

  it('should be about the conversation when the event is a message event', () => {
    expect(toAuditEntryRow(event('message.created', { conversation_id: OTHER, type: 'reply' }))).toMatchObject({
      aboutType: 'conversation',
      aboutId: OTHER,
      subjectId: ID,
      label: null,
    });
  });

  it.each([
    ['conversation.assigned', { changed: { assignee_id: [null, OTHER] } }, OTHER],
    ['conversation.team_assigned', { changed: { team_id: [null, OTHER] } }, OTHER],
    ['team.member_added', { user_id: OTHER }, OTHER],
    ['user.deactivated', { reassign_to: OTHER }, OTHER],
    ['user.deactivated', { reassign_to: null }, null],
    ['conversation.unassigned', { changed: { assignee_id: [OTHER, null] } }, null],
    ['team.member_added', { user_id: 'nobody' }, null],
  ])('should read the target of %s', (type, data, targetId) => {
    expect(toAuditEntryRow(event(type, data)).targetId).toBe(targetId);
  });

  it('should store the IP address of a sign-in', () => {
    expect(toAuditEntryRow(event('security.login', { session_id: OTHER, address: '203.0.113.7' })).address).toBe(
      '203.0.113.7',
    );
  });
});
