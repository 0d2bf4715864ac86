import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hasScope, isScope } from '../auth/scopes.js';
import type { Principal } from '../context/request-context.js';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { referenceProblem, type Inspection, type Problem, type WithProblems } from './problem.js';
import {
  REFERENCE_SOURCE,
  RESOLVE_REFERENCES,
  type ReferenceSourceOptions,
  type ReferringObject,
} from './reference-source.js';
import { referenceType, type Reference, type ReferenceTarget, type TargetState } from './reference.js';

/** Maximum number of references in a response. */
export const MAX_LISTED_REFERENCES = 100;

/** An object that refers to another one, as the caller can see it. */
export interface ReferenceView extends Pick<ReferringObject, 'id' | 'paths'> {
  readonly type: string;
  /** Null if the caller cannot read the object. */
  readonly name: string | null;
}

/** The first {@link MAX_LISTED_REFERENCES} objects that refer to another one, and their total number. */
export interface ReferenceList {
  readonly items: readonly ReferenceView[];
  readonly total: number;
}

interface Source extends ReferenceSourceOptions {
  readonly find: (workspaceId: string, target: ReferenceTarget) => Promise<readonly ReferringObject[]>;
}

type Resolve = (
  workspaceId: string,
  ids: Readonly<Record<string, readonly string[]>>,
) => Promise<readonly TargetState[]>;

interface Resolver {
  readonly types: readonly string[];
  readonly resolve: Resolve;
}

/** References between objects of all domains. */
@Injectable()
export class ReferencesService implements OnModuleInit {
  private sources: readonly Source[] = [];
  private resolvers: readonly Resolver[] = [];

  constructor(private readonly finder: HandlerFinder) {}

  /** @throws Error if a source or a resolved type has two owners, or if a source is about an undeclared type or scope. */
  onModuleInit(): void {
    this.sources = this.finder
      .find<ReferenceSourceOptions>(REFERENCE_SOURCE)
      .map(({ metadata, handle }) => ({ ...metadata, find: handle as Source['find'] }))
      .sort((a, b) => (a.type < b.type ? -1 : 1));
    this.resolvers = this.finder
      .find<readonly string[]>(RESOLVE_REFERENCES)
      .map(({ metadata, handle }) => ({ types: metadata, resolve: handle as Resolve }));
    assertDistinct(this.sources.map(({ type }) => type));
    assertDistinct(this.resolvers.flatMap(({ types }) => types));
    for (const { type, scope, targets } of this.sources) {
      targets.forEach(referenceType);
      if (!isScope(scope))
        throw new Error(`The references of ${type} require the scope ${scope}, which is not declared`);
    }
  }

  /** The declarations of all sources. */
  listSources(): readonly ReferenceSourceOptions[] {
    return this.sources;
  }

  /** The objects that refer to a given object, sorted by type. */
  async list({ workspaceId, scopes, userId }: Principal, target: ReferenceTarget): Promise<ReferenceList> {
    const items: ReferenceView[] = [];
    for (const { type, scope, targets, find } of this.sources) {
      if (!targets.includes(target.type)) continue;
      for (const { id, name, paths, privateTo } of await find(workspaceId, target)) {
        const isReadable = hasScope(scopes, scope) && (privateTo === undefined || privateTo === userId);
        items.push({ type, id, name: isReadable ? name : null, paths });
      }
    }
    return { items: items.slice(0, MAX_LISTED_REFERENCES), total: items.length };
  }

  /**
   * Lists the references to an object, then runs `work`, which checks that the object exists or deletes it.
   * @throws the errors of `work`.
   */
  async listBefore(
    principal: Principal,
    target: ReferenceTarget,
    work: () => Promise<unknown>,
  ): Promise<ReferenceList> {
    const references = await this.list(principal, target);
    await work();
    return references;
  }

  /** Adds the current problems to stored objects, by one statement for each domain that they refer to. */
  async attachProblems<View>(
    workspaceId: string,
    views: readonly View[],
    inspect: (view: View) => Inspection,
  ): Promise<WithProblems<View>[]> {
    const inspections = views.map(inspect);
    const found = await this.findProblems(
      workspaceId,
      inspections.map(({ references }) => references),
    );
    return views.map((view, index) => ({
      ...view,
      problems: [...(inspections[index]!.problems ?? []), ...found[index]!],
    }));
  }

  /**
   * The problems of several objects: their references to objects that do not exist or are inactive. Uses one statement
   * for each domain that the references lead to.
   */
  async findProblems(workspaceId: string, objects: readonly (readonly Reference[])[]): Promise<Problem[][]> {
    const resolved = objects.map((references) => references.filter(({ target }) => this.isResolved(target)));
    const states = await this.resolve(
      workspaceId,
      resolved.flat().map(({ target }) => target),
    );
    return resolved.map((references) =>
      references.flatMap((reference) => {
        const state = states.get(keyOf(reference.target));
        const isFine = state?.active ?? reference.isUncertain ?? false;
        return isFine ? [] : [referenceProblem(reference, state)];
      }),
    );
  }

  private isResolved({ type }: ReferenceTarget): boolean {
    return this.resolvers.some(({ types }) => types.includes(type));
  }

  private async resolve(
    workspaceId: string,
    targets: readonly ReferenceTarget[],
  ): Promise<ReadonlyMap<string, TargetState>> {
    const states: TargetState[] = [];
    for (const { types, resolve } of this.resolvers) {
      const own = targets.filter(({ type }) => types.includes(type));
      if (own.length === 0) continue;
      const idsOf = (name: string): string[] => [
        ...new Set(own.filter(({ type }) => type === name).map(({ id }) => id)),
      ];
      states.push(...(await resolve(workspaceId, Object.fromEntries(types.map((type) => [type, idsOf(type)])))));
    }
    return new Map(states.map((state) => [keyOf(state), state]));
  }
}

function keyOf({ type, id }: ReferenceTarget): string {
  return `${type}:${id}`;
}

function assertDistinct(types: readonly string[]): void {
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice !== undefined) throw new Error(`The references of ${twice} have two owners`);
}
