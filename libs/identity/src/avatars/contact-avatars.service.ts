import { Injectable } from '@nestjs/common';
import { badRequestError, DomainError, notFoundError } from '@parley/kernel';
import { FileIngestService, FileUrlSigner, type IngestedFile, type SignedQuery } from '@parley/kernel/files';
import type { Upload } from '@parley/kernel/http';
import type { ContactView, StoredAvatar } from '../contacts/contact.view.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';

/** Most bytes of a picture. */
export const MAX_AVATAR_BYTES = 5 * 1024 * 1024;
const AVATAR_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Pictures of contacts. */
@Injectable()
export class ContactAvatarsService {
  constructor(
    private readonly contacts: ContactsService,
    private readonly contactsRepository: ContactsRepository,
    private readonly fileIngest: FileIngestService,
    private readonly links: FileUrlSigner,
  ) {}

  /** Takes the one file of a multipart body. @throws DomainError NOT_FOUND, BAD_REQUEST, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for what is no picture by its bytes. */
  async set(workspaceId: string, id: string, [upload, ...extraUploads]: readonly Upload[]): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (upload?.field !== 'file' || extraUploads.length > 0)
      throw badRequestError({ file: ['send exactly one file, as multipart/form-data'] });
    if (upload.size > MAX_AVATAR_BYTES)
      throw new DomainError('PAYLOAD_TOO_LARGE', `A picture has at most ${MAX_AVATAR_BYTES} bytes`);
    return this.fileIngest.storeUploads([upload], async ([file]) =>
      this.contacts.update(workspaceId, id, { avatar: toStoredAvatar(file!) }, null),
    );
  }

  /** Takes the picture away; nothing happens when there is none. @throws DomainError NOT_FOUND */
  async remove(workspaceId: string, id: string): Promise<void> {
    await this.contacts.update(workspaceId, id, { avatarUrl: null }, null);
  }

  /** The picture that a link leads to. @throws DomainError FORBIDDEN for a link that is not ours or has expired, NOT_FOUND */
  async getByLink(contactId: string, query: SignedQuery): Promise<StoredAvatar> {
    this.links.verify(linkResource(contactId), query);
    const avatar = await this.contactsRepository.findAvatarInAnyWorkspace(contactId);
    if (!avatar) throw notFoundError('Picture');
    return avatar;
  }

  /** Where a contact's picture is: a link to the one that was uploaded, which works for about a day, or the URL that was given. */
  buildUrl({ id, avatar, avatarUrl }: ContactView): string | null {
    if (!avatar) return avatarUrl;
    return `${this.links.createUrl(linkResource(id), { path: `/v1/contacts/${id}/avatar` })}&v=${avatar.sha256.slice(0, 8)}`;
  }
}

function linkResource(contactId: string): string {
  return `avatar:${contactId}`;
}

function toStoredAvatar({ key, type, size, sha256 }: IngestedFile): StoredAvatar {
  if (!AVATAR_TYPES.includes(type))
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'A picture is PNG, JPEG, WebP or GIF', { type });
  return { key, type, size, sha256 };
}
