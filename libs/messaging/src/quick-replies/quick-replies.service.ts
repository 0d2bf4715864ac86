import { Injectable } from '@nestjs/common';
import { assertVersion, badRequest, newId, notFound, UnitOfWork, type Page, type PageRequest } from '@parley/kernel';
import { InboxesService } from '@parley/teams';
import { renderPrepared, TemplateFactsService } from '../templates/template-facts.service.js';
import { templateFaults } from '../templates/templates.js';
import { QuickRepliesRepository, type QuickRepliesFilter } from './quick-replies.repository.js';
import type { OfferedReply, QuickReplyFields, QuickReplyView } from './quick-reply.view.js';

/** Replies that the composer offers at one press. */
@Injectable()
export class QuickRepliesService {
  constructor(
    private readonly replies: QuickRepliesRepository,
    private readonly inboxes: InboxesService,
    private readonly facts: TemplateFactsService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError UNPROCESSABLE when there is no such inbox. */
  async list(workspaceId: string, filter: QuickRepliesFilter, request: PageRequest): Promise<Page<OfferedReply>> {
    if (filter.offeredIn) await this.inboxes.referredTo(workspaceId, filter.offeredIn);
    const page = await this.replies.list(workspaceId, filter, request);
    return { ...page, items: page.items.map((reply) => ({ ...reply, rendered: null })) };
  }

  /** Those offered in a conversation, filled in for it. @throws DomainError UNPROCESSABLE */
  async offer(
    workspaceId: string,
    conversationId: string,
    userId: string | null,
    filter: QuickRepliesFilter,
    request: PageRequest,
  ): Promise<Page<OfferedReply>> {
    const facts = await this.facts.of(workspaceId, conversationId, userId);
    const page = await this.replies.list(workspaceId, { ...filter, offeredIn: facts.conversation.inboxId }, request);
    return {
      ...page,
      items: page.items.map((reply) => ({ ...reply, rendered: renderPrepared(reply.body, 'text', facts) })),
    };
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<QuickReplyView> {
    const found = await this.replies.find(workspaceId, id);
    if (!found) throw notFound('Quick reply');
    return found;
  }

  /** @throws DomainError BAD_REQUEST for a text that cannot be rendered, UNPROCESSABLE */
  create(
    workspaceId: string,
    fields: Omit<QuickReplyFields, 'position'> & { readonly position: number | null },
  ): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      await this.check(workspaceId, fields);
      return this.replies.add(workspaceId, newId(), fields);
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: Partial<QuickReplyFields>,
    expected: number | null,
  ): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const fields = {
        title: before.title,
        body: before.body,
        inboxId: before.inboxId,
        position: before.position,
        ...change,
      };
      if ((Object.keys(fields) as (keyof QuickReplyFields)[]).every((field) => fields[field] === before[field]))
        return before;
      await this.check(workspaceId, fields);
      return this.replies.update(workspaceId, id, fields);
    });
  }

  /** Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<QuickReplyView> {
    return this.unitOfWork.run(async () => {
      const known = await this.lock(workspaceId, id);
      assertVersion(expected, known.version, () => known);
      await this.replies.delete(workspaceId, id);
      return known;
    });
  }

  private async lock(workspaceId: string, id: string): Promise<QuickReplyView> {
    const found = await this.replies.lock(workspaceId, id);
    if (!found) throw notFound('Quick reply');
    return found;
  }

  private async check(
    workspaceId: string,
    { body, inboxId }: Pick<QuickReplyFields, 'body' | 'inboxId'>,
  ): Promise<void> {
    const faults = templateFaults(body);
    if (faults.length > 0) throw badRequest({ body: faults });
    if (inboxId !== null) await this.inboxes.referredTo(workspaceId, inboxId);
  }
}
