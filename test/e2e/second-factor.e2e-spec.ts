import { generate } from 'otplib';
import { joinWorkspace, createMember, type Member } from '../factories/member.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function codeOf(secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps });
}

function login(body: object = {}): Promise<ApiResponse<unknown>> {
  return new Client().post('/v1/auth/login', { email: workspace.email, password: workspace.password, ...body });
}

async function startEnrollment(): Promise<{ secret: string; url: string }> {
  return getData(
    await workspace.client.post<ItemResponse<{ secret: string; url: string }>>('/v1/auth/totp', {
      password: workspace.password,
    }),
  );
}

function confirm(totp_code: string): Promise<ApiResponse<ItemResponse<{ recovery_codes: string[] }>>> {
  return workspace.client.post('/v1/auth/totp/confirm', { totp_code });
}

/** Enables the second factor with the code of the previous step, so that the current and later codes are unused. */
async function enable(): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await startEnrollment();
  return { secret, codes: getData(await confirm(await codeOf(secret, -1))).recovery_codes };
}

function disable(body: object): Promise<ApiResponse<unknown>> {
  return workspace.client.send('DELETE', '/v1/auth/totp', { body });
}

async function isEnabled(): Promise<boolean> {
  return getData(await workspace.client.get<ItemResponse<{ second_factor_enabled: boolean }>>('/v1/me'))
    .second_factor_enabled;
}

