import { Injectable } from '@nestjs/common';
import { assertVersion, badRequest, Events, notFound, UnitOfWork, type Changed } from '@parley/kernel';
import { OrganizationUpdated, SecuritySettingsChanged } from '../teams.events.js';
import type { WorkspaceEntity } from '../workspaces/workspace.entity.js';
import { WorkspaceSettings } from '../workspaces/workspace-settings.service.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { countryOf, localeOf, timezoneOf } from './locale-names.js';
import { settingsOf, type OrganizationSettings } from './organization-settings.js';
import type { OrganizationChange, OrganizationView } from './organization.view.js';

/** What a workspace is called, where it is, and what it has settled for itself. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly settings: WorkspaceSettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** The caller's own organization: there is no other to them. @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<OrganizationView> {
    const found = id === workspaceId ? await this.workspaces.find(workspaceId) : null;
    if (!found) throw notFound('Organization');
    return toView(found);
  }

  /** @throws DomainError NOT_FOUND, BAD_REQUEST for a zone, locale or country that there is not, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    wanted: OrganizationChange,
    expected: number | null,
  ): Promise<OrganizationView> {
    if (id !== workspaceId) throw notFound('Organization');
    const change = checked(wanted);
    return this.unitOfWork.run(async () => {
      const row = await this.workspaces.lock(workspaceId);
      if (!row) throw notFound('Organization');
      const before = toView(row);
      assertVersion(expected, before.version, () => before);
      const changed = apply(row, before.settings, change);
      if (Object.keys(changed).length === 0) return before;
      await this.workspaces.save(row);
      this.events.append(new OrganizationUpdated(id, { changed }));
      const { 'settings.password_sign_in': passwords } = changed;
      if (passwords) this.events.append(new SecuritySettingsChanged(id, { changed: { password_sign_in: passwords } }));
      this.unitOfWork.afterCommit(() => this.settings.forget(workspaceId));
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
    settings: settingsOf(settings),
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** The change in its usual spelling. @throws DomainError BAD_REQUEST naming every field that is wrong. */
function checked({ name, timezone, locale, settings = {} }: OrganizationChange): OrganizationChange {
  const faults: Record<string, string[]> = {};
  const known = (
    field: string,
    text: string | undefined,
    find: (text: string) => string | null,
    hint: string,
  ): string | undefined => {
    const found = text === undefined ? undefined : find(text);
    if (found === null) faults[field] = [`${field} ${hint}`];
    return found ?? undefined;
  };
  const { default_country: country } = settings;
  const change = {
    name,
    timezone: known('timezone', timezone, timezoneOf, 'must be an IANA time zone, such as Europe/Berlin'),
    locale: known('locale', locale, localeOf, 'must be a BCP 47 language tag, such as en-US'),
    settings: {
      ...settings,
      ...(country != null && {
        default_country: known(
          'settings.default_country',
          country,
          countryOf,
          'must be a country of ISO 3166-1, such as DE',
        ),
      }),
    },
  };
  if (Object.keys(faults).length > 0) throw badRequest(faults);
  return change;
}

/** Puts the change into the row, and tells what it changes. */
function apply(
  row: WorkspaceEntity,
  settings: OrganizationSettings,
  { settings: wanted = {}, ...fields }: OrganizationChange,
): Changed {
  const changed: Changed = {};
  for (const [field, value] of Object.entries(fields) as [keyof typeof fields, string | undefined][]) {
    if (value === undefined || value === row[field]) continue;
    changed[field] = [row[field], value];
    row[field] = value;
  }
  for (const [name, value] of Object.entries(wanted)) {
    const known = settings[name as keyof OrganizationSettings];
    if (value === undefined || value === known) continue;
    changed[`settings.${name}`] = [known, value];
    row.settings = { ...row.settings, [name]: value };
  }
  return changed;
}
