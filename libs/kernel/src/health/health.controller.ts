import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Operation } from '../http/operation.js';
import { HealthDto, ReadinessDto } from './health.dto.js';
import { HealthService } from './health.service.js';
import { assertMetricsAllowed } from './metrics-access.js';
import { MetricsService } from './metrics.service.js';

/** Endpoints for supervisors, load balancers and Prometheus. */
@ApiTags('Operations')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly metrics: MetricsService,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'metricsToken'>,
  ) {}

  @Get('healthz')
  @Operation({ summary: 'Check liveness', access: 'public', response: { raw: HealthDto } })
  alive(): HealthDto {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Operation({
    summary: 'Check readiness',
    description: 'Sends a query to Postgres. Returns 503 if Postgres is unavailable or the process is shutting down.',
    access: 'public',
    response: { raw: ReadinessDto },
    errors: ['UNAVAILABLE'],
  })
  ready(): Promise<ReadinessDto> {
    return this.health.readiness();
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Operation({
    summary: 'Get Prometheus metrics',
    description:
      'Requires the bearer token of the setting `PARLEY_METRICS_TOKEN`. If it is not set, only requests from the ' +
      'machine of the server are allowed.',
    access: 'public',
    response: { media: 'text/plain', description: 'Metrics in the Prometheus text format.' },
    errors: ['FORBIDDEN'],
  })
  prometheus(@Req() request: FastifyRequest): Promise<string> {
    assertMetricsAllowed(request, this.settings.metricsToken);
    return this.metrics.render();
  }
}
