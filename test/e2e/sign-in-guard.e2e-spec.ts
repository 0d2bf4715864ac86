import { randomUUID } from 'node:crypto';
import { createMember, invite } from '../factories/member.js';
import { Client, getError, registerWorkspace, type ApiResponse } from '../support/client.js';
import { runSql, withDatabase } from '../support/database.js';

const WRONG = 'not the password';

function login(email: string, password: string, client = new Client()): Promise<ApiResponse<unknown>> {
  return client.post('/v1/auth/login', { email, password });
}

async function guess(email: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) statuses.push((await login(email, WRONG)).status);
  return statuses;
}

/** Ends the current lock of an account. */
async function expireBlock(email: string): Promise<void> {
  const { rowCount } = await withDatabase((database) =>
    database.query(
      `update teams.sign_in_attempts set locked_until = now() where locked_until is not null
         and key = 'account:' || rtrim(translate(encode(sha256($1::bytea), 'base64'), '+/', '-_'), '=')`,
      [email],
    ),
  );
  expect(rowCount).toBe(1);
}

describe('failed sign-in attempts', () => {
  it('should be locked after five failed attempts, also with the correct password', async () => {
    const { email, password } = await registerWorkspace();
    expect(await guess(email, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    const rejected = await login(email.toUpperCase(), password);
    expect(getError(rejected)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(10);
    expect(Number(rejected.headers.get('retry-after'))).toBeLessThanOrEqual(15);
  });

  it('should be locked twice as long after each further failed attempt', async () => {
    const { email } = await registerWorkspace();
    await guess(email, 5);
    const retryAfters: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await expireBlock(email);
      expect((await login(email, WRONG)).status).toBe(401);
      retryAfters.push(Number((await login(email, WRONG)).headers.get('retry-after')));
    }
    expect(retryAfters.map((seconds) => Math.round(seconds / 30))).toEqual([1, 2, 4]);
  });

  it('should return the same for an unknown account', async () => {
    const existing = (await registerWorkspace()).email;
    const unknown = `nobody-${randomUUID()}@example.com`;
    expect(await guess(unknown, 7)).toEqual(await guess(existing, 7));
    const [first, other] = [getError(await login(unknown, WRONG)), getError(await login(existing, WRONG))];
    expect(first.message.replace(/\d+/, 'n')).toBe(other.message.replace(/\d+/, 'n'));
  });

  it('should be reset by a successful sign-in', async () => {
    const { email, password } = await registerWorkspace();
    await guess(email, 4);
    expect((await login(email, password)).status).toBe(200);
    expect(await guess(email, 5)).toEqual([401, 401, 401, 401, 401]);
  });

  it('should be limited for concurrent attempts too', async () => {
    const { email } = await registerWorkspace();
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => login(email, WRONG)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('should not lock out the owner at an address from which they signed in before', async () => {
    const { email, password } = await registerWorkspace();
    const home = new Client();
    expect((await login(email, password, home)).status).toBe(200);
    expect(await guess(email, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await login(email, password, home)).status).toBe(200);
    expect((await login(email, password)).status).toBe(429);
  });

  it('should count attempts at a known address on its own', async () => {
    const { email, password } = await registerWorkspace();
    const home = new Client();
    expect((await login(email, password, home)).status).toBe(200);
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await login(email, WRONG, home)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await login(email, password)).status).toBe(200);
  });

  it('should be limited at an address that only another account with the e-mail knows', async () => {
    const { email } = await registerWorkspace();
    const other = await registerWorkspace();
    const local = await createMember(other);
    await runSql('update teams.users set email = $1 where id = $2', [email, local.userId]);
    const client = new Client();
    const body = { email, password: local.password, workspace_id: other.id };
    expect((await client.post('/v1/auth/login', body)).status).toBe(200);
    expect(await guess(email, 5)).toEqual([401, 401, 401, 401, 401]);
    expect((await login(email, WRONG, client)).status).toBe(429);
  });

  it('should not lock out a user who joins a workspace from a known address', async () => {
    const owner = await registerWorkspace();
    const home = new Client();
    expect((await login(owner.email, owner.password, home)).status).toBe(200);
    const { invitation } = await invite((await registerWorkspace()).client, { email: owner.email });
    const accept = (client: Client, password: string): Promise<ApiResponse<unknown>> =>
      client.post('/v1/auth/invitations/accept', { token: invitation.token, password });
    for (let index = 0; index < 5; index += 1) await accept(new Client(), WRONG);
    expect((await accept(new Client(), owner.password)).status).toBe(429);
    expect((await accept(home, owner.password)).status).toBe(200);
  });

  it('should be limited per address too, also when another account signs in from it', async () => {
    const client = new Client();
    const { email, password } = await registerWorkspace();
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) {
      statuses.push((await login(`nobody-${randomUUID()}@example.com`, WRONG, client)).status);
      if (index === 10) expect((await login(email, password, client)).status).toBe(200);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    expect((await login(email, password)).status).toBe(200);
  });
});
