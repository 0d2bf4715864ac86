import { Injectable } from '@nestjs/common';
import { DomainError, invalidInputError, notFoundError, sentence, THE_FIELD } from '@parley/kernel';
import { FileIngestService, FileUrlSigner, type IngestedFile, type SignedQuery } from '@parley/kernel/files';
import type { Upload } from '@parley/kernel/http';
import type { ContactView, StoredAvatar } from '../contacts/contact.view.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';

/** Maximum size of an avatar, in bytes. */
export const MAX_AVATAR_BYTES = 5 * 1024 * 1024;
const AVATAR_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Avatars of contacts. */
@Injectable()
export class ContactAvatarsService {
  constructor(
    private readonly contacts: ContactsService,
    private readonly contactsRepository: ContactsRepository,
    private readonly fileIngest: FileIngestService,
    private readonly links: FileUrlSigner,
  ) {}

  /**
   * Stores the single file of a multipart body as the avatar. @throws DomainError NOT_FOUND, BAD_REQUEST,
   * PAYLOAD_TOO_LARGE; UNSUPPORTED_MEDIA_TYPE if the file content is not a supported image.
   */
  async set(workspaceId: string, id: string, [upload, ...extraUploads]: readonly Upload[]): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (upload?.field !== 'file' || extraUploads.length > 0)
      throw invalidInputError(
        'file',
        sentence`send exactly one file as multipart/form-data in the field "${THE_FIELD}"`,
      );
    if (upload.size > MAX_AVATAR_BYTES)
      throw new DomainError('PAYLOAD_TOO_LARGE', `An avatar can have at most ${MAX_AVATAR_BYTES} bytes`);
    return this.fileIngest.storeUploads([upload], async ([file]) =>
      this.contacts.update(workspaceId, id, { avatar: toStoredAvatar(file!) }, null),
    );
  }

  /** Removes the avatar, if there is one. @throws DomainError NOT_FOUND */
  async remove(workspaceId: string, id: string): Promise<void> {
    await this.contacts.update(workspaceId, id, { avatarUrl: null }, null);
  }

  /** The avatar of a signed URL. @throws DomainError FORBIDDEN for an invalid or expired link, NOT_FOUND. */
  async getByLink(contactId: string, query: SignedQuery): Promise<StoredAvatar> {
    this.links.verify(linkResource(contactId), query);
    const avatar = await this.contactsRepository.findAvatarInAnyWorkspace(contactId);
    if (!avatar) throw notFoundError('Avatar');
    return avatar;
  }

  /** URL of the avatar: a signed URL of the uploaded file, valid for about one day, or the external URL. */
  buildUrl({ id, avatar, avatarUrl }: ContactView): string | null {
    if (!avatar) return avatarUrl;
    const url = this.links.createUrl(linkResource(id), { path: `/v1/contacts/${id}/avatar` });
    return `${url}&v=${avatar.sha256.slice(0, 8)}`;
  }
}

function linkResource(contactId: string): string {
  return `avatar:${contactId}`;
}

function toStoredAvatar({ key, type, size, sha256 }: IngestedFile): StoredAvatar {
  if (!AVATAR_TYPES.includes(type))
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'An avatar must be a PNG, JPEG, WebP or GIF image', { type });
  return { key, type, size, sha256 };
}
