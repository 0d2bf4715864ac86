import { EnumField, UuidField, StringField } from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING_OPTIONS } from '../../list-query.dto.js';
import type { OidcProviderView } from '../oidc-provider.view.js';

/** Which providers a login page is to show. */
export class OidcLoginListQueryDto extends PageQueryDto {
  @UuidField({ description: 'The workspace to sign in to.' })
  workspace_id: string;

  @EnumField(['asc', 'desc'], ASCENDING_OPTIONS)
  declare order_dir?: 'asc' | 'desc';
}

/** A provider as a login page shows it. */
export class OidcLoginDto {
  @UuidField({ description: 'Id of the provider: signing in begins at `/v1/auth/oidc/{id}/start`.' })
  id: string;

  @StringField({ description: 'What people know it by.', example: 'Acme login' })
  name: string;
}

/** Puts a provider on a login page. */
export function toOidcLoginDto({ id, name }: OidcProviderView): OidcLoginDto {
  return { id, name };
}
