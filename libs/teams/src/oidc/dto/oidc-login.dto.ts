import { EnumField, UuidField, StringField } from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING_OPTIONS } from '../../list-query.dto.js';
import type { OidcProviderView } from '../oidc-provider.view.js';

export class OidcLoginListQueryDto extends PageQueryDto {
  @UuidField({ description: 'ID of the workspace to sign in to.' })
  workspace_id: string;

  @EnumField(['asc', 'desc'], ASCENDING_OPTIONS)
  declare order_dir?: 'asc' | 'desc';
}

/** OIDC provider as a sign-in page shows it. */
export class OidcLoginDto {
  @UuidField({ description: 'ID of the provider. Sign-in starts at `/v1/auth/oidc/{id}/start`.' })
  id: string;

  @StringField({ description: 'Name shown to users.', example: 'Acme login' })
  name: string;
}

export function toOidcLoginDto({ id, name }: OidcProviderView): OidcLoginDto {
  return { id, name };
}
