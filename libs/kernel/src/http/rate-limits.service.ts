import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { SETTINGS, type Plan, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';
import { contextOf } from './request-state.js';
import { RATE_CLASSES, type RateClass } from './operation.js';

/** Requests a minute by plan; null is no limit. */
export const PLAN_LIMITS: Readonly<Record<Plan, number | null>> = {
  starter: 60,
  professional: 300,
  business: 1000,
  unlimited: null,
};

const WINDOW_SECONDS = 60;
/** What the headers say where there is no limit. */
const BOUNDLESS = 2_147_483_647;

/**
 * Counts requests per workspace and minute against its plan, and costly operations against limits of their own.
 * Counted in memory, or in Redis when it is configured, so that several processes share one count.
 */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly redis: Redis | null;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.redis = settings.redisUrl
      ? new Redis(settings.redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false })
      : null;
    this.redis?.on('error', () => undefined);
  }

  /** Counts the request and says in its headers how many are left. @throws DomainError TOO_MANY_REQUESTS */
  take(request: FastifyRequest, reply: FastifyReply, rateClass: RateClass | undefined): void | Promise<void> {
    const { principal } = contextOf(request);
    const limit = principal ? PLAN_LIMITS[principal.plan] : null;
    if (rateClass === undefined && limit === null) {
      reply
        .header('x-ratelimit-limit', BOUNDLESS)
        .header('x-ratelimit-remaining', BOUNDLESS)
        .header('x-ratelimit-reset', resetAt(WINDOW_SECONDS * 1000));
      return;
    }
    return this.count(reply, principal?.workspaceId ?? request.ip, limit, rateClass);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.redis?.quit().catch(() => undefined);
  }

  private async count(
    reply: FastifyReply,
    who: string,
    limit: number | null,
    rateClass: RateClass | undefined,
  ): Promise<void> {
    if (limit !== null) await this.consume(reply, `plan${limit}`, limit, who);
    if (rateClass !== undefined) await this.consume(reply, rateClass, RATE_CLASSES[rateClass], who);
  }

  private async consume(reply: FastifyReply, name: string, points: number, who: string): Promise<void> {
    try {
      const taken = await this.limiter(name, points).consume(who);
      writeHeaders(reply, points, taken.remainingPoints, taken.msBeforeNext);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      writeHeaders(reply, points, 0, refusal.msBeforeNext);
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new DomainError(
        'TOO_MANY_REQUESTS',
        `Only ${points} of these requests a minute; try again in ${seconds} s`,
        { limit: points, class: name },
        seconds,
      );
    }
  }

  private limiter(name: string, points: number): RateLimiterAbstract {
    const known = this.limiters.get(name);
    if (known) return known;
    const memory = new RateLimiterMemory({ keyPrefix: `parley:rate:${name}`, points, duration: WINDOW_SECONDS });
    const made = this.redis
      ? new RateLimiterRedis({
          storeClient: this.redis,
          keyPrefix: `parley:rate:${name}`,
          points,
          duration: WINDOW_SECONDS,
          insuranceLimiter: memory,
        })
      : memory;
    this.limiters.set(name, made);
    return made;
  }
}

function resetAt(msFromNow: number): number {
  return Math.ceil((Date.now() + msFromNow) / 1000);
}

function writeHeaders(reply: FastifyReply, limit: number, remaining: number, msBeforeNext: number): void {
  reply
    .header('x-ratelimit-limit', limit)
    .header('x-ratelimit-remaining', Math.max(0, remaining))
    .header('x-ratelimit-reset', resetAt(msBeforeNext));
}
