import { Injectable } from '@nestjs/common';
import { assertNoIssues, newId, notFoundError, sentence } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ReferencedObjectsService } from '@parley/teams';
import { renderTemplateOrThrow, TemplateContextLoader } from '../templates/template-context-loader.service.js';
import { validateTemplate } from '../templates/templates.js';
import { QuickReplyCreated, QuickReplyDeleted, QuickReplyUpdated } from '../shared-settings.events.js';
import { QuickRepliesRepository, type QuickRepliesFilter } from './quick-replies.repository.js';
import type { RenderedQuickReply, QuickReplyInput, QuickReplyView } from './quick-reply.view.js';

/** Replies that the composer offers as buttons. */
@Injectable()
export class QuickRepliesService {
  constructor(
    private readonly replies: QuickRepliesRepository,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly templateContext: TemplateContextLoader,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** @throws DomainError UNPROCESSABLE when the inbox does not exist. */
  async list(workspaceId: string, filter: QuickRepliesFilter, request: PageRequest): Promise<Page<RenderedQuickReply>> {
    await this.referencedObjects.resolve(workspaceId, { inboxId: filter.offeredInboxId });
    const page = await this.replies.list(workspaceId, filter, request);
    return { ...page, items: page.items.map((reply) => ({ ...reply, rendered: null })) };
  }

  /** Returns the replies offered in a conversation, with their variables replaced. @throws DomainError UNPROCESSABLE */
  async listRendered(
    workspaceId: string,
    conversationId: string,
    userId: string | null,
    filter: QuickRepliesFilter,
    request: PageRequest,
  ): Promise<Page<RenderedQuickReply>> {
    const context = await this.templateContext.load(workspaceId, conversationId, userId);
    const page = await this.replies.list(
      workspaceId,
      { ...filter, offeredInboxId: context.conversation.inboxId },
      request,
    );
    return {
      ...page,
      items: page.items.map((reply) => ({ ...reply, rendered: renderTemplateOrThrow(reply.body, 'text', context) })),
    };
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<QuickReplyView> {
    const found = await this.replies.find(workspaceId, id);
    if (!found) throw notFoundError('Quick reply');
    return found;
  }

  /** @throws DomainError BAD_REQUEST for an invalid template, UNPROCESSABLE */
  create(
    workspaceId: string,
    fields: Omit<QuickReplyInput, 'position'> & { readonly position: number | null },
  ): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      await this.validate(workspaceId, fields);
      const created = await this.replies.add(workspaceId, newId(), fields);
      this.events.append(new QuickReplyCreated(created.id, { title: created.title, inbox_id: created.inboxId }));
      return created;
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: Partial<QuickReplyInput>,
    expectedVersion: number | null,
  ): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expectedVersion, before.version, () => before);
      const fields = {
        title: before.title,
        body: before.body,
        inboxId: before.inboxId,
        position: before.position,
        ...change,
      };
      if ((Object.keys(fields) as (keyof QuickReplyInput)[]).every((field) => fields[field] === before[field]))
        return before;
      await this.validate(workspaceId, fields);
      const after = await this.replies.update(workspaceId, id, fields);
      const changed = changesBetween(before, fields, { inboxId: 'inbox_id' });
      this.events.append(new QuickReplyUpdated(id, { title: after.title, changed }));
      return after;
    });
  }

  /** Returns the deleted reply. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      const existing = await this.lock(workspaceId, id);
      assertVersion(expectedVersion, existing.version, () => existing);
      await this.replies.delete(workspaceId, id);
      this.events.append(new QuickReplyDeleted(id, { title: existing.title, inbox_id: existing.inboxId }));
      return existing;
    });
  }

  private async lock(workspaceId: string, id: string): Promise<QuickReplyView> {
    const found = await this.replies.lock(workspaceId, id);
    if (!found) throw notFoundError('Quick reply');
    return found;
  }

  private async validate(
    workspaceId: string,
    { body, inboxId }: Pick<QuickReplyInput, 'body' | 'inboxId'>,
  ): Promise<void> {
    assertNoIssues(validateTemplate(body).map((error) => ({ path: ['body'], message: sentence`${error}` })));
    await this.referencedObjects.resolve(workspaceId, { inboxId });
  }
}
