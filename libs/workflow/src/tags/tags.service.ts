import { Injectable } from '@nestjs/common';
import { assertVersion, DomainError, newId, notFound, UnitOfWork, type Page, type PageRequest } from '@parley/kernel';
import { colorOf } from './tag-color.js';
import type { TagView } from './tag.view.js';
import { TagsRepository, type TagsFilter } from './tags.repository.js';

/** The tags that a workspace knows. */
@Injectable()
export class TagsService {
  constructor(
    private readonly tags: TagsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(workspaceId: string, filter: TagsFilter, request: PageRequest): Promise<Page<TagView>> {
    return this.tags.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TagView> {
    const tag = await this.tags.find(workspaceId, id);
    if (!tag) throw notFound('Tag');
    return tag;
  }

  /** @throws DomainError CONFLICT when there is one of this name. */
  async create(workspaceId: string, name: string, color: string | null, description: string | null): Promise<TagView> {
    const tag = await this.unitOfWork.run(() =>
      this.tags.add(workspaceId, newId(), name, color ?? colorOf(name), description),
    );
    if (!tag) throw new DomainError('CONFLICT', `There is a tag called ${name} already`, { name });
    return tag;
  }

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: { color?: string; description?: string | null },
    expected: number | null,
  ): Promise<TagView> {
    return this.unitOfWork.run(async () => {
      const tag = await this.tags.lock(workspaceId, id);
      if (!tag) throw notFound('Tag');
      assertVersion(expected, tag.version, () => tag);
      const { color = tag.color, description = tag.description } = change;
      if (color === tag.color && description === tag.description) return tag;
      return this.tags.update(workspaceId, id, color, description);
    });
  }

  /** Takes a tag out of the registry. @throws DomainError NOT_FOUND, CONFLICT while conversations have it. */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      if (await this.tags.deleteUnused(workspaceId, id)) return;
      const { count } = await this.get(workspaceId, id);
      throw new DomainError('CONFLICT', `${count} conversations have this tag: take it off them first`, { count });
    });
  }

  /** Notes in the registry that a conversation got tags and lost others; unknown ones are registered. */
  async recount(workspaceId: string, before: readonly string[], after: readonly string[]): Promise<void> {
    const gained = after.filter((name) => !before.includes(name)).map((name) => [name, 1] as const);
    const lost = before.filter((name) => !after.includes(name)).map((name) => [name, -1] as const);
    const counts = [...gained, ...lost].map(([name, change]) => ({ id: newId(), name, color: colorOf(name), change }));
    if (counts.length > 0) await this.tags.count(workspaceId, counts);
  }
}
