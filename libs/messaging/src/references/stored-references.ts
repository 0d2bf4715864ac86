import { parseFilter } from '@parley/kernel/filter';
import { filterProblems, filterReferences, type Inspection, type Reference } from '@parley/kernel/references';
import { INBOX, TEAM, USER } from '@parley/teams';
import { CONVERSATION_FILTER_FIELDS } from '../conversations/conversation-fields.js';
import { NIL_UUID, replaceMe, replaceNone } from '../conversations/filter-aliases.js';
import type { QuickReplyView } from '../quick-replies/quick-reply.view.js';
import type { SavedView } from '../saved-views/saved-view.view.js';
import type { ScheduledMessageView } from '../scheduled-messages/scheduled-message.view.js';
import type { CannedResponseView } from '../canned-responses/canned-response.view.js';
import { templateReferences } from '../templates/templates.js';
import { FILE } from '../messaging.references.js';

type Nullable = string | null;

/** References of a saved view. */
export function savedViewReferences(view: {
  readonly teamId: Nullable;
  readonly filter: unknown;
  readonly columns: readonly string[];
}): Reference[] {
  return [
    ...teamReferences(view),
    ...filterReferences(view.filter, CONVERSATION_FILTER_FIELDS),
    ...view.columns.flatMap((name, index) => {
      const target = CONVERSATION_FILTER_FIELDS.resolve(name)?.memberOf;
      return target ? [{ path: ['columns', index], target }] : [];
    }),
  ];
}

/** The references and problems of a saved view. */
export function inspectSavedView(view: SavedView): Inspection {
  // `me` and `none` are replaced, because they are valid in place of IDs.
  const filter = replaceNone(replaceMe(view.filter, NIL_UUID));
  return {
    references: savedViewReferences(view),
    problems: filterProblems(parseFilter(filter, CONVERSATION_FILTER_FIELDS, { purpose: 'sql' })),
  };
}

/** References of a canned response. */
export function cannedResponseReferences(response: {
  readonly teamId: Nullable;
  readonly attachmentIds: readonly string[];
  readonly content: string;
}): Reference[] {
  return [
    ...teamReferences(response),
    ...attachmentReferences(response),
    ...templateReferences(response.content, ['content']),
  ];
}

/** The references of a canned response. */
export function inspectCannedResponse(response: CannedResponseView): Inspection {
  return { references: cannedResponseReferences(response) };
}

/** References of a quick reply. */
export function quickReplyReferences({ inboxId, body }: Pick<QuickReplyView, 'inboxId' | 'body'>): Reference[] {
  const inbox: Reference[] = inboxId === null ? [] : [{ path: ['inboxId'], target: { type: INBOX, id: inboxId } }];
  return [...inbox, ...templateReferences(body, ['body'])];
}

/** The references of a quick reply. */
export function inspectQuickReply(reply: Pick<QuickReplyView, 'inboxId' | 'body'>): Inspection {
  return { references: quickReplyReferences(reply) };
}

/** References of a scheduled message; none once it is sent or has failed. */
export function scheduledMessageReferences(
  message: Pick<ScheduledMessageView, 'status' | 'author' | 'body' | 'attachmentIds'>,
): Reference[] {
  if (message.status !== 'draft' && message.status !== 'pending') return [];
  const { kind, id } = message.author;
  const author: Reference[] =
    kind === 'user' && id !== null ? [{ path: ['authorId'], target: { type: USER, id }, mustBeActive: true }] : [];
  return [...author, ...attachmentReferences(message), ...templateReferences(message.body, ['body'])];
}

/** The references of a scheduled message. */
export function inspectScheduledMessage(message: ScheduledMessageView): Inspection {
  return { references: scheduledMessageReferences(message) };
}

function teamReferences({ teamId }: { readonly teamId: Nullable }): Reference[] {
  return teamId === null ? [] : [{ path: ['teamId'], target: { type: TEAM, id: teamId } }];
}

function attachmentReferences({ attachmentIds }: { readonly attachmentIds: readonly string[] }): Reference[] {
  return attachmentIds.map((id, index) => ({ path: ['attachmentIds', index], target: { type: FILE, id } }));
}
