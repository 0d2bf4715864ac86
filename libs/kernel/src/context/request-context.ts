import { AsyncLocalStorage } from 'node:async_hooks';
import type { Plan } from '../config/settings.js';

/** Who does something: a person, a customer, a key of a service, a rule, or the system itself. */
export interface Actor {
  readonly kind: 'user' | 'contact' | 'api_key' | 'automation' | 'workflow' | 'ai_agent' | 'system';
  /** Id of the user, contact, key, rule …; null for the system. */
  readonly id: string | null;
}

/** A caller who has shown a valid credential. */
export interface Principal {
  readonly workspaceId: string;
  readonly actor: Actor;
  /** The user behind the credential; null for a service key. */
  readonly userId: string | null;
  /** Id of the API key or session. */
  readonly credentialId: string;
  readonly role: string;
  /** What the credential allows: `conversations:read`, …, or `*`. */
  readonly scopes: ReadonlySet<string>;
  readonly plan: Plan;
  /** What a service key is called. */
  readonly name?: string | null;
  /** Until when the credential holds, ISO 8601; null or left out as long as nobody ends it. */
  readonly expiresAt?: string | null;
}

/** The event that the present work is a consequence of. */
export interface Cause {
  readonly eventId: string;
  readonly correlationId: string;
  readonly depth: number;
}

/** What is known about the work in progress; travels with it through every `await`. */
export interface RequestContext {
  readonly requestId: string;
  principal: Principal | null;
  /** Overrides the principal's actor while a rule acts on somebody's behalf. */
  actor: Actor | null;
  cause: Cause | null;
  /** Wire contract of the request's route; absent outside of requests. Read it with `currentContract()`. */
  contract?: object;
  /** Workspace whose rows may be seen, or `system` for work across workspaces. */
  scope: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Scope of work that belongs to no single workspace: relays, timers, job runners, sign-in. */
export const SYSTEM_SCOPE = 'system';

const SYSTEM: Actor = { kind: 'system', id: null };

/** The context of the work in progress, or null outside of any. */
export function currentContext(): RequestContext | null {
  return storage.getStore() ?? null;
}

/** Runs `work` in a context of its own. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Runs `work` as `actor`, keeping the rest of the present context. */
export function runAs<T>(actor: Actor, work: () => T): T {
  const context = storage.getStore() ?? systemContext('system');
  return storage.run({ ...context, actor }, work);
}

/** A context for work of the system itself; `workspaceId` when it is for one workspace. */
export function systemContext(
  requestId: string,
  cause: Cause | null = null,
  workspaceId: string = SYSTEM_SCOPE,
): RequestContext {
  return { requestId, principal: null, actor: SYSTEM, cause, scope: workspaceId };
}

/** Who is acting now; the system when nobody else is. */
export function currentActor(): Actor {
  const context = storage.getStore();
  return context?.actor ?? context?.principal?.actor ?? SYSTEM;
}

/** The workspace whose rows the present work may see; `system` outside of a request. */
export function currentScope(): string {
  return storage.getStore()?.scope ?? SYSTEM_SCOPE;
}

/**
 * Runs `work` in sight of every workspace's rows, as the same actor. For statements that name the workspace themselves and
 * need an index whose operators row-level security holds back (full text, arrays). Inside a unit of work it
 * changes nothing: a transaction keeps the scope it began in.
 */
export function withSystemScope<T>(work: () => T): T {
  const context = storage.getStore();
  return context ? storage.run({ ...context, scope: SYSTEM_SCOPE }, work) : work();
}
