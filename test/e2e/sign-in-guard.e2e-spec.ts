import { randomUUID } from 'node:crypto';
import { Client, getError, registerWorkspace, type ApiResponse } from '../support/client.js';
import { withDatabase } from '../support/database.js';

const WRONG = 'not the password';

function login(email: string, password: string, client = new Client()): Promise<ApiResponse<unknown>> {
  return client.post('/v1/auth/login', { email, password });
}

async function guess(email: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) statuses.push((await login(email, WRONG)).status);
  return statuses;
}

/** Lets the waiting of everybody who is locked out come to its end. */
async function expireBlock(email: string): Promise<void> {
  const { rowCount } = await withDatabase((database) =>
    database.query(
      `update teams.sign_in_tries set locked_until = now() where locked_until is not null and key = 'account:' || rtrim(translate(encode(sha256($1::bytea), 'base64'), '+/', '-_'), '=')`,
      [email],
    ),
  );
  expect(rowCount).toBe(1);
}

describe('guessing', () => {
  it('should have to wait after five wrong tries, also with the right password and from elsewhere', async () => {
    const { email, password } = await registerWorkspace();
    expect(await guess(email, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    const rejected = await login(email.toUpperCase(), password);
    expect(getError(rejected)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(10);
    expect(Number(rejected.headers.get('retry-after'))).toBeLessThanOrEqual(15);
  });

  it('should have to wait twice as long after each further wrong try', async () => {
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

  it('should look the same for an account that there is not', async () => {
    const existing = (await registerWorkspace()).email;
    const unknown = `nobody-${randomUUID()}@example.com`;
    expect(await guess(unknown, 7)).toEqual(await guess(existing, 7));
    const [item, other] = [getError(await login(unknown, WRONG)), getError(await login(existing, WRONG))];
    expect(item.message.replace(/\d+/, 'n')).toBe(other.message.replace(/\d+/, 'n'));
  });

  it('should be forgotten by a success', async () => {
    const { email, password } = await registerWorkspace();
    await guess(email, 4);
    expect((await login(email, password)).status).toBe(200);
    expect(await guess(email, 5)).toEqual([401, 401, 401, 401, 401]);
  });

  it('should get no further by many tries at once', async () => {
    const { email } = await registerWorkspace();
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => login(email, WRONG)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('should be counted by address too, whoever else signs in from it', async () => {
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
