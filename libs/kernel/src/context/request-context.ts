import { AsyncLocalStorage } from 'node:async_hooks';
import type { Plan } from '../config/settings.js';

/** The originator of an action: a user, a contact, a service key, an automation, or the system. */
export interface Actor {
  readonly kind: 'user' | 'contact' | 'api_key' | 'automation' | 'workflow' | 'ai_agent' | 'system';
  /** ID of the user, contact, key or rule; null for the system. */
  readonly id: string | null;
}

/** A caller with a valid credential. */
export interface Principal {
  readonly workspaceId: string;
  readonly actor: Actor;
  /** ID of the user; null for a service key. */
  readonly userId: string | null;
  /** ID of the API key or session. */
  readonly credentialId: string;
  readonly role: string;
  /** Scopes of the credential: `conversations:read`, …, or `*`. */
  readonly scopes: ReadonlySet<string>;
  readonly plan: Plan;
  /**
   * Only for a test key: the workspace and user that it belongs to. Its `workspaceId` and `userId` are the sandbox and
   * the copy of the user there.
   */
  readonly testKeyOwner?: { readonly workspaceId: string; readonly userId: string | null } | null;
  /** Inboxes whose conversations the caller cannot see. */
  readonly hiddenInboxIds?: readonly string[];
  /** Name of a service key. */
  readonly name?: string | null;
  /** Expiry of the credential in ISO 8601; null or undefined if it does not expire. */
  readonly expiresAt?: string | null;
}

/** The event that caused the current work. */
export interface Cause {
  readonly eventId: string;
  readonly correlationId: string;
  readonly depth: number;
}

/** Context of the current work. Follows it through every `await`. */
export interface RequestContext {
  readonly requestId: string;
  principal: Principal | null;
  /** Overrides the actor of the principal while a rule acts on behalf of someone. */
  actor: Actor | null;
  cause: Cause | null;
  /** Wire contract of the request's route; absent outside of requests. Read it with `currentContract()`. */
  contract?: object;
  /** ID of the workspace whose rows are visible, or `system` for work across workspaces. */
  scope: string;
  /** Overrides the inboxes that are hidden from the principal. */
  hiddenInboxIds?: readonly string[];
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Scope of work that does not belong to a single workspace: relays, timers, job runners, sign-in. */
export const SYSTEM_SCOPE = 'system';

const NO_INBOXES: readonly string[] = [];
const SYSTEM: Actor = { kind: 'system', id: null };

/** The context of the current work, or null outside of any. */
export function currentContext(): RequestContext | null {
  return storage.getStore() ?? null;
}

/** Runs `work` in the given context. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Runs `work` as `actor`, with the rest of the current context. */
export function runAs<T>(actor: Actor, work: () => T): T {
  const context = storage.getStore() ?? systemContext('system');
  return storage.run({ ...context, actor }, work);
}

/** Creates a context for work of the system; with `workspaceId` if it is for one workspace. */
export function systemContext(
  requestId: string,
  cause: Cause | null = null,
  workspaceId: string = SYSTEM_SCOPE,
): RequestContext {
  return { requestId, principal: null, actor: SYSTEM, cause, scope: workspaceId };
}

/** The current actor; the system by default. */
export function currentActor(): Actor {
  const context = storage.getStore();
  return context?.actor ?? context?.principal?.actor ?? SYSTEM;
}

/**
 * Inboxes whose conversations the current work must not see. Empty outside of requests: automations, timers and jobs of
 * the system see all conversations.
 */
export function currentHiddenInboxIds(): readonly string[] {
  const context = storage.getStore();
  return context?.hiddenInboxIds ?? context?.principal?.hiddenInboxIds ?? NO_INBOXES;
}

/** Runs `work` so that it does not see the conversations of these inboxes; of all inboxes it does if there are none. */
export function withHiddenInboxes<T>(inboxIds: readonly string[], work: () => T): T {
  const context = storage.getStore() ?? systemContext('system');
  return storage.run({ ...context, hiddenInboxIds: inboxIds }, work);
}

/** The workspace whose rows are visible to the current work; `system` outside of a request. */
export function currentScope(): string {
  return storage.getStore()?.scope ?? SYSTEM_SCOPE;
}

/**
 * Runs `work` with access to the rows of all workspaces, as the same actor. For statements that filter by workspace
 * themselves and need an index whose operators row-level security does not push down (full text, arrays). Has no effect
 * inside a unit of work, because a transaction keeps the scope in which it started.
 */
export function withSystemScope<T>(work: () => T): T {
  const context = storage.getStore();
  return context ? storage.run({ ...context, scope: SYSTEM_SCOPE }, work) : work();
}
