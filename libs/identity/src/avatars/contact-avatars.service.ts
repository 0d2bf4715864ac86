import { Injectable } from '@nestjs/common';
import {
  badRequest,
  DomainError,
  FileIntake,
  notFound,
  SignedUrls,
  type ReceivedFile,
  type SignedQuery,
  type Upload,
} from '@parley/kernel';
import type { ContactView, StoredAvatar } from '../contacts/contact.view.js';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';

/** Most bytes of a picture. */
export const LARGEST_AVATAR = 5 * 1024 * 1024;
const PICTURES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Pictures of contacts. */
@Injectable()
export class ContactAvatars {
  constructor(
    private readonly contacts: ContactsService,
    private readonly avatars: ContactsRepository,
    private readonly intake: FileIntake,
    private readonly links: SignedUrls,
  ) {}

  /** Takes the one file of a multipart body. @throws DomainError NOT_FOUND, BAD_REQUEST, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for what is no picture by its bytes. */
  async set(workspaceId: string, id: string, [upload, ...more]: readonly Upload[]): Promise<ContactView> {
    await this.contacts.get(workspaceId, id);
    if (upload?.field !== 'file' || more.length > 0)
      throw badRequest({ file: ['send exactly one file, as multipart/form-data'] });
    if (upload.size > LARGEST_AVATAR)
      throw new DomainError('PAYLOAD_TOO_LARGE', `A picture has at most ${LARGEST_AVATAR} bytes`);
    return this.intake.receiveUploads([upload], async ([file]) =>
      this.contacts.update(workspaceId, id, { avatar: stored(file!) }, null),
    );
  }

  /** Takes the picture away; nothing happens when there is none. @throws DomainError NOT_FOUND */
  async remove(workspaceId: string, id: string): Promise<void> {
    await this.contacts.update(workspaceId, id, { avatarUrl: null }, null);
  }

  /** The picture that a link leads to. @throws DomainError FORBIDDEN for a link that is not ours or has expired, NOT_FOUND */
  async ofLink(contactId: string, query: SignedQuery): Promise<StoredAvatar> {
    this.links.verify(signed(contactId), query);
    const avatar = await this.avatars.findAvatarAnywhere(contactId);
    if (!avatar) throw notFound('Picture');
    return avatar;
  }

  /** Where a contact's picture is: a link to the one that was uploaded, which works for about a day, or the URL that was given. */
  linkTo({ id, avatar, avatarUrl }: ContactView): string | null {
    if (!avatar) return avatarUrl;
    return `${this.links.urlOf(signed(id), { path: `/v1/contacts/${id}/avatar` })}&v=${avatar.sha256.slice(0, 8)}`;
  }
}

function signed(contactId: string): string {
  return `avatar:${contactId}`;
}

function stored({ key, type, size, sha256 }: ReceivedFile): StoredAvatar {
  if (!PICTURES.includes(type))
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'A picture is PNG, JPEG, WebP or GIF', { type });
  return { key, type, size, sha256 };
}