describe('second factor enrollment', () => {
  it('should require no code until it is confirmed', async () => {
    const { secret, url } = await startEnrollment();
    expect(new URL(url).searchParams.get('secret')).toBe(secret);
    expect([(await login()).status, await isEnabled()]).toEqual([200, false]);
    const codes = getData(await confirm(await codeOf(secret))).recovery_codes;
    expect([codes.length, await isEnabled()]).toEqual([10, true]);
    const events = await listEvents(workspace.client);
    expect(events.filter(({ type }) => type === 'security.second_factor_enabled')).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  it('should require the password and a correct code', async () => {
    expect(getError(await workspace.client.post('/v1/auth/totp', { password: 'not the password' }))).toMatchObject({
      status: 400,
      details: { password: ['password is not your current password'] },
    });
    expect(getError(await confirm('123456')).status).toBe(422);
    const { secret } = await startEnrollment();
    const [validCode, invalidCode] = [
      await codeOf(secret),
      String((Number(await codeOf(secret)) + 1) % 1_000_000).padStart(6, '0'),
    ];
    expect(getError(await confirm(invalidCode))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    expect(getError(await confirm('12345')).details).toEqual({ totp_code: ['totp_code must be six digits'] });
    expect((await confirm(validCode)).status).toBe(200);
  });

  it('should replace an unconfirmed secret but not a confirmed one', async () => {
    const [first, second] = [await startEnrollment(), await startEnrollment()];
    expect(getError(await confirm(await codeOf(first.secret))).status).toBe(401);
    expect((await confirm(await codeOf(second.secret))).status).toBe(200);
    expect(getError(await workspace.client.post('/v1/auth/totp', { password: workspace.password }))).toMatchObject({
      status: 409,
      code: 'CONFLICT',
    });
    expect(getError(await confirm(await codeOf(second.secret, 1)))).toMatchObject({ status: 409, code: 'CONFLICT' });
  });

  it('should store neither the secret nor the recovery codes in plain text', async () => {
    const { secret, codes } = await enable();
    const { rows } = await withDatabase((database) =>
      database.query('select * from teams.second_factors where user_id = $1', [workspace.userId]),
    );
    const stored = JSON.stringify(rows);
    for (const text of [secret, ...codes]) expect(stored).not.toContain(text);
  });

  it('should return 422 for a service key', async () => {
    expect(
      getError(await (await createApiKey(workspace)).client.post('/v1/auth/totp', { password: workspace.password }))
        .status,
    ).toBe(422);
  });
});

describe('sign-in with a second factor', () => {
  it('should report a missing code only when the password is correct', async () => {
    await enable();
    expect(getError(await login())).toMatchObject({
      status: 401,
      code: 'UNAUTHORIZED',
      details: { second_factor_required: true },
    });
    expect(getError(await login({ password: 'not the password' })).details).toEqual({});
  });

  it('should accept each code once', async () => {
    const { secret } = await enable();
    const code = await codeOf(secret);
    expect((await login({ totp_code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(200);
    expect(getError(await login({ totp_code: code }))).toMatchObject({
      status: 401,
      details: { second_factor_required: true },
    });
    expect((await login({ totp_code: await codeOf(secret, 1) })).status).toBe(200);
    expect(getError(await login({ totp_code: code })).status).toBe(401);
  });

  it('should accept only one of two concurrent sign-ins with the same code', async () => {
    const { secret, codes } = await enable();
    for (const proof of [{ totp_code: await codeOf(secret) }, { recovery_code: codes[0] }]) {
      const statuses = (await Promise.all([login(proof), login(proof)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 401]);
    }
  });

  it('should accept each recovery code once, in any case and with or without hyphens', async () => {
    const { codes } = await enable();
    expect((await login({ recovery_code: codes[3]!.toUpperCase().replaceAll('-', ' ') })).status).toBe(200);
    expect(getError(await login({ recovery_code: codes[3] })).status).toBe(401);
    expect((await login({ recovery_code: codes[4] })).status).toBe(200);
    expect(getError(await login({ recovery_code: codes[5], totp_code: '123456' })).details).toHaveProperty(
      'recovery_code',
    );
  });

  it('should reject recovery codes of another user', async () => {
    const { codes } = await enable();
    workspace = await registerWorkspace();
    await enable();
    expect(getError(await login({ recovery_code: codes[0] })).status).toBe(401);
  });

  it('should count wrong codes but not missing ones as failed attempts', async () => {
    const { secret } = await enable();
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1)
      statuses.push((await login({ recovery_code: 'wrong' })).status, (await login()).status);
    expect(statuses.every((status) => status === 401)).toBe(true);
    expect((await login({ recovery_code: 'wrong' })).status).toBe(401);
    expect(getError(await login({ totp_code: await codeOf(secret) }))).toMatchObject({
      status: 429,
      code: 'TOO_MANY_REQUESTS',
    });
  });
});

describe('POST /v1/auth/totp/recovery-codes', () => {
  const renew = (body: object = {}): Promise<ApiResponse<ItemResponse<{ recovery_codes: string[] }>>> =>
    workspace.client.post('/v1/auth/totp/recovery-codes', { password: workspace.password, ...body });

  it('should replace the recovery codes when the password and a code are correct', async () => {
    const { secret, codes } = await enable();
    const newCodes = getData(await renew({ totp_code: await codeOf(secret) })).recovery_codes;
    expect(newCodes).toHaveLength(10);
    expect([
      (await login({ recovery_code: codes[0] })).status,
      (await login({ recovery_code: newCodes[0] })).status,
    ]).toEqual([401, 200]);
    expect(getData(await renew({ recovery_code: newCodes[1] })).recovery_codes).not.toContain(newCodes[2]);
    const events = await listEvents(workspace.client);
    expect(events.filter(({ type }) => type === 'security.recovery_codes_renewed')).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain(newCodes[2]);
  });

  it('should reject a wrong password or code and keep the recovery codes', async () => {
    const { codes } = await enable();
    expect(getError(await renew({ password: 'not the password', recovery_code: codes[0] }))).toMatchObject({
      status: 400,
      details: { password: ['password is not your current password'] },
    });
    expect(getError(await renew({ recovery_code: 'wrong' })).status).toBe(401);
    expect(getError(await renew()).details).toEqual({ second_factor_required: true });
    expect((await login({ recovery_code: codes[0] })).status).toBe(200);
  });

  it('should return 422 without a second factor', async () => {
    expect(getError(await renew({ recovery_code: 'wrong' })).status).toBe(422);
  });
});

describe('DELETE /v1/users/{id}/totp', () => {
  /** Enables the second factor directly in the database, because the codes do not matter here. */
  async function withSecondFactor(role = 'agent'): Promise<Member> {
    const member = await createMember(workspace, role);
    await withDatabase((database) =>
      database.query(
        `insert into teams.second_factors (user_id, sealed_secret, enabled_at) values ($1, 'sealed', now())`,
        [member.userId],
      ),
    );
    return member;
  }

  const canSignIn = async ({ email, password }: Member): Promise<number> =>
    (await new Client().post('/v1/auth/login', { email, password })).status;
  const reset = (client: Client, id: string): Promise<ApiResponse<unknown>> => client.delete(`/v1/users/${id}/totp`);

  it('should allow sign-in with only the password, end sessions and emit an event', async () => {
    const member = await withSecondFactor();
    expect(await canSignIn(member)).toBe(401);
    expect((await reset(workspace.client, member.userId)).status).toBe(204);
    expect([await canSignIn(member), (await member.client.get('/v1/me')).status]).toEqual([200, 401]);
    expect(
      (await listEvents(workspace.client)).filter(
        ({ type, subject_id }) => type === 'security.second_factor_reset' && subject_id === member.userId,
      ),
    ).toHaveLength(1);
    expect(getError(await reset(workspace.client, member.userId)).status).toBe(422);
  });

  it('should require another owner or admin who does not rank below the user', async () => {
    const [admin, agent, owner] = [
      await createMember(workspace, 'admin'),
      await withSecondFactor(),
      await withSecondFactor('owner'),
    ];
    expect(getError(await reset(admin.client, owner.userId))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(getError(await reset((await createMember(workspace)).client, agent.userId)).details).toEqual({
      required_scope: 'users:write',
    });
    expect(getError(await reset((await createApiKey(workspace)).client, agent.userId)).status).toBe(403);
    expect(getError(await reset(owner.client, owner.userId)).status).toBe(422);
    expect((await reset(admin.client, agent.userId)).status).toBe(204);
  });

  it('should reject members of several workspaces', async () => {
    const member = await withSecondFactor();
    await joinWorkspace(await registerWorkspace(), member.userId);
    expect(getError(await reset(workspace.client, member.userId)).status).toBe(422);
    expect(await canSignIn(member)).toBe(401);
  });

  it('should return 404 for a user of another workspace', async () => {
    const member = await withSecondFactor();
    expect(getError(await reset((await registerWorkspace()).client, member.userId)).status).toBe(404);
    expect(await canSignIn(member)).toBe(401);
  });
});

describe('DELETE /v1/auth/totp', () => {
  it('should require a code and disable the second factor', async () => {
    const { secret } = await enable();
    expect(getError(await disable({})).details).toEqual({ second_factor_required: true });
    expect(getError(await disable({ recovery_code: 'wrong' })).status).toBe(401);
    expect((await disable({ totp_code: await codeOf(secret) })).status).toBe(204);
    expect([(await login()).status, await isEnabled()]).toEqual([200, false]);
    expect(
      (await listEvents(workspace.client)).filter(({ type }) => type === 'security.second_factor_disabled'),
    ).toHaveLength(1);
    expect(getError(await disable({ totp_code: '123456' })).status).toBe(422);
  });

  it('should accept a recovery code', async () => {
    const { codes } = await enable();
    expect((await disable({ recovery_code: codes[9] })).status).toBe(204);
    expect((await login()).status).toBe(200);
  });
});
