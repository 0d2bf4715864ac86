import { BooleanField, UuidField, IntegerField, StringField, StringListField, DateField } from '@parley/kernel/http';
import { SCOPES_DESCRIPTION } from '../grantable-scopes.js';
import type { RoleView } from '../role.view.js';

export class RoleDto {
  @UuidField({ description: 'ID of the role; null for a built-in role, which cannot be changed.', nullable: true })
  id: string | null;

  @StringField({
    description: 'Value of `role` of users with this role: `owner`, `admin`, `agent`, or the ID of a custom role.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  role: string;

  @StringField({ description: 'Name, unique in the workspace; case-insensitive.', example: 'Team lead' })
  name: string;

  @StringField({
    description: 'Description of the role.',
    nullable: true,
    max: 1000,
    example: 'Agents who also manage tags and reports',
  })
  description: string | null;

  @StringListField({
    description: `Scopes of the role: ${SCOPES_DESCRIPTION}`,
    example: ['conversations:write', 'audit:read'],
  })
  scopes: string[];

  @BooleanField({ description: 'True if the role is built in.', example: false })
  built_in: boolean;

  @IntegerField({ description: 'Number of users with the role, including deactivated ones.', example: 3 })
  members_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each change.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation; null for a built-in role.', nullable: true })
  created_at: string | null;

  @DateField({ description: 'Time of the last change; null for a built-in role.', nullable: true })
  updated_at: string | null;
}

export class CreateRoleDto {
  @StringField({
    description: 'Name, unique in the workspace; case-insensitive.',
    min: 1,
    max: 120,
    example: 'Team lead',
    trim: true,
  })
  name: string;

  @StringField({
    description: 'Description of the role.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Agents who also manage tags and reports',
  })
  description?: string | null;

  @StringListField({
    description: `Scopes of the role: ${SCOPES_DESCRIPTION} You can grant only scopes that you have.`,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'contacts:write', 'tags:write', 'audit:read'],
  })
  scopes: string[];
}

export class UpdateRoleDto {
  @StringField({
    description: 'New name, unique in the workspace; case-insensitive.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Shift lead',
    trim: true,
  })
  name?: string;

  @StringField({
    description: 'Description of the role.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Agents who also manage tags and reports',
  })
  description?: string | null;

  @StringListField({
    description: `Replaces the scopes of the role: ${SCOPES_DESCRIPTION} You can grant only scopes that you have.`,
    optional: true,
    minItems: 1,
    maxLength: 60,
    example: ['conversations:write', 'audit:read'],
  })
  scopes?: string[];
}

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
