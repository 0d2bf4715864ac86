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
export const SPECIAL = new Set(['auth.register', 'passwords.confirm', 'secondFactor.confirm', 'secondFactor.disable', 'oidcSignIn.start', 'oidcSignIn.callback', 'events.stream', 'files.upload', 'files.content', 'deadLetters.redrive']);

/** The documented example of an operation, on fresh objects of the workspace's own. */
export async function ownCall(document: ApiDocument, operation: Operation, workspace: Workspace): Promise<OwnCall> {
  const own = new OwnObjects(document, workspace);
  const ids = await own.pathIds(operation);
  await PREPARATIONS[operation.id]?.(workspace, ids);
  return { method: operation.method, path: pathOf(operation, ids), sent: { query: exampleQuery(operation), body: await own.body(operation) } };
}
