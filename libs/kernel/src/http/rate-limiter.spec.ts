import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventually } from '@parley/kernel/testing';
import type { Plan, Settings } from '../config/settings.js';
import { newId } from '../ids/ids.js';
import { contextOf } from './request-state.js';
import { defineRateClass, excludeFromRateClass } from './rate-class.js';
import { RateLimiter } from './rate-limiter.service.js';

const REDIS = process.env.TEST_REDIS_URL ?? null;
const SKIP_REASON = REDIS ? '' : ' (skipped: TEST_REDIS_URL is not set)';

function limits(redisUrl: string | null): RateLimiter {
  return new RateLimiter({ redisUrl } as Settings);
}

async function sendRequest(
  from: RateLimiter,
  workspaceId: string,
  plan: Plan,
): Promise<{ allowed: boolean; headers: Record<string, unknown> }> {
  const request = { id: 'test', ip: '203.0.113.7' } as FastifyRequest;
  contextOf(request).principal = {
    workspaceId,
    actor: { kind: 'user', id: null },
    userId: null,
    credentialId: newId(),
    role: 'owner',
    scopes: new Set(['*']),
    plan,
  };
  const headers: Record<string, unknown> = {};
  const reply = {
    header: (name: string, value: unknown) => ((headers[name] = value), reply),
  } as unknown as FastifyReply;
  try {
    await from.enforce(request, reply, undefined);
    return { allowed: true, headers };
  } catch (error) {
    expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', details: { limit: 60 } });
    return { allowed: false, headers };
  }
}

async function allowed(limiters: readonly RateLimiter[], workspaceId: string, times: number): Promise<number> {
  let count = 0;
  for (let index = 0; index < times; index += 1)
    count += (await sendRequest(limiters[index % limiters.length]!, workspaceId, 'starter')).allowed ? 1 : 0;
  return count;
}

describe('rate limits', () => {
  it('should allow as many requests as the plan of the workspace', async () => {
    const limiter = limits(null);
    expect(await allowed([limiter], newId(), 65)).toBe(60);
  });

  it('should count the requests of each workspace separately', async () => {
    const limiter = limits(null);
    await allowed([limiter], newId(), 60);
    expect((await sendRequest(limiter, newId(), 'starter')).headers).toMatchObject({
      'x-ratelimit-limit': 60,
      'x-ratelimit-remaining': 59,
    });
  });

  it('should not limit the unlimited plan', async () => {
    const limiter = limits(null);
    const workspace = newId();
    for (let index = 0; index < 100; index += 1)
      expect((await sendRequest(limiter, workspace, 'unlimited')).allowed).toBe(true);
  });

  (REDIS ? it : it.skip)(
    `should share the count between processes when Redis is configured${SKIP_REASON}`,
    async () => {
      const processes = [limits(REDIS), limits(REDIS)];
      try {
        await eventually(async () => {
          const probe = newId();
          await sendRequest(processes[0]!, probe, 'starter');
          return (await sendRequest(processes[1]!, probe, 'starter')).headers['x-ratelimit-remaining'] === 58;
        });
        expect(await allowed(processes, newId(), 65)).toBe(60);
      } finally {
        for (const item of processes) await item.onApplicationShutdown();
      }
    },
  );
});

describe('rate classes that count only work', () => {
  const WORK = defineRateClass('test_work', 2, { countsOnlyWork: true });

  async function send(
    limiter: RateLimiter,
    workspaceId: string,
    plan: Plan,
    status: number,
    isExcluded = false,
  ): Promise<boolean> {
    const request = { id: 'test', ip: '203.0.113.7' } as FastifyRequest;
    contextOf(request).principal = {
      workspaceId,
      actor: { kind: 'user', id: null },
      userId: null,
      credentialId: newId(),
      role: 'owner',
      scopes: new Set(['*']),
      plan,
    };
    const raw = new EventEmitter();
    const reply = { header: () => reply, raw, statusCode: status } as unknown as FastifyReply;
    if (isExcluded) excludeFromRateClass(request);
    try {
      await limiter.enforce(request, reply, WORK);
    } catch {
      reply.statusCode = 429;
    }
    raw.emit('finish');
    await new Promise((resolve) => setImmediate(resolve));
    return reply.statusCode !== 429;
  }

  it('should count only requests that succeed and are not excluded', async () => {
    const [limiter, workspaceId] = [limits(null), newId()];
    const results: boolean[] = [];
    for (const [status, isExcluded] of [
      [202, false],
      [400, false],
      [403, false],
      [202, true],
      [202, false],
      [202, false],
    ] as const)
      results.push(await send(limiter, workspaceId, 'starter', status, isExcluded));
    expect(results).toEqual([true, true, true, true, true, false]);
  });

  it('should allow any number of requests when the plan is unlimited', async () => {
    const [limiter, workspaceId] = [limits(null), newId()];
    for (let index = 0; index < 5; index += 1) expect(await send(limiter, workspaceId, 'unlimited', 202)).toBe(true);
  });
});
