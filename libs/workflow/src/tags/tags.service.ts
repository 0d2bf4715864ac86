import { Injectable } from '@nestjs/common';
import { DomainError, newId, notFoundError } from '@parley/kernel';
import { tagKey, TagNamesService } from '@parley/identity';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { TagCreated, TagDeleted, TagUpdated } from '../workflow.events.js';
import { defaultTagColor } from './tag-color.js';
import type { TagView } from './tag.view.js';
import { TagsRepository, type TaggedObject, type TagsFilter } from './tags.repository.js';

/** Tags of an object before and after a change. */
export interface TagsChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Tags of a workspace. */
@Injectable()
export class TagsService {
  constructor(
    private readonly tags: TagsRepository,
    private readonly tagNames: TagNamesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  list(workspaceId: string, filter: TagsFilter, request: PageRequest): Promise<Page<TagView>> {
    return this.tags.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TagView> {
    const tag = await this.tags.find(workspaceId, id);
    if (!tag) throw notFoundError('Tag');
    return tag;
  }

  /**
   * Creates a tag. A tag that contacts or companies have already keeps its spelling.
   * @throws DomainError CONFLICT when the name is already used, in any case.
   */
  create(workspaceId: string, name: string, color: string | null, description: string | null): Promise<TagView> {
    return this.unitOfWork.run(async () => {
      const [spelling] = await this.tagNames.resolve(workspaceId, [name], { field: 'name' });
      const tag = {
        id: newId(),
        workspaceId,
        name: spelling!,
        color: color ?? defaultTagColor(spelling!),
        description,
      };
      const nameConflict = (): DomainError =>
        new DomainError('CONFLICT', `A tag named ${spelling} already exists`, { name: spelling });
      const created = await mapConstraintErrors({ tags_name: nameConflict }, () => this.tags.add(tag));
      this.events.append(new TagCreated(created.id, { name: created.name, color: created.color }));
      return created;
    });
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
      if (!tag) throw notFoundError('Tag');
      assertVersion(expected, tag.version, () => tag);
      const { color = tag.color, description = tag.description } = change;
      if (color === tag.color && description === tag.description) return tag;
      const after = await this.tags.update(workspaceId, id, { color, description });
      const changed = changesBetween(tag, { color, description });
      this.events.append(new TagUpdated(id, { name: tag.name, changed }));
      return after;
    });
  }

  /** Deletes an unused tag. @throws DomainError NOT_FOUND, CONFLICT while conversations or tickets have it. */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { name, count, ticketCount } = await this.get(workspaceId, id);
      if (await this.tags.deleteUnused(workspaceId, id)) {
        this.events.append(new TagDeleted(id, { name }));
        return this.tagNames.release(workspaceId, name);
      }
      throw new DomainError(
        'CONFLICT',
        `${count} conversations and ${ticketCount} tickets have this tag. Remove it from them first`,
        { count, ticketCount },
      );
    });
  }

  /** Updates the counts when the tags of objects change; creates tags that do not exist. */
  async updateCounts(workspaceId: string, object: TaggedObject, changes: readonly TagsChange[]): Promise<void> {
    const names = await this.tagNames.resolve(
      workspaceId,
      changes.flatMap(({ before, after }) => [...before, ...after]).filter((name) => name.trim() !== ''),
    );
    const spellings = new Map(names.map((name) => [tagKey(name), name]));
    const spell = (tags: readonly string[]): string[] => tags.flatMap((tag) => spellings.get(tagKey(tag)) ?? []);
    const counts = new Map<string, number>();
    const add = (names: readonly string[], change: number): void => {
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + change);
    };
    for (const { before, after } of changes) {
      add(difference(spell(after), spell(before)), 1);
      add(difference(spell(before), spell(after)), -1);
    }
    const adjustments = [...counts].map(([name, change]) => ({
      id: newId(),
      name,
      color: defaultTagColor(name),
      change,
    }));
    if (adjustments.length > 0) await this.tags.adjustCounts(workspaceId, object, adjustments);
  }
}

function difference(names: readonly string[], others: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => !others.includes(name));
}
