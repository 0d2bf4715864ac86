import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { assertNoIssues, newId, notFoundError, sentence, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { CONVERSATION_FILTER_FIELDS } from '../conversations/conversation-fields.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { NIL_UUID } from '../conversations/filter-aliases.js';
import { resolveOwnerId, toViewer, applyChange } from '../visibility/visibility.js';
import { buildSharedEvent, type SharedEvents } from '../visibility/shared-changes.js';
import { VisibilityPolicy } from '../visibility/visibility-policy.service.js';
import type { SavedView, SavedViewInput, SavedViewsFilter, SavedViewCount } from './saved-view.view.js';
import { SavedViewCreated, SavedViewDeleted, SavedViewUpdated } from '../shared-settings.events.js';
import { SavedViewsRepository } from './saved-views.repository.js';

/** Maximum number of views counted at once. */
export const MAX_COUNTED_VIEWS = 50;

/** Upper limit of the count of each view. */
export const MAX_COUNT = 1_000;

/** Fields of a conversation that can be displayed but not filtered by. */
const DISPLAY_FIELDS: ReadonlySet<string> = new Set([
  'contact',
  'assignee',
  'team',
  'inbox',
  'last_message',
  'updated_at',
  'custom_fields',
  'metadata',
]);

/** Fields of a new view; a null position adds it last. */
export type CreateSavedViewInput = Omit<SavedViewInput, 'position'> & { readonly position: number | null };

/** Named filters of the workspace, a team, or a user. */
@Injectable()
export class SavedViewsService {
  constructor(
    private readonly views: SavedViewsRepository,
    private readonly visibilityPolicy: VisibilityPolicy,
    private readonly conversations: ConversationsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  list(principal: Principal, filter: SavedViewsFilter, request: PageRequest): Promise<Page<SavedView>> {
    return this.views.list(principal.workspaceId, toViewer(principal), filter, request);
  }

  /** @throws DomainError NOT_FOUND, also when the caller has no access to it. */
  async get(principal: Principal, id: string): Promise<SavedView> {
    const found = await this.views.find(principal.workspaceId, toViewer(principal), id);
    if (!found) throw notFoundError('Saved view');
    return found;
  }

  /** @throws DomainError BAD_REQUEST with all errors of the filter by path, FORBIDDEN, UNPROCESSABLE */
  create(principal: Principal, fields: CreateSavedViewInput): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await this.validate(principal, fields);
      await this.views.add(principal.workspaceId, id, principal.userId, fields);
      return this.recordChange(null, await this.get(principal, id));
    });
  }

  /**
   * @throws DomainError NOT_FOUND, BAD_REQUEST with all errors of the filter by path, FORBIDDEN, UNPROCESSABLE,
   * PRECONDITION_FAILED
   */
  update(
    principal: Principal,
    id: string,
    change: Partial<SavedViewInput>,
    expectedVersion: number | null,
  ): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      assertVersion(expectedVersion, before.version, () => before);
      const existing = toInput(before);
      const fields = applyChange(existing, change);
      if (isDeepStrictEqual(fields, existing)) return before;
      await this.validate(principal, fields, existing);
      await this.views.update(principal.workspaceId, id, resolveOwnerId(before, fields, principal), fields);
      return this.recordChange(before, await this.get(principal, id));
    });
  }

  /** Returns the deleted view. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(principal: Principal, id: string, expectedVersion: number | null): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const existing = await this.lock(principal, id);
      assertVersion(expectedVersion, existing.version, () => existing);
      await this.views.delete(principal.workspaceId, id);
      this.recordChange(existing, null);
      return existing;
    });
  }

  /** Returns a page of the conversations of a view. `me` is the caller; for a service key, it stands for no user. */
  listConversations(
    { workspaceId, userId }: Principal,
    { filter, orderBy }: SavedView,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    return this.conversations.filter(workspaceId, filter, userId ?? NIL_UUID, orderBy, request);
  }

  /**
   * Counts the conversations of the first {@link MAX_COUNTED_VIEWS} views of the caller, each up to {@link MAX_COUNT}.
   */
  async countConversations(principal: Principal): Promise<SavedViewCount[]> {
    const { workspaceId, userId } = principal;
    const views = await this.views.listFirst(workspaceId, toViewer(principal), MAX_COUNTED_VIEWS);
    const counts = await this.conversations.countMany(
      workspaceId,
      views.map(({ filter }) => filter),
      userId ?? NIL_UUID,
      MAX_COUNT + 1,
    );
    return views.map(({ id }, index) => ({
      id,
      count: Math.min(counts[index]!, MAX_COUNT),
      more: counts[index]! > MAX_COUNT,
    }));
  }

  /** Appends the event of a change. Returns the changed view. */
  private recordChange<After extends SavedView | null>(before: SavedView | null, after: After): After {
    const event = buildSharedEvent(before, after, EVENTS, toEventFields);
    if (event) this.events.append(event);
    return after;
  }

  private async lock(principal: Principal, id: string): Promise<SavedView> {
    const found = await this.views.lock(principal.workspaceId, toViewer(principal), id);
    if (!found) throw notFoundError('Saved view');
    return found;
  }

  /** Validates what differs from the existing fields, so that a view with a deleted team can be changed. */
  private async validate(
    principal: Principal,
    { filter, columns, ...visibilitySettings }: CreateSavedViewInput,
    existing: SavedViewInput | null = null,
  ): Promise<void> {
    if (!isDeepStrictEqual(filter, existing?.filter))
      this.conversations.assertFilter(filter, principal.userId ?? NIL_UUID);
    const unknown = columns.filter(
      (name) =>
        !existing?.columns.includes(name) &&
        !DISPLAY_FIELDS.has(name) &&
        CONVERSATION_FILTER_FIELDS.resolve(name) === undefined,
    );
    assertNoIssues(
      unknown.map((name) => ({ path: ['columns'], message: sentence`"${name}" is not a field of a conversation` })),
    );
    await this.visibilityPolicy.assertAllowed(principal.workspaceId, toViewer(principal), visibilitySettings, existing);
  }
}

const EVENTS: SharedEvents<SavedView> = {
  created: ({ id, name, visibility, teamId }) => new SavedViewCreated(id, { name, visibility, team_id: teamId }),
  updated: ({ id, name }, changed) => new SavedViewUpdated(id, { name, changed }),
  deleted: ({ id, name, visibility, teamId }) => new SavedViewDeleted(id, { name, visibility, team_id: teamId }),
};

function toEventFields(view: SavedView): object {
  const { teamId, orderBy, orderDir, resource: _resource, ...fields } = toInput(view);
  return { ...fields, team_id: teamId, order_by: orderBy, order_dir: orderDir };
}

function toInput({
  visibility,
  teamId,
  resource,
  name,
  description,
  filter,
  orderBy,
  orderDir,
  columns,
  position,
}: SavedView): SavedViewInput {
  return { visibility, teamId, resource, name, description, filter, orderBy, orderDir, columns, position };
}
