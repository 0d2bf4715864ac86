import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, SettingsError, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { hashPassword } from '../auth/passwords.js';
import { validatePassword } from '../passwords/password-policy.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';

/** Credentials of the first admin. */
export interface FirstCredentials {
  readonly email: string;
  readonly password: string;
  readonly api_key: string;
}

const WORKSPACE_NAME = 'Parley';

/** @throws SettingsError if the chosen password of the first admin breaks a rule for passwords. */
export function assertAdminPassword({ adminEmail, adminPassword }: Settings): void {
  if (adminPassword === null) return;
  const error = validatePassword(adminPassword, { email: adminEmail, workspaces: [WORKSPACE_NAME] });
  if (error) throw new SettingsError(`PARLEY_ADMIN_PASSWORD ${error}`);
}

/** Creates the first workspace of an installation. */
@Injectable()
export class FirstWorkspaceService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesService,
    private readonly workspacesRepository: WorkspacesRepository,
    private readonly keys: ApiKeysService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** File with the credentials, readable by its owner only (mode 600). */
  get credentialsFile(): string {
    return join(this.settings.home, 'credentials.json');
  }

  /**
   * Creates the workspace, its owner and an API key if there is no workspace yet. Returns the credentials, or null if a
   * workspace exists.
   */
  async createIfMissing(): Promise<FirstCredentials | null> {
    if (await this.workspacesRepository.existsAny()) return null;
    assertAdminPassword(this.settings);
    const { adminEmail: email } = this.settings;
    const password = this.settings.adminPassword ?? randomBytes(12).toString('base64url');
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async () => {
      await this.workspacesRepository.lockFirst();
      if (await this.workspacesRepository.existsAny()) return null;
      const { workspaceId, userId } = await this.workspaces.create(WORKSPACE_NAME, {
        email,
        name: 'Admin',
        passwordHash,
      });
      const { key } = await this.keys.createForOwner(workspaceId, userId, this.settings.apiKey);
      const credentials = { email, password, api_key: key };
      // Written before the commit: a workspace without known credentials is worse than a file without a workspace.
      await this.writeCredentials(credentials);
      return credentials;
    });
  }

  /** Reads the credentials of the first start; null if this machine does not have them. */
  async readCredentials(): Promise<FirstCredentials | null> {
    return readFile(this.credentialsFile, 'utf8').then(
      (text) => JSON.parse(text) as FirstCredentials,
      () => null,
    );
  }

  private async writeCredentials(credentials: FirstCredentials): Promise<void> {
    await mkdir(this.settings.home, { recursive: true });
    const temporaryFile = `${this.credentialsFile}.${process.pid}`;
    await writeFile(temporaryFile, `${JSON.stringify({ url: this.settings.publicUrl, ...credentials }, null, 2)}\n`, {
      mode: 0o600,
    });
    await rename(temporaryFile, this.credentialsFile);
  }
}
