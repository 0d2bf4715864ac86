import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Clock } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { badRequestError, DomainError, unprocessableError } from '../errors/domain-error.js';
import { HAS_SECRETS } from './operation.js';
import { ResponseSealingService } from './response-sealing.service.js';
import { canReplay, toStoredAccess } from './idempotency-access.js';
import { IdempotencyRepository, type IdempotentCall, type StoredResponse } from './idempotency.repository.js';
import { contractOf } from './contract.js';
import { contextOf } from './request-state.js';
import { rejectUnusedInput, ACCEPTED_INPUT, type AcceptedInput } from './accepted-input.js';
import { deleteUploads, MAX_UPLOAD_BYTES, readMultipart, uploadsOf } from './uploads.js';

const RETENTION_HOURS = 24;

/**
 * Reads multipart bodies and implements `Idempotency-Key`. Applied only to write operations, because reads need
 * neither.
 */
@Injectable()
export class RequestInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyRepository,
    private readonly sealing: ResponseSealingService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const multipart = request.isMultipart?.() === true;
    const key = request.headers['idempotency-key'];
    if (!multipart && key === undefined) return next.handle();
    const handler = execution.getHandler();
    const acceptedInput = this.reflector.get<AcceptedInput | undefined>(ACCEPTED_INPUT, handler);
    const maxFileBytes = this.reflector.get<number | undefined>(MAX_UPLOAD_BYTES, handler);
    const hasSecrets = this.reflector.get<boolean | undefined>(HAS_SECRETS, handler) ?? false;
    const run = (): Promise<unknown> =>
      key === undefined ? lastValueFrom(next.handle()) : this.runOnce(request, reply, next, key, hasSecrets);
    return from(this.handle(request, run, multipart && { maxFileBytes }, acceptedInput));
  }

  private async handle(
    request: FastifyRequest,
    run: () => Promise<unknown>,
    multipart: { readonly maxFileBytes: number | undefined } | false,
    acceptedInput: AcceptedInput | undefined,
  ): Promise<unknown> {
    try {
      if (multipart) {
        await readMultipart(request, multipart.maxFileBytes);
        if (contractOf(request).unknownFields === 'reject') rejectUnusedInput(request, acceptedInput);
      }
      return await run();
    } finally {
      await deleteUploads(request);
    }
  }

  private async runOnce(
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
    key: string | string[],
    hasSecrets: boolean,
  ): Promise<unknown> {
    const call = callKey(request, key);
    const { principal } = contextOf(request);
    // Without a credential there is no caller whose response could be stored.
    if (!call || !principal) return lastValueFrom(next.handle());
    const bodyHash = this.sealing.hash(describeBody(request));
    return this.unitOfWork.run(async () => {
      if (!(await this.idempotency.tryLock(call)))
        throw new DomainError('CONFLICT', 'A request with this Idempotency-Key is still running; retry later', {}, 1);
      const now = this.clock.now();
      const stored = await this.idempotency.find(call, new Date(now.getTime() - RETENTION_HOURS * 3_600_000));
      if (stored) {
        assertSameBody(stored, bodyHash);
        // The access is reduced at once, so a response with objects that the caller no longer sees is not repeated.
        if (stored.access && !canReplay(principal, stored.access)) throw accessReducedError();
        return this.replay(call, stored, reply);
      }
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const text = body === undefined ? null : JSON.stringify(body);
      const response = {
        bodyHash,
        status: reply.statusCode,
        headers: storedHeaders(reply),
        body: hasSecrets && text !== null ? this.sealing.seal(text, call) : text,
        sealed: hasSecrets && text !== null,
        access: toStoredAccess(principal),
      };
      await this.idempotency.save(call, response, now);
      return body;
    });
  }

  private replay(call: IdempotentCall, stored: StoredResponse, reply: FastifyReply): unknown {
    reply.status(stored.status).header('idempotency-replayed', 'true');
    for (const [name, value] of Object.entries(stored.headers)) reply.header(name, value);
    if (stored.body === null) return undefined;
    return JSON.parse(stored.sealed ? this.sealing.open(stored.body, call) : stored.body) as unknown;
  }
}

function callKey(request: FastifyRequest, key: string | string[]): IdempotentCall | null {
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw badRequestError({ 'Idempotency-Key': ['Idempotency-Key must be 1 to 255 visible ASCII characters'] });
  }
  const { principal } = contextOf(request);
  if (!principal) return null;
  const route = `${request.method} ${request.url.split('?')[0]!}`;
  return { workspaceId: principal.workspaceId, credentialId: principal.credentialId, route, key };
}

function assertSameBody(stored: StoredResponse, bodyHash: string): void {
  if (stored.bodyHash !== bodyHash)
    throw unprocessableError('This Idempotency-Key was used for a request with another body; use a new key');
}

function accessReducedError(): DomainError {
  return new DomainError(
    'FORBIDDEN',
    'The request was processed before, but its response is no longer available: your access has been reduced since',
  );
}

/** Everything that must be equal in a repeated request. */
function describeBody(request: FastifyRequest): string {
  const files = uploadsOf(request).map(({ field, filename, sha256 }) => [field, filename, sha256]);
  const query = request.url.split('?')[1] ?? '';
  return JSON.stringify([request.body ?? null, query, files], sortProperties);
}

/** The order of properties has no meaning in JSON. */
function sortProperties(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function storedHeaders(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  const location = reply.getHeader('location');
  if (typeof location === 'string') headers.location = location;
  return headers;
}
