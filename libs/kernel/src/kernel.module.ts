import './kernel.scopes.js';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger as Pino } from 'pino';
import { ActionRegistry } from './automation/action-registry.service.js';
import { AccessControlService } from './auth/access-control.service.js';
import { JwtGuard } from './auth/jwt.guard.js';
import { CredentialCache } from './auth/credential-cache.service.js';
import { JWT_SECRET } from './auth/jwt-secret.js';
import { JwtStrategy } from './auth/jwt.strategy.js';
import { SecretEntity } from './auth/secret.entity.js';
import { SecretsRepository } from './auth/secrets.repository.js';
import { BulkRunner } from './bulk/bulk-runner.service.js';
import { Clock, SystemClock } from './clock/clock.js';
import { SETTINGS, type Settings } from './config/settings.js';
import { DATABASE_URL } from './database/database-url.js';
import { Database } from './database/database.js';
import { createDataSource, dataSourceOptions } from './database/data-source.js';
import { RowSecurityService } from './database/row-security.service.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { DeadLetterEntity } from './events/dead-letter.entity.js';
import { DeadLettersController } from './events/dead-letters.controller.js';
import { DeadLettersRepository } from './events/dead-letters.repository.js';
import { DeadLettersService } from './events/dead-letters.service.js';
import { EventRelayService } from './events/event-relay.service.js';
import { EventEntity } from './events/event.entity.js';
import { EventAccessService } from './events/event-access.service.js';
import { LiveSignalsService } from './events/live-signals.service.js';
import { EventStreamService } from './events/event-stream.service.js';
import { EventTypesController } from './events/event-types.controller.js';
import { EventsController } from './events/events.controller.js';
import { Events } from './events/events.js';
import { ContactEventsReader } from './events/contact-events-reader.js';
import { EventsRepository } from './events/events.repository.js';
import { EventLogService } from './events/event-log.service.js';
import { LogErasureRepository } from './events/log-erasure.repository.js';
import { DEFAULT_RELAY, RELAY_OPTIONS, type RelayOptions } from './events/relay-options.js';
import { HandlerFinder, SubscriberRegistry } from './events/subscriber-registry.js';
import { WorkspaceCacheRegistry } from './events/workspace-cache-registry.service.js';
import { SubscriberRunnerFactory } from './events/subscriber-runner-factory.service.js';
import { SubscriptionEntity } from './events/subscription.entity.js';
import { SubscriptionsRepository } from './events/subscriptions.repository.js';
import { FilesModule } from './files/files.module.js';
import { HealthController } from './health/health.controller.js';
import { HealthService } from './health/health.service.js';
import { MetricsService } from './health/metrics.service.js';
import { ErrorFilter } from './http/error.filter.js';
import { IdempotencyKeyEntity } from './http/idempotency-key.entity.js';
import { IdempotencyRepository } from './http/idempotency.repository.js';
import { WriteInterceptorService } from './http/write-interceptor.service.js';
import { IdempotencyKeyEraser } from './http/idempotency-key-eraser.service.js';
import { RateLimiter } from './http/rate-limiter.service.js';
import { RequestAuthorizationService } from './http/request-authorization.service.js';
import { RequestGuard } from './http/request.guard.js';
import { RequestInterceptor } from './http/request.interceptor.js';
import { ResponseSealingService, STORED_RESPONSE_KEY } from './http/response-sealing.service.js';
import { validationPipe } from './http/validation.js';
import { JobKeyEntity } from './jobs/job-key.entity.js';
import { JobOutboxEntity } from './jobs/job-outbox.entity.js';
import { JobScheduleEntity } from './jobs/job-schedule.entity.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MailerService } from './mail/mailer.service.js';
import { OutboundHttpService } from './net/outbound-http.service.js';
import { ListReader } from './pagination/list-reader.service.js';
import { ReferencesService } from './references/references.service.js';
import { RenderingService } from './rendering/rendering.service.js';
import { TimerRunner } from './timers/timer-runner.service.js';
import { TimerEntity } from './timers/timer.entity.js';
import { Timers } from './timers/timers.js';
import { TimersRepository } from './timers/timers.repository.js';

/** Options of a process. */
export interface KernelOptions {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly logger: Pino;
  readonly clock?: Clock;
  readonly relay?: Partial<RelayOptions>;
}

const SERVICES = [
  Database,
  UnitOfWork,
  RowSecurityService,
  SecretsRepository,
  CredentialCache,
  JwtStrategy,
  JwtGuard,
  AccessControlService,
  RateLimiter,
  RequestAuthorizationService,
  RequestInterceptor,
  ResponseSealingService,
  WriteInterceptorService,
  HandlerFinder,
  SubscriberRegistry,
  SubscriptionsRepository,
  SubscriberRunnerFactory,
  DeadLettersRepository,
  DeadLettersService,
  EventsRepository,
  ContactEventsReader,
  LogErasureRepository,
  Events,
  WorkspaceCacheRegistry,
  EventRelayService,
  EventLogService,
  EventAccessService,
  LiveSignalsService,
  EventStreamService,
  TimersRepository,
  Timers,
  TimerRunner,
  IdempotencyRepository,
  IdempotencyKeyEraser,
  ListReader,
  HealthService,
  MetricsService,
  OutboundHttpService,
  RenderingService,
  MailerService,
  BulkRunner,
  ActionRegistry,
  ReferencesService,
];

/** The kernel, which all domains depend on. One per process. */
@Global()
@Module({})
export class KernelModule {
  /** The kernel for the given settings. A domain must provide `Credentials`, from a global module. */
  static forRoot(options: KernelOptions): DynamicModule {
    const { settings, databaseUrl } = options;
    const relay: RelayOptions = {
      ...DEFAULT_RELAY,
      runSubscribers: settings.work,
      maxTransactions: Math.max(2, Math.floor(settings.poolSize / 3)),
      ...options.relay,
    };
    return {
      module: KernelModule,
      imports: [
        DiscoveryModule,
        PassportModule,
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(databaseUrl, settings.poolSize),
            autoLoadEntities: true,
            retryAttempts: 0,
          }),
          dataSourceFactory: (options) => Promise.resolve(createDataSource(options!)),
        }),
        TypeOrmModule.forFeature([
          DeadLetterEntity,
          EventEntity,
          IdempotencyKeyEntity,
          JobKeyEntity,
          JobOutboxEntity,
          JobScheduleEntity,
          SecretEntity,
          SubscriptionEntity,
          TimerEntity,
        ]),
        JobsModule.forRoot({ settings, databaseUrl }),
        FilesModule.forRoot(settings),
      ],
      controllers: [HealthController, EventsController, EventTypesController, DeadLettersController],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: DATABASE_URL, useValue: databaseUrl },
        { provide: RELAY_OPTIONS, useValue: relay },
        { provide: Clock, useValue: options.clock ?? new SystemClock() },
        {
          provide: JWT_SECRET,
          useFactory: (secrets: SecretsRepository) => secrets.getOrCreate('jwt'),
          inject: [SecretsRepository],
        },
        {
          provide: STORED_RESPONSE_KEY,
          useFactory: async (secrets: SecretsRepository) =>
            Buffer.from(await secrets.getOrCreate('kernel.stored-responses'), 'base64url'),
          inject: [SecretsRepository],
        },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_GUARD, useClass: RequestGuard },
        { provide: APP_PIPE, useFactory: validationPipe, inject: [SETTINGS] },
        ...SERVICES,
      ],
      exports: [SETTINGS, DATABASE_URL, RELAY_OPTIONS, Clock, JWT_SECRET, JobsModule, FilesModule, ...SERVICES],
    };
  }
}
