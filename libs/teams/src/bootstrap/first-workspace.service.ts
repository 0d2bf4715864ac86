import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { hashPassword } from '../auth/passwords.js';
import { WorkspacesRepository } from '../workspaces/workspaces.repository.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';

/** What the first admin signs in with. */
export interface FirstCredentials {
  readonly email: string;
  readonly password: string;
  readonly api_key: string;
}

/** Makes the first workspace of an installation, so that there is something to sign in to. */
@Injectable()
export class FirstWorkspaceService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesService,
    private readonly workspacesRepository: WorkspacesRepository,
    private readonly keys: ApiKeysService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Where the credentials are kept, for the operator's eyes only (mode 600). */
  get credentialsFile(): string {
    return join(this.settings.home, 'credentials.json');
  }

  /** Makes the workspace, its owner and their key when there is no workspace yet, and gives the credentials; else null. */
  async createIfMissing(): Promise<FirstCredentials | null> {
    if (await this.workspacesRepository.existsAny()) return null;
    const { adminEmail: email } = this.settings;
    const password = this.settings.adminPassword ?? randomBytes(12).toString('base64url');
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async () => {
      await this.workspacesRepository.lockFirst();
      if (await this.workspacesRepository.existsAny()) return null;
      const { workspaceId, userId } = await this.workspaces.create('Parley', { email, name: 'Admin', passwordHash });
      const { key } = await this.keys.createForOwner(workspaceId, userId, this.settings.apiKey);
      const credentials = { email, password, api_key: key };
      // Before the commit: a workspace whose credentials nobody knows would be worse than a file without its workspace.
      await this.writeCredentials(credentials);
      return credentials;
    });
  }

  /** The credentials of the first start, where this machine has them. */
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
