import fc from 'fast-check';
import '@parley/channels';
import '@parley/knowledge';
import '@parley/workflow';
import { summarize, type SummaryInput } from './audit-summary.js';

function summaryOf(action: string, input: Partial<SummaryInput> = {}): string {
  const aboutType = action.split('.')[0]!;
  return summarize({
    action,
    actorKind: 'user',
    actorName: 'Sarah Chen',
    subjectName: null,
    aboutType,
    aboutName: null,
    targetName: null,
    changed: {},
    ...input,
  });
}

const CONVERSATION_42 = { aboutType: 'conversation', aboutName: '#42' };

describe('summarize', () => {
  it.each([
    ['conversation.created', CONVERSATION_42, 'Sarah Chen created conversation #42'],
    ['conversation.resolved', CONVERSATION_42, 'Sarah Chen resolved conversation #42'],
    ['conversation.resolved', {}, 'Sarah Chen resolved a conversation'],
    [
      'conversation.assigned',
      { ...CONVERSATION_42, targetName: 'Ben Ode' },
      'Sarah Chen assigned conversation #42 to Ben Ode',
    ],
    [
      'conversation.team_assigned',
      { ...CONVERSATION_42, targetName: 'Billing', changed: { team_id: [null, 'x'] } },
      'Sarah Chen assigned conversation #42 to team Billing',
    ],
    [
      'conversation.team_assigned',
      { ...CONVERSATION_42, changed: { team_id: ['x', null] } },
      'Sarah Chen removed the team of conversation #42',
    ],
    [
      'conversation.priority_changed',
      { ...CONVERSATION_42, changed: { priority: ['low', 'urgent'] } },
      'Sarah Chen changed the priority of conversation #42 to urgent',
    ],
    [
      'conversation.snoozed',
      { ...CONVERSATION_42, changed: { snoozed_until: [null, '2026-01-15T10:30:00.000Z'] } },
      'Sarah Chen snoozed conversation #42 until 2026-01-15T10:30:00.000Z',
    ],
    [
      'conversation.tagged',
      { ...CONVERSATION_42, changed: { tags: [['vip'], ['vip', 'billing']] } },
      'Sarah Chen tagged conversation #42 with billing',
    ],
    [
      'conversation.untagged',
      { ...CONVERSATION_42, changed: { tags: [['vip'], []] } },
      'Sarah Chen removed tags from conversation #42: vip',
    ],
    [
      'conversation.updated',
      { ...CONVERSATION_42, changed: { subject: [null, 'x'], custom_fields: [{}, {}] } },
      'Sarah Chen updated conversation #42 (subject, custom fields)',
    ],
    [
      'message.created',
      { ...CONVERSATION_42, actorKind: 'contact', actorName: 'John Doe' },
      'John Doe created a message in conversation #42',
    ],
    ['note.deleted', CONVERSATION_42, 'Sarah Chen deleted a note in conversation #42'],
    ['article.published', { aboutName: 'Refunds' }, 'Sarah Chen published article “Refunds”'],
    ['api_key.created', { aboutName: 'CI' }, 'Sarah Chen created API key CI'],
    ['team.member_added', { aboutName: 'Billing', targetName: 'Ben Ode' }, 'Sarah Chen added Ben Ode to team Billing'],
    [
      'contact.created',
      { actorKind: 'api_key', actorName: 'CI', aboutName: 'John Doe' },
      'API key CI created contact John Doe',
    ],
    ['contact.created', { actorKind: 'api_key', actorName: null }, 'An API key created a contact'],
    [
      'user.availability_changed',
      { subjectName: 'Sarah Chen', changed: { availability: ['online', 'busy'] } },
      'Sarah Chen changed availability to busy',
    ],
    ['security.login', { actorKind: 'system', actorName: null, subjectName: 'Sarah Chen' }, 'Sarah Chen signed in'],
    ['security.password_changed', { subjectName: 'Sarah Chen' }, 'Sarah Chen changed their password'],
    [
      'security.password_reset_linked',
      { subjectName: 'Ben Ode' },
      'Sarah Chen created a password reset link for Ben Ode',
    ],
    ['security.second_factor_enabled', { subjectName: 'Sarah Chen' }, 'Sarah Chen enabled two-factor authentication'],
    ['security.sessions_revoked', { subjectName: 'Sarah Chen' }, 'Sarah Chen revoked their own sessions'],
    [
      'security.role_changed',
      { subjectName: 'Ben Ode', changed: { role: ['agent', 'admin'] } },
      'Sarah Chen changed the role of Ben Ode',
    ],
    [
      'security.settings_changed',
      { changed: { password_sign_in: [true, false] } },
      'Sarah Chen changed the sign-in settings (password sign in)',
    ],
    ['api_key.rotated', { aboutName: 'CI' }, 'Sarah Chen rotated API key CI'],
    ['oidc_provider.created', { aboutName: 'Acme login' }, 'Sarah Chen created OIDC provider Acme login'],
    [
      'role.updated',
      { aboutName: 'Lead', changed: { scopes: [[], ['tags:read']] } },
      'Sarah Chen updated role Lead (scopes)',
    ],
    [
      'automation.ran',
      { ...CONVERSATION_42, actorKind: 'automation', actorName: null },
      'An automation ran on conversation #42',
    ],
    [
      'webhook.disabled',
      { actorKind: 'system', actorName: null, aboutName: 'https://example.com' },
      'The system disabled webhook https://example.com',
    ],
    ['user.deactivated', { subjectName: 'Ben Ode' }, 'Sarah Chen deactivated Ben Ode'],
    [
      'user.deactivated',
      { subjectName: 'Ben Ode', targetName: 'Cara Lee' },
      'Sarah Chen deactivated Ben Ode and reassigned their conversations to Cara Lee',
    ],
    [
      'contact_bulk_update.started',
      { aboutName: '12 contacts', changed: { status: [null, 'inactive'], add_tags: [null, ['old']] } },
      'Sarah Chen started a bulk update of 12 contacts (status, add tags)',
    ],
    [
      'conversation_bulk_update.started',
      { aboutName: '1 conversation', changed: { priority: [null, 'low'] } },
      'Sarah Chen started a bulk update of 1 conversation (priority)',
    ],
    ['conversation_bulk_update.undone', {}, 'Sarah Chen undid a bulk update of conversations'],
    ['contact_import.progressed', { aboutName: 'May.csv' }, 'Sarah Chen imported contacts with contact import May.csv'],
    ['contact_import.completed', { aboutName: 'May.csv' }, 'Sarah Chen completed contact import May.csv'],
    ['contact_import.failed', { aboutName: 'May.csv' }, 'Sarah Chen started contact import May.csv, which failed'],
    ['ticket.sent_to_mars', { aboutName: '#7' }, 'ticket #7: sent to mars'],
  ] as [string, Partial<SummaryInput>, string][])('should describe %s', (action, input, summary) => {
    expect(summaryOf(action, input)).toBe(summary);
  });

  it('should be one line of at most 300 characters', () => {
    const json = fc.jsonValue() as fc.Arbitrary<never>;
    const change = fc.dictionary(
      fc.constantFrom('tags', 'status', 'priority', 'team_id', 'snoozed_until', 'availability', 'a b'),
      fc.tuple(json, json),
    );
    const action = fc.constantFrom(
      'conversation.tagged',
      'conversation.updated',
      'conversation.assigned',
      'conversation.snoozed',
      'user.availability_changed',
      'x.y',
    );
    fc.assert(
      fc.property(action, fc.string({ unit: 'binary', maxLength: 600 }), change, (type, name, changed) => {
        const summary = summaryOf(type, { actorName: name, changed: changed as never });
        return summary.length <= 300 && !/[\r\n]/.test(summary);
      }),
    );
  });
});
