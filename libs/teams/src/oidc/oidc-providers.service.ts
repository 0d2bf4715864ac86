import { Inject, Injectable } from '@nestjs/common';
import {
  assertNoIssues,
  newId,
  notFoundError,
  sentence,
  SETTINGS,
  THE_FIELD,
  unprocessableError,
  unprocessableFieldError,
  type InputIssue,
  type Principal,
  type Settings,
} from '@parley/kernel';
import { encryptSecret } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events, type Changed } from '@parley/kernel/events';
import { assertVersion, omitUndefined } from '@parley/kernel/http';
import { parseNetworks, urlBlockReason, type AllowedNetworks } from '@parley/kernel/net';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { assertHasScopes } from '../roles/grantable-scopes.js';
import { RolesService } from '../roles/roles.service.js';
import { SEALING_KEY } from '../sealing/sealing-key.js';
import { OidcProviderCreated, OidcProviderDeleted, OidcProviderUpdated } from '../teams.events.js';
import type { UpdateOidcProviderInput, OidcProviderSettings, OidcProviderView } from './oidc-provider.view.js';
import { OidcProvidersRepository } from './oidc-providers.repository.js';
import { parseDomain, validateIssuer } from './oidc-rules.js';
import { UserIdentitiesRepository } from './user-identities.repository.js';

const MAX_PROVIDERS = 20;

/** OpenID Connect providers of a workspace. Changes require all scopes, because a provider can sign in as any user. */
@Injectable()
export class OidcProvidersService {
  private readonly allowedNetworks: AllowedNetworks;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(SEALING_KEY) private readonly sealingKey: Buffer,
    private readonly providers: OidcProvidersRepository,
    private readonly identities: UserIdentitiesRepository,
    private readonly roles: RolesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {
    this.allowedNetworks = parseNetworks(settings.allowNetworks);
  }

  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<OidcProviderView>> {
    return this.providers.list(workspaceId, { ...range, enabledOnly: false }, request);
  }

  /**
   * Lists enabled providers. Returns an empty list for an unknown workspace, so that the response does not reveal which
   * workspaces exist.
   */
  listForSignIn(workspaceId: string, request: PageRequest): Promise<Page<OidcProviderView>> {
    return this.providers.list(workspaceId, { enabledOnly: true }, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<OidcProviderView> {
    const provider = await this.providers.find(workspaceId, id);
    if (!provider) throw notFoundError('OIDC provider');
    return provider;
  }

  /**
   * Creates a provider.
   * @throws DomainError BAD_REQUEST for an invalid issuer or domain; FORBIDDEN; UNPROCESSABLE for a role that cannot be
   * granted, or above the limit.
   */
  create(principal: Principal, input: OidcProviderSettings, clientSecret: string | null): Promise<OidcProviderView> {
    const { workspaceId } = principal;
    assertHasScopes(principal, ['*']);
    return this.unitOfWork.run(async () => {
      const settings = await this.validateSettings(workspaceId, input);
      if ((await this.providers.count(workspaceId)) >= MAX_PROVIDERS)
        throw unprocessableError(`A workspace has at most ${MAX_PROVIDERS} OIDC providers`, { limit: MAX_PROVIDERS });
      const id = newId();
      await this.providers.add(
        workspaceId,
        id,
        settings,
        clientSecret === null ? null : encryptSecret(clientSecret, id, this.sealingKey),
      );
      this.events.append(new OidcProviderCreated(id, { name: settings.name, issuer: settings.issuer }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Updates a provider.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, and the errors of {@link create}
   */
  update(
    principal: Principal,
    id: string,
    { clientSecret, ...change }: UpdateOidcProviderInput,
    expected: number | null,
  ): Promise<OidcProviderView> {
    const { workspaceId } = principal;
    assertHasScopes(principal, ['*']);
    return this.unitOfWork.run(async () => {
      await this.providers.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const after = await this.validateSettings(workspaceId, { ...before, ...omitUndefined(change) });
      const changed = computeChanges(before, after, clientSecret);
      if (Object.keys(changed).length === 0) return before;
      await this.providers.update(
        workspaceId,
        id,
        after,
        clientSecret == null ? clientSecret : encryptSecret(clientSecret, id, this.sealingKey),
      );
      // The stored subjects belong to the previous issuer.
      if (after.issuer !== before.issuer) await this.identities.deleteAll(workspaceId, id);
      this.events.append(new OidcProviderUpdated(id, { name: after.name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes a provider and returns its last state. Users who signed in through it keep their accounts and sessions.
   * @throws DomainError NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED
   */
  delete(principal: Principal, id: string, expected: number | null): Promise<OidcProviderView> {
    const { workspaceId } = principal;
    assertHasScopes(principal, ['*']);
    return this.unitOfWork.run(async () => {
      await this.providers.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      await this.providers.delete(workspaceId, id);
      this.events.append(new OidcProviderDeleted(id, { name: before.name }));
      return before;
    });
  }

  private async validateSettings(workspaceId: string, settings: OidcProviderSettings): Promise<OidcProviderSettings> {
    const issues: InputIssue[] = [];
    const issuer = urlBlockReason(settings.issuer, this.allowedNetworks) ?? validateIssuer(settings.issuer);
    if (issuer) issues.push({ path: ['issuer'], message: issuer });
    for (const domain of settings.allowedDomains.filter((name) => parseDomain(name) === null))
      issues.push({
        path: ['allowedDomains'],
        message: sentence`"${domain}" is not a domain, such as acme.example`,
      });
    assertNoIssues(issues);
    const defaultRole = await this.roles.resolve(workspaceId, settings.defaultRole, 'defaultRole');
    if (defaultRole === 'owner')
      throw unprocessableFieldError('defaultRole', sentence`${THE_FIELD} cannot be "owner"`, defaultRole);
    return {
      ...settings,
      defaultRole,
      allowedDomains: [...new Set(settings.allowedDomains.map((domain) => parseDomain(domain)!))],
    };
  }
}

/** Settings of a provider as they appear in `changed` of an event. */
function toEventFields({
  name,
  issuer,
  clientId,
  allowedDomains,
  autoProvision,
  defaultRole,
  enabled,
}: OidcProviderSettings): object {
  return {
    name,
    issuer,
    client_id: clientId,
    allowed_domains: allowedDomains,
    auto_provision: autoProvision,
    default_role: defaultRole,
    enabled,
  };
}

function computeChanges(
  before: OidcProviderView,
  after: OidcProviderSettings,
  secret: string | null | undefined,
): Changed {
  const changed = changesBetween(toEventFields(before), toEventFields(after));
  if (secret !== undefined)
    changed.client_secret = [before.hasClientSecret ? 'previous secret' : null, secret === null ? null : 'new secret'];
  return changed;
}
