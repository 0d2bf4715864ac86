import { tagKey } from '@parley/identity';
import { planBulkUndo, skipBulkFields, type BulkFieldChanges, type BulkFields } from '@parley/kernel/bulk';
import { COLUMN_BY_FIELD } from '../conversations/conversation-diff.js';
import type { ConversationPatch, ConversationState, ConversationStatus } from '../conversations/conversation.view.js';

const CUSTOM_FIELD = 'custom_fields.';
/** Fields that follow from the status. They are restored only with it. */
const STATUS_FIELDS = ['snoozed_until', 'waiting_since', 'unread_count', 'resolved_at', 'closed_at', 'reopen_count'];

const FIELDS = (Object.entries(COLUMN_BY_FIELD) as [keyof ConversationPatch, string][]).filter(
  ([field]) => field !== 'statusChangedAt' && field !== 'customFields',
);

/** The fields of a conversation that bulk updates can change. */
export function bulkFieldsOf(state: ConversationState): BulkFields {
  return Object.fromEntries([
    ...FIELDS.map(([field, column]) => [column, state[field]] as const),
    ...Object.entries(state.customFields).map(([key, value]) => [CUSTOM_FIELD + key, value] as const),
  ]);
}

/** The patch that restores the conversation, and the fields that have changed since the bulk update. */
export function planConversationUndo(
  changes: BulkFieldChanges,
  state: ConversationState,
  now: string,
): { patch: ConversationPatch; customFields: Readonly<Record<string, unknown>>; skippedFields: readonly string[] } {
  let plan = planBulkUndo(changes, bulkFieldsOf(state), tagKey);
  const leading = 'status' in changes ? 'status' : 'snoozed_until';
  const isStatusRestored = leading in plan.fields && (leading === 'status' || state.status === 'snoozed');
  if (leading in changes && !isStatusRestored) plan = skipBulkFields(plan, ['status', ...STATUS_FIELDS], leading);
  const { fields, skippedFields } = plan;
  const customFields = Object.entries(fields)
    .filter(([name]) => name.startsWith(CUSTOM_FIELD))
    .map(([name, value]) => [name.slice(CUSTOM_FIELD.length), value] as const);
  const patch = Object.fromEntries(
    FIELDS.filter(([, column]) => column in fields).map(([field, column]) => [field, fields[column]]),
  ) as ConversationPatch;
  return {
    patch: { ...patch, ...statusPatch(state, patch, now) },
    customFields: Object.fromEntries(customFields),
    // Fields that follow from the status are no changes of their own.
    skippedFields: skippedFields.filter((name) => name === leading || !STATUS_FIELDS.includes(name)),
  };
}

/** A snooze that would have ended by now is not restored: the conversation becomes open, as at its end. */
function statusPatch(state: ConversationState, patch: ConversationPatch, now: string): ConversationPatch {
  const hasEnded = patch.snoozedUntil != null && Date.parse(patch.snoozedUntil) <= Date.parse(now);
  const isSnoozed = (patch.status ?? state.status) === 'snoozed';
  const status: ConversationStatus | undefined = hasEnded && isSnoozed ? 'open' : patch.status;
  if (status === undefined) return {};
  return {
    status,
    statusChangedAt: now,
    ...(hasEnded && { snoozedUntil: null }),
    ...((status === 'resolved' || status === 'closed') && { waitingSince: null, unreadCount: 0 }),
  };
}
