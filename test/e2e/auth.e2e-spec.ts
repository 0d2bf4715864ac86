import { randomBytes } from 'node:crypto';
import { joinWorkspace } from '../factories/member.js';
import { Client, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ItemResponse } from '../support/wire.js';

interface SignedIn {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in_seconds: number;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly workspaces: readonly { readonly id: string }[];
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace('Acme Support');
});

function login(body: object = {}): ReturnType<Client['post']> {
  return new Client().post('/v1/auth/login', { email: workspace.email, password: workspace.password, ...body });
}

async function signIn(): Promise<SignedIn> {
  return getData((await login()) as { status: number; headers: Headers; body: ItemResponse<SignedIn> });
}

async function refresh(token: string): Promise<{ status: number; headers: Headers; body: ItemResponse<SignedIn> }> {
  return new Client().post<ItemResponse<SignedIn>>('/v1/auth/refresh', { refresh_token: token });
}

/** Ends the time during which a replaced refresh token is accepted again. */
function endRefreshGrace(): Promise<unknown> {
  return runSql(`update teams.sessions set rotated_at = rotated_at - interval '11 s' where workspace_id = $1`, [
    workspace.id,
  ]);
}

describe('POST /v1/auth/register', () => {
  it('should create a workspace with its owner and sign the owner in', async () => {
    expect(getData(await workspace.client.get<ItemResponse<object>>('/v1/me'))).toMatchObject({
      workspace: { id: workspace.id, name: 'Acme Support', plan: 'unlimited' },
      type: 'user',
      email: workspace.email,
      status: 'active',
      role: 'owner',
      scopes: ['*'],
    });
    expect((await listEvents(workspace.client)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['user.joined', 'security.login']),
    );
  });

  it('should reject a registered e-mail in any case', async () => {
    const body = {
      workspace_name: 'Again',
      name: 'Sarah',
      email: workspace.email.toUpperCase(),
      password: 'correct horse battery',
    };
    expect(getError(await new Client().post('/v1/auth/register', body))).toMatchObject({
      status: 409,
      code: 'CONFLICT',
    });
  });

  it('should name the rule when the password is the e-mail', async () => {
    const body = {
      workspace_name: 'Same',
      name: 'Sarah',
      email: 'same-as-it@example.com',
      password: 'Same-As-It@example.com',
    };
    expect(getError(await new Client().post('/v1/auth/register', body))).toMatchObject({
      status: 400,
      details: { password: ['password must not be your e-mail address'] },
    });
  });

  it('should reject a short password without repeating it', async () => {
    const rejection = getError(
      await new Client().post('/v1/auth/register', {
        workspace_name: 'Short',
        name: 'Sarah',
        email: 'short@example.com',
        password: 'hunter2',
      }),
    );
    expect(rejection).toMatchObject({ status: 400, details: { password: [expect.any(String)] } });
    expect(JSON.stringify(rejection)).not.toContain('hunter2');
  });
});

describe('POST /v1/auth/login', () => {
  it('should return tokens for the correct e-mail and password', async () => {
    const signedIn = await signIn();
    expect(signedIn).toMatchObject({
      token_type: 'Bearer',
      expires_in_seconds: 900,
      workspace_id: workspace.id,
      user_id: workspace.userId,
      workspaces: [{ id: workspace.id }],
    });
    expect((await new Client(signedIn.access_token).get('/v1/me')).status).toBe(200);
  });

  it('should return the same error for every wrong credential', async () => {
    const other = await registerWorkspace();
    const wrong = [{ password: 'not the password' }, { email: 'nobody@example.com' }, { workspace_id: other.id }];
    const rejections = await Promise.all(wrong.map(async (body) => getError(await login(body))));
    for (const { status, code, message } of rejections)
      expect([status, code, message]).toEqual([401, 'UNAUTHORIZED', rejections[0]!.message]);
  });

  it('should emit an event when the password is wrong', async () => {
    await login({ password: 'not the password' });
    expect(
      (await listEvents(workspace.client)).filter(({ type }) => type === 'security.login_failed').length,
    ).toBeGreaterThan(0);
  });
});

