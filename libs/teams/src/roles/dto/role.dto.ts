import { BooleanField, UuidField, IntegerField, StringField, StringListField, DateField } from '@parley/kernel/http';
import { SCOPES_DESCRIPTION } from '../grantable-scopes.js';
import type { RoleView } from '../role.view.js';

/** What whoever has it may do. */
export class RoleDto {
  @UuidField({ description: 'Id of the role; null for a built-in one, which cannot be changed.', nullable: true })
  id: string | null;

  @StringField({
    description: 'What users have as their `role`: `owner`, `admin`, `agent`, or the id.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  role: string;

  @StringField({ description: 'Name, unique in the workspace regardless of case.', example: 'Team lead' })
  name: string;

  @StringField({
    description: 'What the role is for.',
    nullable: true,
    max: 1000,
    example: 'Agents who also look after tags and reports',
  })
  description: string | null;

  @StringListField({
    description: `What it allows: ${SCOPES_DESCRIPTION}`,
    example: ['conversations:write', 'analytics:read'],
  })
  scopes: string[];

  @BooleanField({ description: 'Whether every workspace has it.', example: false })
  built_in: boolean;

  @IntegerField({ description: 'How many users have it, deactivated ones too.', example: 3 })
  members_count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made; null for a built-in role.', nullable: true })
  created_at: string | null;

  @DateField({ description: 'When it was changed last; null for a built-in role.', nullable: true })
  updated_at: string | null;
}

/** A new role. */
export class CreateRoleDto {
  @StringField({
    description: 'Name, unique in the workspace regardless of case.',
    min: 1,
    max: 120,
    example: 'Team lead',
  })
  name: string;

  @StringField({
    description: 'What the role is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Agents who also look after tags and reports',
  })
  description?: string | null;

  @StringListField({
    description: `What it allows: ${SCOPES_DESCRIPTION} You can give away only what you have.`,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:write', 'tags:write', 'analytics:read'],
  })
  scopes: string[];
}

/** What to change about a role. */
export class UpdateRoleDto {
  @StringField({ description: 'New name.', optional: true, min: 1, max: 120, example: 'Shift lead' })
  name?: string;

  @StringField({
    description: 'What the role is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Agents who also look after tags and reports',
  })
  description?: string | null;

  @StringListField({
    description: `What it allows from now on: ${SCOPES_DESCRIPTION} You can give away only what you have.`,
    optional: true,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'analytics:read'],
  })
  scopes?: string[];
}

/** Puts a role on the wire. */
export function toRoleDto(view: RoleView): RoleDto {
  return {
    id: view.id,
    role: view.role,
    name: view.name,
    description: view.description,
    scopes: [...view.scopes],
    built_in: view.id === null,
    members_count: view.membersCount,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
