import { Injectable } from '@nestjs/common';
import { assertNoIssues, Clock, DomainError, newId, notFoundError, sentence, type Principal } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { FilesService } from '../files/files.service.js';
import type { Attachment } from '../messages/message.view.js';
import { resolveOwnerId, toViewer, applyChange } from '../visibility/visibility.js';
import { buildSharedEvent, type SharedEvents } from '../visibility/shared-changes.js';
import { VisibilityPolicy } from '../visibility/visibility-policy.service.js';
import { renderTemplateOrThrow, TemplateContextLoader } from '../templates/template-context-loader.service.js';
import { validateTemplate } from '../templates/templates.js';
import type { CannedResponseInput, CannedResponsesFilter, CannedResponseView } from './canned-response.view.js';
import { CannedResponseCreated, CannedResponseDeleted, CannedResponseUpdated } from '../shared-settings.events.js';
import { CannedResponsesRepository } from './canned-responses.repository.js';

/** Canned response with its variables replaced. */
export interface RenderedResponse extends Pick<CannedResponseView, 'content' | 'contentType'> {
  readonly attachments: readonly Attachment[];
}

/** Reusable message texts of the workspace, a team, or a user. */
@Injectable()
export class CannedResponsesService {
  constructor(
    private readonly responses: CannedResponsesRepository,
    private readonly visibilityPolicy: VisibilityPolicy,
    private readonly files: FilesService,
    private readonly templateContext: TemplateContextLoader,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(principal: Principal, filter: CannedResponsesFilter, request: PageRequest): Promise<Page<CannedResponseView>> {
    return this.responses.list(principal.workspaceId, toViewer(principal), filter, request);
  }

  /** @throws DomainError NOT_FOUND, also when the caller has no access to it. */
  async get(principal: Principal, id: string): Promise<CannedResponseView> {
    const found = await this.responses.find(principal.workspaceId, toViewer(principal), id);
    if (!found) throw notFoundError('Canned response');
    return found;
  }

  /** @throws DomainError BAD_REQUEST, FORBIDDEN, UNPROCESSABLE, CONFLICT when the shortcut is already used. */
  create(principal: Principal, fields: CannedResponseInput): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await this.validate(principal, fields);
      await mapShortcutConflict(fields.shortcut, () =>
        this.responses.add(principal.workspaceId, id, principal.userId, fields),
      );
      return this.recordChange(null, await this.get(principal, id));
    });
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST, FORBIDDEN, UNPROCESSABLE, CONFLICT, PRECONDITION_FAILED */
  update(
    principal: Principal,
    id: string,
    change: Partial<CannedResponseInput>,
    expectedVersion: number | null,
  ): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      assertVersion(expectedVersion, before.version, () => before);
      const { visibility, teamId, shortcut, content, contentType, attachmentIds } = before;
      const existing: CannedResponseInput = { visibility, teamId, shortcut, content, contentType, attachmentIds };
      const fields = applyChange(existing, change);
      if (JSON.stringify(fields) === JSON.stringify(existing)) return before;
      await this.validate(principal, fields, existing);
      await mapShortcutConflict(fields.shortcut, () =>
        this.responses.update(principal.workspaceId, id, resolveOwnerId(before, fields, principal), fields),
      );
      return this.recordChange(before, await this.get(principal, id));
    });
  }

  /** Returns the deleted response. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(principal: Principal, id: string, expectedVersion: number | null): Promise<CannedResponseView> {
    return this.unitOfWork.run(async () => {
      const existing = await this.lock(principal, id);
      assertVersion(expectedVersion, existing.version, () => existing);
      await this.responses.delete(principal.workspaceId, id);
      this.recordChange(existing, null);
      return existing;
    });
  }

  /**
   * Replaces the variables with data of a conversation and increments the usage count.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE
   */
  render(principal: Principal, id: string, conversationId: string): Promise<RenderedResponse> {
    const { workspaceId, userId } = principal;
    return this.unitOfWork.run(async () => {
      const { content, contentType, attachmentIds } = await this.get(principal, id);
      const rendered = renderTemplateOrThrow(
        content,
        contentType,
        await this.templateContext.load(workspaceId, conversationId, userId),
      );
      await this.responses.recordUsage(workspaceId, id, this.clock.now().toISOString());
      return {
        content: rendered,
        contentType,
        attachments: await this.files.listAttachments(workspaceId, attachmentIds),
      };
    });
  }

  /** Appends the event of a change. Returns the changed response. */
  private recordChange<After extends CannedResponseView | null>(
    before: CannedResponseView | null,
    after: After,
  ): After {
    const event = buildSharedEvent(before, after, EVENTS, toEventFields);
    if (event) this.events.append(event);
    return after;
  }

  private async lock(principal: Principal, id: string): Promise<CannedResponseView> {
    const found = await this.responses.lock(principal.workspaceId, toViewer(principal), id);
    if (!found) throw notFoundError('Canned response');
    return found;
  }

  /** Validates what differs from the existing fields, so that one with a deleted team or file can be changed. */
  private async validate(
    principal: Principal,
    fields: CannedResponseInput,
    existing: CannedResponseInput | null = null,
  ): Promise<void> {
    const { workspaceId } = principal;
    if (fields.content !== existing?.content)
      assertNoIssues(
        validateTemplate(fields.content).map((error) => ({ path: ['content'], message: sentence`${error}` })),
      );
    await this.visibilityPolicy.assertAllowed(workspaceId, toViewer(principal), fields, existing);
    const keptIds = new Set(existing?.attachmentIds);
    await this.files.getAttachments(
      workspaceId,
      fields.attachmentIds.filter((id) => !keptIds.has(id)),
    );
  }
}

const EVENTS: SharedEvents<CannedResponseView> = {
  created: ({ id, shortcut, visibility, teamId }) =>
    new CannedResponseCreated(id, { shortcut, visibility, team_id: teamId }),
  updated: ({ id, shortcut }, changed) => new CannedResponseUpdated(id, { shortcut, changed }),
  deleted: ({ id, shortcut, visibility, teamId }) =>
    new CannedResponseDeleted(id, { shortcut, visibility, team_id: teamId }),
};

function toEventFields(view: CannedResponseView): object {
  const { shortcut, content, contentType, attachmentIds, visibility, teamId } = view;
  return { shortcut, content, content_type: contentType, attachment_ids: attachmentIds, visibility, team_id: teamId };
}

function mapShortcutConflict(shortcut: string, write: () => Promise<void>): Promise<void> {
  return mapConstraintErrors(
    {
      canned_responses_shortcut: () =>
        new DomainError('CONFLICT', `A canned response with the shortcut /${shortcut} already exists`, { shortcut }),
    },
    write,
  );
}
