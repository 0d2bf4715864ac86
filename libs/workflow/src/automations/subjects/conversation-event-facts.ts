import { parseFilter, type FilterNode, type ValidNode } from '@parley/kernel/filter';
import { CONVERSATION_RULE_FIELDS } from './conversation-fields.js';

const changed = (field: string): FilterNode => ({ field, operator: 'changed' });
const changedTo = (field: string, value: string | null): FilterNode => ({ field, operator: 'changed_to', value });
const changedFrom = (field: string, value: string): FilterNode => ({ field, operator: 'changed_from', value });

const IS_ACTIVE: FilterNode = { any: [changedTo('status', 'open'), changedTo('status', 'pending')] };

/** What is always true of the events of a type. */
const FACTS: Readonly<Record<string, FilterNode>> = {
  'conversation.assigned': { all: [changed('assignee_id'), { field: 'assignee_id', operator: 'is_present' }] },
  'conversation.unassigned': changedTo('assignee_id', null),
  'conversation.team_assigned': changed('team_id'),
  'conversation.status_changed': changed('status'),
  'conversation.resolved': changedTo('status', 'resolved'),
  'conversation.closed': changedTo('status', 'closed'),
  'conversation.snoozed': { field: 'status', operator: 'equals', value: 'snoozed' },
  'conversation.reopened': {
    all: [{ any: [changedFrom('status', 'resolved'), changedFrom('status', 'closed')] }, IS_ACTIVE],
  },
  'conversation.unsnoozed': { all: [changedFrom('status', 'snoozed'), IS_ACTIVE] },
  'conversation.priority_changed': changed('priority'),
  'conversation.tagged': { all: [changed('tags'), { field: 'tags', operator: 'is_present' }] },
  'conversation.untagged': changed('tags'),
  'message.created': { field: 'message.type', operator: 'not_equals', value: 'note' },
  'note.created': { field: 'message.type', operator: 'equals', value: 'note' },
};

const parsed = new Map<string, ValidNode>();

/** What is always true of an event of a type; null if nothing is. */
export function conversationEventFacts(type: string): ValidNode | null {
  const facts = FACTS[type];
  if (facts === undefined) return null;
  const existing = parsed.get(type);
  if (existing) return existing;
  const result = parseFilter(facts, CONVERSATION_RULE_FIELDS, { purpose: 'memory' });
  if (!result.ok) throw new Error(`The facts of ${type} are not valid`);
  parsed.set(type, result.filter.root);
  return result.filter.root;
}

/** Fields that keep their values until they are changed, and whose changes events report. */
const REPORTED = ['subject', 'status', 'priority', 'assignee_id', 'team_id', 'inbox_id', 'contact_id', 'tags'];
const REPORTED_PREFIXES = ['custom_fields.', 'metadata.'];

/** Fields that follow from others and whose changes events report. */
const DERIVED = ['snoozed_until', 'resolved_at', 'reopen_count', 'unread_count', 'waiting_since'];

const LASTING = [...REPORTED, 'channel', 'number', 'created_at'];
const LASTING_CONTACT_FIELDS = /^contact\.(?!conversation_count$)/;

/** True if a conversation event can report a change of the field. */
export function canChangeField(name: string): boolean {
  return (
    REPORTED.includes(name) || DERIVED.includes(name) || REPORTED_PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}

/** True if the field keeps its value until it is changed. */
export function isLastingField(name: string): boolean {
  const isFree = REPORTED_PREFIXES.some((prefix) => name.startsWith(prefix));
  return isFree || LASTING.includes(name) || LASTING_CONTACT_FIELDS.test(name);
}
