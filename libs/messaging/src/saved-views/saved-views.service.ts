import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  newId,
  notFound,
  UnitOfWork,
  type Page,
  type PageRequest,
  type Principal,
} from '@parley/kernel';
import { CONVERSATION_FILTER_FIELDS } from '../conversations/conversation-fields.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { NOBODY } from '../conversations/filter-words.js';
import { ownerOf, viewerOf, withChange } from '../sharing/audience.js';
import { Audiences } from '../sharing/audiences.service.js';
import type { SavedView, SavedViewFields, SavedViewsFilter, ViewCount } from './saved-view.view.js';
import { SavedViewsRepository } from './saved-views.repository.js';

/** Views counted at once. */
export const MOST_COUNTED = 50;

/** Conversations of each that are counted. */
export const COUNTED_UP_TO = 1_000;

/** Fields of a conversation that can be shown though no filter names them. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  'contact',
  'assignee',
  'team',
  'inbox',
  'last_message',
  'updated_at',
  'custom_fields',
  'metadata',
]);

/** A view to make; without a position it comes last. */
export type NewSavedView = Omit<SavedViewFields, 'position'> & { readonly position: number | null };

/** Filters that are kept under a name: the workspace's, a team's, or one's own. */
@Injectable()
export class SavedViewsService {
  constructor(
    private readonly views: SavedViewsRepository,
    private readonly audiences: Audiences,
    private readonly conversations: ConversationsService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(principal: Principal, filter: SavedViewsFilter, request: PageRequest): Promise<Page<SavedView>> {
    return this.views.list(principal.workspaceId, viewerOf(principal), filter, request);
  }

  /** @throws DomainError NOT_FOUND, also for what the caller may not see. */
  async get(principal: Principal, id: string): Promise<SavedView> {
    const found = await this.views.find(principal.workspaceId, viewerOf(principal), id);
    if (!found) throw notFound('Saved view');
    return found;
  }

  /** @throws DomainError BAD_REQUEST with every fault of the filter by its path, FORBIDDEN, UNPROCESSABLE */
  create(principal: Principal, fields: NewSavedView): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await this.check(principal, fields);
      await this.views.add(principal.workspaceId, id, principal.userId, fields);
      return this.get(principal, id);
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST with every fault of the filter by its path, FORBIDDEN, UNPROCESSABLE, PRECONDITION_FAILED */
  update(
    principal: Principal,
    id: string,
    change: Partial<SavedViewFields>,
    expected: number | null,
  ): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      assertVersion(expected, before.version, () => before);
      const known = fieldsOf(before);
      const fields = withChange(known, change);
      if (isDeepStrictEqual(fields, known)) return before;
      await this.check(principal, fields);
      await this.views.update(principal.workspaceId, id, ownerOf(before, fields, principal), fields);
      return this.get(principal, id);
    });
  }

  /** Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(principal: Principal, id: string, expected: number | null): Promise<SavedView> {
    return this.unitOfWork.run(async () => {
      const known = await this.lock(principal, id);
      assertVersion(expected, known.version, () => known);
      await this.views.delete(principal.workspaceId, id);
      return known;
    });
  }

  /** A page of a view's conversations as the caller sees them: `me` is the caller, and nobody for a service. */
  conversationsOf(
    { workspaceId, userId }: Principal,
    { filter, orderBy }: SavedView,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    return this.conversations.filter(workspaceId, filter, userId ?? NOBODY, orderBy, request);
  }

  /** How many conversations the first {@link MOST_COUNTED} views of the caller have, each up to {@link COUNTED_UP_TO}. */
  async counts(principal: Principal): Promise<ViewCount[]> {
    const { workspaceId, userId } = principal;
    const views = await this.views.first(workspaceId, viewerOf(principal), MOST_COUNTED);
    const counts = await this.conversations.counts(
      workspaceId,
      views.map(({ filter }) => filter),
      userId ?? NOBODY,
      COUNTED_UP_TO + 1,
    );
    return views.map(({ id }, index) => ({
      id,
      count: Math.min(counts[index]!, COUNTED_UP_TO),
      more: counts[index]! > COUNTED_UP_TO,
    }));
  }

  private async lock(principal: Principal, id: string): Promise<SavedView> {
    const found = await this.views.lock(principal.workspaceId, viewerOf(principal), id);
    if (!found) throw notFound('Saved view');
    return found;
  }

  private async check(principal: Principal, { filter, columns, ...audience }: NewSavedView): Promise<void> {
    this.conversations.assertFilter(filter, principal.userId ?? NOBODY);
    const unknown = columns.filter(
      (name) => !SHOWN_FIELDS.has(name) && CONVERSATION_FILTER_FIELDS.resolve(name) === undefined,
    );
    if (unknown.length > 0)
      throw badRequest({ columns: unknown.map((name) => `"${name}" is not a field of a conversation`) });
    await this.audiences.assertFor(principal.workspaceId, viewerOf(principal), audience);
  }
}

function fieldsOf({
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
}: SavedView): SavedViewFields {
  return { visibility, teamId, resource, name, description, filter, orderBy, orderDir, columns, position };
}
