import { eventually } from '@parley/kernel/testing';
import { createMember, type Member } from '../factories/member.js';
import { getData, registerWorkspace, signIn, type Client, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse, User } from '../support/wire.js';

type ShownUser = User & { readonly availability_setting: string; readonly auto_offline: boolean };

const SWEEP_INTERVAL_SECONDS = { timeoutMs: 25_000 };

let workspace: Workspace;
let ben: Member;

beforeEach(async () => {
  workspace = await registerWorkspace();
  ben = await createMember(workspace);
});

async function getUser(): Promise<ShownUser> {
  return getData(await workspace.client.get<ItemResponse<ShownUser>>(`/v1/users/${ben.userId}`));
}

async function changes(): Promise<unknown[]> {
  const events = await listEvents(workspace.client);
  return events
    .filter(({ type, subject_id }) => type === 'user.availability_changed' && subject_id === ben.userId)
    .map(({ data }) => (data.changed as { availability: unknown }).availability);
}

/** Waits until all earlier requests of the member are recorded, which takes up to five seconds. */
async function waitForRecordedUses(): Promise<void> {
  const sentAt = new Date();
  await ben.client.get('/v1/me');
  await eventually(async () => {
    const sessions = await runSql('select last_used_at from teams.sessions where user_id = $1', [ben.userId]);
    return sessions.some((session) => new Date(session.last_used_at as string) >= sentAt);
  }, SWEEP_INTERVAL_SECONDS);
}

/** Lets the member have sent the last request `seconds` ago. */
async function idle(seconds: number): Promise<void> {
  await waitForRecordedUses();
  await runSql('update teams.memberships set last_seen_at = now() - make_interval(secs => $2) where user_id = $1', [
    ben.userId,
    seconds,
  ]);
}

async function goAway(): Promise<void> {
  await idle(121);
  await eventually(async () => (await getUser()).availability === 'offline', SWEEP_INTERVAL_SECONDS);
}

function setOwnAvailability(body: object, client: Client = ben.client): Promise<unknown> {
  return client.patch('/v1/me', body);
}

describe('presence of a member', () => {
  it('should change to offline once when away and back with the next request', async () => {
    await setOwnAvailability({ availability: 'busy' });
    await goAway();
    expect(await getUser()).toMatchObject({
      availability: 'offline',
      availability_setting: 'busy',
      auto_offline: true,
    });
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { availability: 'offline' })).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([ben.userId]);
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { availability: 'online,busy' })).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([workspace.userId]);
    expect(await changes()).toEqual([
      ['online', 'busy'],
      ['busy', 'offline'],
    ]);
    await ben.client.get('/v1/me');
    await eventually(async () => expect((await getUser()).availability).toBe('busy'), SWEEP_INTERVAL_SECONDS);
    expect(await changes()).toEqual([
      ['online', 'busy'],
      ['busy', 'offline'],
      ['offline', 'busy'],
    ]);
  }, 60_000);

  it('should be restored at once by signing in and by setting the availability', async () => {
    await goAway();
    await signIn(ben);
    expect((await getUser()).availability).toBe('online');
    await goAway();
    await setOwnAvailability({ availability: 'busy' });
    expect((await getUser()).availability).toBe('busy');
    expect(await changes()).toEqual([
      ['online', 'offline'],
      ['offline', 'online'],
      ['online', 'offline'],
      ['offline', 'busy'],
    ]);
  }, 60_000);

  it('should not change the availability of a member with auto_offline false', async () => {
    await setOwnAvailability({ auto_offline: false });
    await idle(121);
    await eventually(async () => {
      const [row] = await runSql('select present from teams.memberships where user_id = $1', [ben.userId]);
      return row!.present === false;
    }, SWEEP_INTERVAL_SECONDS);
    expect(await getUser()).toMatchObject({ availability: 'online', auto_offline: false });
    expect(await changes()).toEqual([]);
    await workspace.client.patch(`/v1/users/${ben.userId}`, { auto_offline: true });
    expect(await changes()).toEqual([['online', 'offline']]);
  }, 60_000);
});

it('should not change when an admin sets the availability', async () => {
  await workspace.client.patch(`/v1/users/${ben.userId}`, { availability: 'offline' });
  expect(await getUser()).toMatchObject({ availability: 'offline', availability_setting: 'offline' });
  expect(await changes()).toEqual([['online', 'offline']]);
});
