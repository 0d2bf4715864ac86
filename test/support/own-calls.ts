import { makeConversation, makeMessage } from '../factories/conversation.js';
import { exampleQuery, pathOf } from './calls.js';
import type { Sent, Workspace } from './client.js';
import type { ApiDocument, Operation } from './document.js';
import { OwnObjects } from './own-objects.js';
import { PREPARATIONS } from './samples/all-samples.js';

/** A call that must succeed. */
export interface OwnCall {
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
}

/** Operations whose documented example cannot be taken by just anybody; tests of their own call them. */
export const SPECIAL = new Set([
  'auth.register',
  'passwords.confirm',
  'invitationAcceptance.accept',
  'invitationAcceptance.show',
  'secondFactor.confirm',
  'secondFactor.disable',
  'oidcSignIn.start',
  'oidcSignIn.callback',
  'events.stream',
  'files.upload',
  'files.content',
  'contactAvatars.putAvatar',
  'contactAvatars.showAvatar',
  'customerProfiles.putAvatar',
  'customerProfiles.showAvatar',
  'deadLetters.redrive',
  'contactImports.create',
  'contactImports.errors',
  'contactExports.file',
]);

/** What a body must hold beside its example, for objects that have to do with one another. */
const FILLED: Readonly<
  Record<string, (workspace: Workspace, ids: Readonly<Record<string, string>>) => Promise<object>>
> = {
  'conversationMerging.merge': async ({ client }) => ({ into_id: (await makeConversation(client)).id }),
  'conversationMerging.split': async ({ client }, { id }) => ({ message_id: (await makeMessage(client, id!)).id }),
};

/** The documented example of an operation, on fresh objects of the workspace's own. */
export async function ownCall(document: ApiDocument, operation: Operation, workspace: Workspace): Promise<OwnCall> {
  const own = new OwnObjects(document, workspace);
  const ids = await own.pathIds(operation);
  await PREPARATIONS[operation.id]?.(workspace, ids);
  const filled = await FILLED[operation.id]?.(workspace, ids);
  return {
    method: operation.method,
    path: pathOf(operation, ids),
    sent: {
      query: exampleQuery(operation),
      body: filled ? { ...(await own.body(operation)), ...filled } : await own.body(operation),
    },
  };
}
