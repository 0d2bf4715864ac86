import { StringField } from '@parley/kernel/http';

export class StartOidcSignInQueryDto {
  @StringField({
    description:
      'URL on this server to redirect to after the sign-in, with the tokens in the fragment. If omitted, the ' +
      'callback returns the tokens as JSON.',
    optional: true,
    min: 1,
    max: 2000,
    example: '/inbox',
  })
  return_to?: string;
}
