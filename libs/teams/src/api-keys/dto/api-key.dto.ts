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

/** What a new key is to be. */
export class CreateApiKeyDto {
  @StringField({ description: 'What the key is for.', min: 1, max: 120, example: 'Billing service' })
  name: string;

  @EnumField(['personal', 'service'], {
    description:
      '`personal` acts as you and never above your role, which anybody who has signed in may make; `service` acts as itself, which takes the scope `api_keys:write`. Default service.',
    optional: true,
    example: 'service',
  })
  kind?: 'personal' | 'service';

  @EnumField(['live', 'test'], { description: 'Prefix of the key. Default live.', optional: true, example: 'live' })
  mode?: 'live' | 'test';

  @StringListField({
    description: `What the key allows: ${SCOPES_DESCRIPTION} You can give away only what you have. Left out it is \`*\`: a personal key then allows whatever its user may do, a service key everything there is, also to settings, people and keys.`,
    optional: true,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:read'],
  })
  scopes?: string[];

  @DateField({
    description: 'When the key stops working. Default never.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  expires_at?: string | null;
}

/** What to change about a key. */
export class UpdateApiKeyDto {
  @StringField({ description: 'What the key is for.', optional: true, min: 1, max: 120, example: 'Billing service' })
  name?: string;

  @StringListField({
    description: `What the key allows from now on: ${SCOPES_DESCRIPTION} You can give away only what you have.`,
    optional: true,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:read'],
  })
  scopes?: string[];

  @DateField({
    description: 'When the key stops working; null for never.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  expires_at?: string | null;
}

/** How to rotate a key. */
export class RotateApiKeyDto {
  @IntegerField({
    description: 'Seconds that the key before works on: up to 7 days, 0 for not at all. Default 24 hours.',
    optional: true,
    min: 0,
    max: 604_800,
    example: 86_400,
  })
  overlap_seconds?: number;
}

/** Which keys to list. */
export class ApiKeyListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Only keys whose name has this in it.', optional: true, max: 200, example: 'billing' })
  q?: string;

  @ListQueryField({ description: 'Only these kinds.', values: ['personal', 'service'], example: 'service' })
  kind?: string[];

  @BooleanQueryField({ description: 'Only keys that were revoked, or only those that were not.', example: false })
  revoked?: boolean;
}

/** An API key, without the key. */
export class ApiKeyDto {
  @UuidField({ description: 'Id of the key.' })
  id: string;

  @StringField({ description: 'What the key is for.', example: 'Billing service' })
  name: string;

  @EnumField(['personal', 'service'], { description: 'Whether it acts as a user or as itself.', example: 'service' })
  kind: 'personal' | 'service';

  @UuidField({ description: 'The user it acts as; null for a service key.', nullable: true, example: null })
  user_id: string | null;

  @StringField({ description: 'Beginning and end of the key.', example: 'sk_live_ab…9xYz' })
  hint: string;

  @StringListField({
    description: 'What the key allows. `*` is everything; on a personal key, whatever its user may do at the time.',
    example: ['conversations:write', 'contacts:read'],
  })
  scopes: string[];

  @DateField({ description: 'When the key stops working; null for never.', nullable: true })
  expires_at: string | null;

  @DateField({ description: 'When it was used last, to about five seconds; null for never.', nullable: true })
  last_used_at: string | null;

  @StringField({ description: 'Network address it was used from last.', nullable: true, example: '203.0.113.7' })
  last_used_address: string | null;

  @DateField({ description: 'When it was revoked; null while it works.', nullable: true, example: null })
  revoked_at: string | null;

  @DateField({
    description: 'Until when the key before the last rotation works; null when there is none.',
    nullable: true,
    example: null,
  })
  previous_key_expires_at: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A key that was just made. */
export class CreatedApiKeyDto extends ApiKeyDto {
  @StringField({
    description: 'The key itself. This is the only time it is shown.',
    example: 'sk_live_eXaMpLeKeY0123456789abcdef',
  })
  key: string;
}

/** Puts a key on the wire. */
export function toApiKeyDto(view: ApiKeyView): ApiKeyDto {
  return {
    id: view.id,
    name: view.name,
    kind: view.kind,
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

/** Puts a new key on the wire, the one time. */
export function toCreatedApiKeyDto({ view, key }: CreatedApiKey): CreatedApiKeyDto {
  return { ...toApiKeyDto(view), key };
}