describe('large bodies', () => {
  const wide = Object.fromEntries(Array.from({ length: 80_000 }, (_none, index) => [`k${index}`, 0]));

  it.each([
    ['POST', '/v1/auth/login'],
    ['POST', '/v1/auth/register'],
    ['POST', '/v1/conversations'],
    ['PATCH', '/v1/me'],
    ['POST', '/v1/auth/logout'],
  ])('should be rejected with a short error by %s %s', async (method, path) => {
    const { client } = await registerWorkspace();
    const { status, body } = await client.send(method, path, { body: wide });
    expect(status).toBe(400);
    expect(JSON.stringify(body).length).toBeLessThan(20_000);
  });
});

describe('POST /v1/auth/refresh', () => {
  it('should return new tokens and use up the old one', async () => {
    const first = await signIn();
    const second = getData(await refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second).toMatchObject({ workspace_id: workspace.id, user_id: workspace.userId });
    expect((await new Client(second.access_token).get('/v1/me')).status).toBe(200);
  });

  it('should return the same workspaces as the sign-in', async () => {
    const other = await registerWorkspace('Elsewhere');
    await joinWorkspace(other, workspace.userId);
    const { workspaces, refresh_token: token } = await signIn();
    expect(workspaces.map(({ id }) => id).sort()).toEqual([workspace.id, other.id].sort());
    expect(getData(await refresh(token)).workspaces).toEqual(workspaces);
  });

  it.each([0, 1, 2, 4])(
    'should end the session when the token %i generations before the previous is sent',
    async (age) => {
      const signedIn = [await signIn()];
      for (let generation = 0; generation <= age; generation += 1)
        signedIn.push(getData(await refresh(signedIn.at(-1)!.refresh_token)));
      const { access_token, refresh_token } = signedIn.at(-1)!;
      await endRefreshGrace();
      expect(getError(await refresh(signedIn[0]!.refresh_token)).status).toBe(401);
      expect(getError(await refresh(refresh_token)).status).toBe(401);
      expect(getError(await new Client(access_token).get('/v1/me')).status).toBe(401);
      expect((await workspace.client.get('/v1/me')).status).toBe(200);
      expect(
        (await listEvents(workspace.client)).filter(({ type }) => type === 'security.refresh_token_reused'),
      ).not.toEqual([]);
    },
  );

  it('should end the session when an older token is sent within the grace of a newer one', async () => {
    const first = await signIn();
    const second = getData(await refresh(first.refresh_token));
    const third = getData(await refresh(second.refresh_token));
    expect(getError(await refresh(first.refresh_token)).status).toBe(401);
    expect(getError(await refresh(third.refresh_token)).status).toBe(401);
  });

  it('should keep the session whichever of five concurrent responses a client uses', async () => {
    const { refresh_token: token } = await signIn();
    const responses = (await Promise.all(Array.from({ length: 5 }, () => refresh(token)))).map(getData);
    expect(new Set(responses.map(({ refresh_token }) => refresh_token)).size).toBe(1);
    for (const { access_token } of responses) expect((await new Client(access_token).get('/v1/me')).status).toBe(200);
    await endRefreshGrace();
    expect((await refresh(responses[0]!.refresh_token)).status).toBe(200);
  });

  it('should accept a token from before families existed and recognize its reuse', async () => {
    const { refresh_token: token } = await signIn();
    const old = `rt_${randomBytes(32).toString('base64url')}`;
    await runSql(
      `update teams.sessions set family_hash = null, refresh_hash = encode(sha256($1::bytea), 'hex')
       where refresh_hash = encode(sha256($2::bytea), 'hex')`,
      [old, token],
    );
    const [first, second] = (await Promise.all([refresh(old), refresh(old)])).map(getData);
    expect(second!.refresh_token).toBe(first!.refresh_token);
    await endRefreshGrace();
    expect(getError(await refresh(old)).status).toBe(401);
    expect(getError(await refresh(first!.refresh_token)).status).toBe(401);
  });

  it('should reject an unknown token', async () => {
    expect(getError(await refresh('rt_nobody-has-given-this-out')).status).toBe(401);
  });
});

describe('POST /v1/auth/logout', () => {
  it('should end the session and no other', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const client = new Client(first.access_token);
    expect((await client.post('/v1/auth/logout')).status).toBe(204);
    expect(getError(await client.get('/v1/me')).status).toBe(401);
    expect(getError(await refresh(first.refresh_token)).status).toBe(401);
    expect((await new Client(second.access_token).get('/v1/me')).status).toBe(200);
  });
});
