import { StringField } from '@parley/kernel/http';

/** How to begin. */
export class StartOidcSignInQueryDto {
  @StringField({
    description:
      'Where to go afterwards, with the tokens behind the `#`: an address at this server. Left out, the callback answers with the tokens as JSON.',
    optional: true,
    min: 1,
    max: 2000,
    example: '/inbox',
  })
  return_to?: string;
}
