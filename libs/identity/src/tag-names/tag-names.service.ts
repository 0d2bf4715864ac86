import { Injectable } from '@nestjs/common';
import { invalidInputError, sentence } from '@parley/kernel';
import { DeletedNamesRepository } from '../deleted-names/deleted-names.repository.js';
import { TAG } from '../identity.references.js';
import { tagKey, withoutTags } from './tag-key.js';
import { TagNamesRepository } from './tag-names.repository.js';

/** Maximum number of tags on one object. */
export const MAX_TAGS = 50;

/** A change of tags: all tags are replaced first, then tags are removed and added. */
export interface TagsChangeInput {
  readonly tags?: readonly string[];
  /** Tags to add may be present and tags to remove may be absent. */
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

/**
 * Spellings of tags. Tags of conversations, contacts, companies and articles are compared without case, and every tag has the
 * spelling of its first use in the workspace.
 */
@Injectable()
export class TagNamesService {
  constructor(
    private readonly tagNames: TagNamesRepository,
    private readonly deletedNames: DeletedNamesRepository,
  ) {}

  /**
   * Returns each tag once, in the spelling of the workspace; adds the tags that do not exist. Runs in the caller's unit
   * of work if there is one.
   * @param field field of the input with the tags, for the error.
   * @param owner `contact` for tags of contacts, which are personal data until another object has them.
   * @throws DomainError BAD_REQUEST for a blank tag.
   */
  async resolve(
    workspaceId: string,
    tags: readonly string[],
    { field = 'tags', owner = 'other' }: { readonly field?: string; readonly owner?: 'contact' | 'other' } = {},
  ): Promise<string[]> {
    const requested = new Map<string, string>();
    for (const tag of tags) {
      const name = tag.trim().normalize('NFC');
      if (name === '') throw invalidInputError(field, 'must not contain a blank tag');
      const key = tagKey(name);
      if (!requested.has(key)) requested.set(key, name);
    }
    if (requested.size === 0) return [];
    const keys = [...requested.keys()];
    let known = await this.tagNames.find(workspaceId, keys);
    const missing = new Map([...requested].filter(([key]) => !known.has(key)));
    if (missing.size > 0) {
      await this.tagNames.add(workspaceId, missing, owner === 'contact');
      // A concurrent request may have added another spelling.
      known = await this.tagNames.find(workspaceId, keys);
    }
    if (owner !== 'contact' && [...known.values()].some(({ contactOnly }) => contactOnly))
      await this.tagNames.share(workspaceId, keys);
    return keys.map((key) => known.get(key)?.name ?? requested.get(key)!);
  }

  /**
   * Returns the tags after a change; the current ones in their order if the change makes no difference.
   * @throws DomainError BAD_REQUEST for a blank tag, or more than 50 tags.
   */
  async applyChange(
    workspaceId: string,
    current: readonly string[],
    { tags = current, addTags = [], removeTags = [] }: TagsChangeInput,
  ): Promise<string[]> {
    if (tags === current && addTags.length === 0 && removeTags.length === 0) return [...current];
    const requested = await this.resolve(workspaceId, [...withoutTags(tags, removeTags), ...addTags]);
    if (requested.length > MAX_TAGS) throw invalidInputError('tags', sentence`An object has at most ${MAX_TAGS} tags`);
    const keys = new Set(current.map(tagKey));
    const isSame = requested.length === current.length && requested.every((tag) => keys.has(tagKey(tag)));
    return isSame ? [...current] : requested;
  }

  /** Records that a tag was deleted. Forgets its spelling if no contact and no company has it. */
  async release(workspaceId: string, name: string): Promise<void> {
    const key = tagKey(name);
    await this.tagNames.deleteUnused(workspaceId, key);
    await this.deletedNames.add(workspaceId, { type: TAG, id: key });
  }
}
