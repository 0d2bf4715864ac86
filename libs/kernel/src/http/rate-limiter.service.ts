import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { SETTINGS, type Plan, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';
import { contextOf } from './request-state.js';
import { isExcludedFromRateClass, type RateClass } from './rate-class.js';

/** Requests per minute by plan; null means unlimited. */
export const PLAN_LIMITS: Readonly<Record<Plan, number | null>> = {
  starter: 60,
  professional: 300,
  business: 1000,
  unlimited: null,
};

const WINDOW_SECONDS = 60;
/** Value of the headers if there is no limit. */
const UNLIMITED = 2_147_483_647;

/**
 * Limits the requests per workspace and minute to those of its plan, and costly operations to their own limits. The
 * counts are in memory or, if Redis is configured, in Redis, so that several processes share them.
 */
@Injectable()
export class RateLimiter implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly redis: Redis | null;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.redis = settings.redisUrl
      ? new Redis(settings.redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false })
      : null;
    this.redis?.on('error', () => undefined);
  }

  /** Counts the request and sets the rate limit headers. @throws DomainError TOO_MANY_REQUESTS */
  enforce(request: FastifyRequest, reply: FastifyReply, requestedClass: RateClass | undefined): void | Promise<void> {
    const { principal } = contextOf(request);
    const limit = principal ? PLAN_LIMITS[principal.plan] : null;
    const isExempt = requestedClass?.countsOnlyWork && principal && limit === null;
    const rateClass = isExempt ? undefined : requestedClass;
    if (rateClass === undefined && limit === null) {
      reply
        .header('x-ratelimit-limit', UNLIMITED)
        .header('x-ratelimit-remaining', UNLIMITED)
        .header('x-ratelimit-reset', resetAt(WINDOW_SECONDS * 1000));
      return;
    }
    return this.enforceAll(request, reply, limit, rateClass);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.redis?.quit().catch(() => undefined);
  }

  private async enforceAll(
    request: FastifyRequest,
    reply: FastifyReply,
    limit: number | null,
    rateClass: RateClass | undefined,
  ): Promise<void> {
    const subject = contextOf(request).principal?.workspaceId ?? request.ip;
    if (limit !== null) await this.consume(reply, `plan${limit}`, limit, subject);
    if (rateClass === undefined) return;
    const { name, requestsPerMinute, countsOnlyWork } = rateClass;
    await this.consume(reply, name, requestsPerMinute, subject);
    if (!countsOnlyWork) return;
    reply.raw.once('finish', () => {
      if (reply.statusCode < 400 && !isExcludedFromRateClass(request)) return;
      this.limiter(name, requestsPerMinute)
        .reward(subject, 1)
        .catch(() => undefined);
    });
  }

  private async consume(reply: FastifyReply, name: string, points: number, subject: string): Promise<void> {
    try {
      const result = await this.limiter(name, points).consume(subject);
      writeHeaders(reply, points, result.remainingPoints, result.msBeforeNext);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      writeHeaders(reply, points, 0, rejection.msBeforeNext);
      const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
      throw new DomainError(
        'TOO_MANY_REQUESTS',
        `Rate limit of ${points} requests per minute exceeded; retry in ${seconds} s`,
        { limit: points, class: name },
        seconds,
      );
    }
  }

  private limiter(name: string, points: number): RateLimiterAbstract {
    const existing = this.limiters.get(name);
    if (existing) return existing;
    const memory = new RateLimiterMemory({ keyPrefix: `parley:rate:${name}`, points, duration: WINDOW_SECONDS });
    const limiter = this.redis
      ? new RateLimiterRedis({
          storeClient: this.redis,
          keyPrefix: `parley:rate:${name}`,
          points,
          duration: WINDOW_SECONDS,
          insuranceLimiter: memory,
        })
      : memory;
    this.limiters.set(name, limiter);
    return limiter;
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
