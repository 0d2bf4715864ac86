import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  Clock,
  DomainError,
  newId,
  notFound,
  refusing,
  UnitOfWork,
  type Page,
  type PageRequest,
  type Principal,
} from '@parley/kernel';
import { FilesService } from '../files/files.service.js';
import type { Attachment } from '../messages/message.view.js';
import { ownerOf, viewerOf, withChange } from '../sharing/audience.js';
import { Audiences } from '../sharing/audiences.service.js';
import { renderPrepared, TemplateFactsService } from '../templates/template-facts.service.js';
import { templateFaults } from '../templates/templates.js';
import type { CannedResponseFields, CannedResponsesFilter, CannedResponseView } from './canned-response.view.js';
import { CannedResponsesRepository } from './canned-responses.repository.js';

/** A canned response with its variables filled in. */
export interface RenderedResponse extends Pick<CannedResponseView, 'content' | 'contentType'> {
  readonly attachments: readonly Attachment[];
}

/** Texts that are written once and said often: the workspace's, a team's, or one's own. */
@Injectable()
export class CannedResponsesService {
  constructor(
    private readonly responses: CannedResponsesRepository,
    private readonly audiences: Audiences,
    private readonly files: FilesService,
    private readonly facts: TemplateFactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(principal: Principal, filter: CannedResponsesFilter, request: PageRequest): Promise<Page<CannedResponseView>> {
    return this.responses.list(principal.workspaceId, viewerOf(principal), filter, request);
  }

  /** @throws DomainError NOT_FOUND, also for what the caller may not see. */
  async get(principal: Principal, id: string): Promise<CannedResponseView> {
    const found = await this.responses.find(principal.workspaceId, viewerOf(principal), id);
    if (!found) throw notFound('Canned response');
    return found;
  }

  /** @throws DomainError BAD_REQUEST, FORBIDDEN, UNPROCESSABLE, CONFLICT when the shortcut is taken. */
  create(principal: Principal, fields: CannedResponseFields): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await this.check(principal, fields);
      await shortcutIsFree(fields.shortcut, () =>
        this.responses.add(principal.workspaceId, id, principal.userId, fields),
      );
      return this.get(principal, id);
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, FORBIDDEN, UNPROCESSABLE, CONFLICT, PRECONDITION_FAILED */
  update(
    principal: Principal,
    id: string,
    change: Partial<CannedResponseFields>,
    expected: number | null,
  ): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      assertVersion(expected, before.version, () => before);
      const { visibility, teamId, shortcut, content, contentType, attachmentIds } = before;
      const known: CannedResponseFields = { visibility, teamId, shortcut, content, contentType, attachmentIds };
      const fields = withChange(known, change);
      if (JSON.stringify(fields) === JSON.stringify(known)) return before;
      await this.check(principal, fields);
      await shortcutIsFree(fields.shortcut, () =>
        this.responses.update(principal.workspaceId, id, ownerOf(before, fields, principal), fields),
      );
      return this.get(principal, id);
    });
  }

  /** Gives what it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(principal: Principal, id: string, expected: number | null): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const known = await this.lock(principal, id);
      assertVersion(expected, known.version, () => known);
      await this.responses.delete(principal.workspaceId, id);
      return known;
    });
  }

  /** Fills in the variables for a conversation, and counts the use. @throws DomainError NOT_FOUND, UNPROCESSABLE */
  render(principal: Principal, id: string, conversationId: string): Promise<RenderedResponse> {
    const { workspaceId, userId } = principal;
    return this.unitOfWork.run(async () => {
      const { content, contentType, attachmentIds } = await this.get(principal, id);
      const rendered = renderPrepared(content, contentType, await this.facts.of(workspaceId, conversationId, userId));
      await this.responses.noteUse(workspaceId, id, this.clock.now().toISOString());
      return {
        content: rendered,
        contentType,
        attachments: await this.files.attachmentsLeft(workspaceId, attachmentIds),
      };
    });
  }

  private async lock(principal: Principal, id: string): Promise<CannedResponseView> {
    const found = await this.responses.lock(principal.workspaceId, viewerOf(principal), id);
    if (!found) throw notFound('Canned response');
    return found;
  }

  private async check(principal: Principal, fields: CannedResponseFields): Promise<void> {
    const faults = templateFaults(fields.content);
    if (faults.length > 0) throw badRequest({ content: faults });
    await this.audiences.assertFor(principal.workspaceId, viewerOf(principal), fields);
    await this.files.attachments(principal.workspaceId, fields.attachmentIds);
  }
}

function shortcutIsFree(shortcut: string, write: () => Promise<void>): Promise<void> {
  return refusing(
    {
      canned_responses_shortcut: () =>
        new DomainError('CONFLICT', `There is a canned response /${shortcut} already`, { shortcut }),
    },
    write,
  );
}
