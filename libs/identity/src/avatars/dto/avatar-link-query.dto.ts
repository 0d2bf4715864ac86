import { StringField } from '@parley/kernel/http';

/** Query parameters of a signed URL. */
export class AvatarLinkQueryDto {
  @StringField({ description: 'Expiry time of the link, in Unix seconds.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Signature of the link.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;

  @StringField({ description: 'Version of the avatar, for browser caches.', optional: true, max: 20 })
  v?: string;
}
