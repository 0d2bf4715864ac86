import { Injectable } from '@nestjs/common';
import { assertNoIssues, notFoundError, type FieldPath, type InputIssue } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events, type Changed } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { OrganizationUpdated, SecuritySettingsChanged } from '../teams.events.js';
import type { WorkspaceEntity } from '../workspaces/workspace.entity.js';
import { WorkspaceSettingsCache } from '../workspaces/workspace-settings-cache.service.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { normalizeCountry, normalizeLocale, normalizeTimezone } from './locale-names.js';
import { toOrganizationSettings, type OrganizationSettings } from './organization-settings.js';
import type { UpdateOrganizationInput, OrganizationView } from './organization.view.js';

/** Names, locales and settings of workspaces. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly settings: WorkspaceSettingsCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Returns the caller's own organization.
   * @throws DomainError NOT_FOUND for any other ID
   */
  async get(workspaceId: string, id: string): Promise<OrganizationView> {
    const found = id === workspaceId ? await this.workspaces.find(workspaceId) : null;
    if (!found) throw notFoundError('Organization');
    return toView(found);
  }

  /**
   * Updates an organization.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for an unknown time zone, locale or country, PRECONDITION_FAILED
   */
  update(
    workspaceId: string,
    id: string,
    input: UpdateOrganizationInput,
    expected: number | null,
  ): Promise<OrganizationView> {
    if (id !== workspaceId) throw notFoundError('Organization');
    const change = normalizeInput(input);
    return this.unitOfWork.run(async () => {
      const row = await this.workspaces.lock(workspaceId);
      if (!row) throw notFoundError('Organization');
      const before = toView(row);
      assertVersion(expected, before.version, () => before);
      const changed = applyChange(row, before.settings, change);
      if (Object.keys(changed).length === 0) return before;
      await this.workspaces.save(row);
      this.events.append(new OrganizationUpdated(id, { name: row.name, changed }));
      const { 'settings.password_sign_in': passwordSignInChange } = changed;
      if (passwordSignInChange)
        this.events.append(new SecuritySettingsChanged(id, { changed: { password_sign_in: passwordSignInChange } }));
      this.unitOfWork.afterCommit(() => this.settings.evict(workspaceId));
      return toView(row);
    });
  }
}

function toView({
  id,
  name,
  plan,
  timezone,
  locale,
  settings,
  version,
  createdAt,
  updatedAt,
}: WorkspaceEntity): OrganizationView {
  return {
    id,
    name,
    plan,
    timezone,
    locale,
    settings: toOrganizationSettings(settings),
    version,
    createdAt,
    updatedAt,
  };
}

/**
 * Normalizes the values.
 * @throws DomainError BAD_REQUEST with every invalid field.
 */
function normalizeInput({ name, timezone, locale, settings = {} }: UpdateOrganizationInput): UpdateOrganizationInput {
  const issues: InputIssue[] = [];
  const normalizeField = (
    path: FieldPath,
    text: string | undefined,
    normalize: (text: string) => string | null,
    message: string,
  ): string | undefined => {
    const found = text === undefined ? undefined : normalize(text);
    if (found === null) issues.push({ path, message });
    return found ?? undefined;
  };
  const { default_country: country } = settings;
  const change = {
    name,
    timezone: normalizeField(
      ['timezone'],
      timezone,
      normalizeTimezone,
      'must be an IANA time zone, such as Europe/Berlin',
    ),
    locale: normalizeField(['locale'], locale, normalizeLocale, 'must be a BCP 47 language tag, such as en-US'),
    settings: {
      ...settings,
      ...(country != null && {
        default_country: normalizeField(
          ['settings', 'defaultCountry'],
          country,
          normalizeCountry,
          'must be an ISO 3166-1 alpha-2 country code, such as DE',
        ),
      }),
    },
  };
  assertNoIssues(issues);
  return change;
}

/** Applies the change to the row and returns what it changed. */
function applyChange(
  row: WorkspaceEntity,
  settings: OrganizationSettings,
  { settings: input = {}, ...fields }: UpdateOrganizationInput,
): Changed {
  const changed: Changed = {};
  for (const [field, value] of Object.entries(fields) as [keyof typeof fields, string | undefined][]) {
    if (value === undefined || value === row[field]) continue;
    changed[field] = [row[field], value];
    row[field] = value;
  }
  for (const [name, value] of Object.entries(input)) {
    const existing = settings[name as keyof OrganizationSettings];
    if (value === undefined || value === existing) continue;
    changed[`settings.${name}`] = [existing, value];
    row.settings = { ...row.settings, [name]: value };
  }
  return changed;
}
