import {
  EnumField,
  UuidField,
  IntegerField,
  BooleanQueryField,
  ListQueryField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { SCOPES_DESCRIPTION } from '../../roles/grantable-scopes.js';
import type { ApiKeyView } from '../api-key.view.js';
import type { CreatedApiKey } from '../api-keys.service.js';

export class CreateApiKeyDto {
  @StringField({
    description: 'Name that describes the purpose of the key.',
    min: 1,
    max: 120,
    example: 'Billing service',
    trim: true,
  })
  name: string;

  @EnumField(['personal', 'service'], {
    description:
      '`personal`: the key acts as you, within your role; every signed-in user can create one. `service`: the ' +
      'key acts as itself; requires `api_keys:write`. Default: `service`.',
    optional: true,
    example: 'service',
  })
  kind?: 'personal' | 'service';

  @EnumField(['live', 'test'], {
    description:
      '`live`: the key works in the workspace. `test`: the key works in the sandbox of the workspace, which has its ' +
      'own data. Default: `live`.',
    optional: true,
    example: 'live',
  })
  mode?: 'live' | 'test';

  @StringListField({
    description:
      `Scopes of the key: ${SCOPES_DESCRIPTION} You can grant only scopes that you have. \`*\` is everything the user ` +
      'can do for a personal key, and everything, including settings, users and keys, for a service key.',
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:read'],
  })
  scopes: string[];

  @DateField({
    description: 'Time at which the key expires. Default: never.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  expires_at?: string | null;
}

export class UpdateApiKeyDto {
  @StringField({
    description: 'Name that describes the purpose of the key.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Billing service',
    trim: true,
  })
  name?: string;

  @StringListField({
    description: `Replaces the scopes of the key: ${SCOPES_DESCRIPTION} You can grant only scopes that you have.`,
    optional: true,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:read'],
  })
  scopes?: string[];

  @DateField({
    description: 'Time at which the key expires; null for never.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  expires_at?: string | null;
}

export class RotateApiKeyDto {
  @IntegerField({
    description:
      'Seconds for which the previous key stays valid, at most 7 days. 0 revokes it at once. Default: 86400 (24 ' +
      'hours).',
    optional: true,
    min: 0,
    max: 604_800,
    example: 86_400,
  })
  overlap_seconds?: number;
}

export class ApiKeyListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only keys whose name contains this text.',
    optional: true,
    max: 200,
    example: 'billing',
  })
  q?: string;

  @ListQueryField({ description: 'Only keys of these kinds.', values: ['personal', 'service'], example: 'service' })
  kind?: string[];

  @ListQueryField({ description: 'Only keys of these modes.', values: ['live', 'test'], example: 'live' })
  mode?: string[];

  @BooleanQueryField({
    description: 'True for revoked keys only, false for keys that are not revoked.',
    example: false,
  })
  revoked?: boolean;
}

/** API key without its secret. */
export class ApiKeyDto {
  @UuidField({ description: 'ID of the key.' })
  id: string;

  @StringField({ description: 'Name that describes the purpose of the key.', example: 'Billing service' })
  name: string;

  @EnumField(['personal', 'service'], {
    description: '`personal` if the key acts as a user, `service` if it acts as itself.',
    example: 'service',
  })
  kind: 'personal' | 'service';

  @EnumField(['live', 'test'], {
    description: '`live` if the key works in the workspace, `test` if it works in its sandbox.',
    example: 'live',
  })
  mode: 'live' | 'test';

  @UuidField({
    description: 'ID of the user that the key acts as; null for a service key.',
    nullable: true,
    example: null,
  })
  user_id: string | null;

  @StringField({ description: 'First and last characters of the key.', example: 'sk_live_ab…9xYz' })
  hint: string;

  @StringListField({
    description:
      'Scopes of the key. `*` allows everything; on a personal key, everything that its user can do at the time of ' +
      'the request.',
    example: ['conversations:write', 'contacts:read'],
  })
  scopes: string[];

  @DateField({ description: 'Time at which the key expires; null for never.', nullable: true })
  expires_at: string | null;

  @DateField({ description: 'Time of the last use, accurate to about five seconds; null for never.', nullable: true })
  last_used_at: string | null;

  @StringField({ description: 'IP address of the last use.', nullable: true, example: '203.0.113.7' })
  last_used_address: string | null;

  @DateField({
    description: 'Time at which the key was revoked; null if it is not revoked.',
    nullable: true,
    example: null,
  })
  revoked_at: string | null;

  @DateField({
    description: 'Time at which the key before the last rotation expires; null if there is none.',
    nullable: true,
    example: null,
  })
  previous_key_expires_at: string | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each change.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

/** API key with its secret, returned once. */
export class CreatedApiKeyDto extends ApiKeyDto {
  @StringField({
    description: 'Secret of the key. It is not shown again.',
    example: 'sk_live_eXaMpLeKeY0123456789abcdef',
  })
  key: string;
}

export function toApiKeyDto(view: ApiKeyView): ApiKeyDto {
  return {
    id: view.id,
    name: view.name,
    kind: view.kind,
    mode: view.mode,
    user_id: view.userId,
    hint: view.hint,
    scopes: [...view.scopes],
    expires_at: view.expiresAt,
    last_used_at: view.lastUsedAt,
    last_used_address: view.lastUsedAddress,
    revoked_at: view.revokedAt,
    previous_key_expires_at: view.previousUntil,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

export function toCreatedApiKeyDto({ view, key }: CreatedApiKey): CreatedApiKeyDto {
  return { ...toApiKeyDto(view), key };
}
