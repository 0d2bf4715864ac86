import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from '../database/database.js';
import { poolOf } from '../database/data-source.js';
import { DeadLettersRepository } from '../events/dead-letters.repository.js';
import { EventsRepository } from '../events/events.repository.js';
import { SubscriptionsRepository } from '../events/subscriptions.repository.js';

/** Collects the Prometheus metrics of the process. */
@Injectable()
export class MetricsService implements OnModuleInit {
  /** Registry to which other kernel services and domains add their metrics. */
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'parley_http_request_duration_seconds',
    help: 'Time from the arrival of a request to its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly pool = new Gauge({
    name: 'parley_database_connections',
    help: 'Connections of the database pool.',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: 'parley_subscriber_lag_events',
    help: 'Positions between a subscriber and the end of the event log.',
    labelNames: ['subscriber'],
    registers: [this.registry],
  });
  private readonly parked = new Gauge({
    name: 'parley_dead_letters',
    help: 'Dead letters that were not redriven.',
    registers: [this.registry],
  });

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly database: Database,
    private readonly log: EventsRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deadLetters: DeadLettersRepository,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
    const adapter = this.host.httpAdapter as { getInstance?: () => FastifyInstance } | undefined;
    const server = adapter?.getInstance?.();
    if (!server?.addHook) return;
    server.addHook('onResponse', (request, reply, done) => {
      this.requests
        .labels(request.method, request.routeOptions.url ?? 'none', String(reply.statusCode))
        .observe(reply.elapsedTime / 1000);
      done();
    });
  }

  /** Renders the metrics in the Prometheus text format. */
  async render(): Promise<string> {
    const pool = poolOf(this.database.dataSource);
    this.pool.labels('idle').set(pool.idleCount);
    this.pool.labels('busy').set(pool.totalCount - pool.idleCount);
    this.pool.labels('waiting').set(pool.waitingCount);
    const horizon = await this.log.horizon();
    for (const { id, position } of await this.subscriptions.listAll())
      this.lag.labels(id).set(Math.max(0, horizon - position));
    this.parked.set(await this.deadLetters.countPending());
    return this.registry.metrics();
  }
}
