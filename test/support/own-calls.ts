import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createTicket } from '../factories/ticket.js';
import { exampleQuery, buildPath } from './calls.js';
import type { RequestOptions, Workspace } from './client.js';
import type { ApiDocument, Operation } from './document.js';
import { OwnObjects } from './own-objects.js';
import { PREPARATIONS } from './samples/all-samples.js';

/** A request that must succeed. */
export interface OwnCall {
  readonly method: string;
  readonly path: string;
  readonly options: RequestOptions;
}

/** Operations whose documented example cannot succeed for every caller. Other tests call them. */
export const SPECIAL_OPERATIONS = new Set([
  'auth.register',
  'passwords.confirm',
  'passwords.preview',
  'emails.preview',
  'invitationAcceptance.accept',
  'invitationAcceptance.preview',
  'secondFactor.confirm',
  'secondFactor.disable',
  'oidcSignIn.start',
  'oidcSignIn.callback',
  'events.stream',
  'health.prometheus',
  'files.upload',
  'files.content',
  'contactAvatars.uploadAvatar',
  'contactAvatars.getAvatar',
  'customerProfiles.uploadAvatar',
  'customerProfiles.getAvatar',
  'deadLetters.redrive',
  'contactImports.create',
  'contactImports.errors',
  'contactExports.download',
]);

/** Additional body fields for operations on related objects. */
const BODY_BUILDERS: Readonly<
  Record<string, (workspace: Workspace, ids: Readonly<Record<string, string>>) => Promise<object>>
> = {
  'conversationMerge.merge': async ({ client }) => ({ into_id: (await createConversation(client)).id }),
  'conversationBulk.update': async ({ client }) => ({ ids: [(await createConversation(client)).id] }),
  'contactBulk.bulkUpdate': async ({ client }) => ({ ids: [(await createContact(client)).id] }),
  'customerProfiles.bulkUpdate': async ({ client }) => ({ ids: [(await createContact(client)).id] }),
  'ticketLinks.create': async ({ client }) => ({ ticket_id: (await createTicket(client)).id }),
  'ticketMerges.merge': async ({ client }) => ({ into_id: (await createTicket(client)).id }),
  'conversationMerge.split': async ({ client }, { id }) => ({ message_id: (await createMessage(client, id!)).id }),
};

/** Builds a request from the documented example of an operation, with new objects of the workspace. */
export async function buildOwnCall(
  document: ApiDocument,
  operation: Operation,
  workspace: Workspace,
): Promise<OwnCall> {
  const own = new OwnObjects(document, workspace);
  const ids = await own.pathIds(operation);
  await PREPARATIONS[operation.id]?.(workspace, ids);
  const bodyFields = await BODY_BUILDERS[operation.id]?.(workspace, ids);
  return {
    method: operation.method,
    path: buildPath(operation, ids),
    options: {
      query: exampleQuery(operation),
      body: bodyFields ? { ...(await own.body(operation)), ...bodyFields } : await own.body(operation),
    },
  };
}
