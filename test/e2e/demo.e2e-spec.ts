import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/demo.mjs');

describe('npm run demo', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await registerWorkspace();
  });

  async function runDemo(key: string): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, '--url', serverUrl(), '--key', key]);
    return stdout;
  }

  it('should print the effects of the rule and the received webhooks, also the second time', async () => {
    for (let time = 0; time < 2; time += 1) {
      const output = await runDemo(workspace.client.credential!);
      expect(output).toMatch(/created #\d+; the rule succeeded/);
      expect(output).toMatch(/tags {6}billing\n {2}team {6}Billing\n {2}priority {2}high/);
      expect(output).toMatch(/note {6}Invoices: Hello John Doe/);
      expect(output).toMatch(/conversation\.created +signature valid/);
      expect(output).toMatch(/message\.created +signature valid/);
      expect(output).not.toContain('INVALID');
    }
  });

  it('should delete its rule and its webhook', async () => {
    for (const path of ['/v1/automations', '/v1/webhooks'])
      expect((await workspace.client.get<{ total: number }>(path)).body.total).toBe(0);
  });

  it('should name the problem when the key is not valid', async () => {
    await expect(runDemo('sk_live_0000000000000000')).rejects.toThrow(/GET \/v1\/me: 401/);
  });
});
