import { applyDecorators, HttpCode, SetMetadata, UseInterceptors } from '@nestjs/common';
import {
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import { RequireAccess, type Access } from '../auth/access.js';
import { requiredScopes } from '../auth/scopes.js';
import { ERROR_STATUS, type ErrorCode } from '../errors/domain-error.js';
import { DeletionStatusInterceptor } from './deletion-status.interceptor.js';
import { ErrorBodyDto } from './error-body.dto.js';
import { ListMetaDto } from './list-meta.dto.js';
import { FILES_FIELD } from './openapi-shape.js';
import { RecordAcceptedInput } from './accepted-input.js';
import type { RateClass } from './rate-class.js';

type DtoClass = abstract new (...args: any[]) => object;

/** Response of an operation. */
export type ResponseOptions =
  | {
      readonly item: DtoClass;
      readonly status?: 200 | 201 | 202;
      /** True if the response can be 202 instead, when a job continues the work. */
      readonly canBeAccepted?: boolean;
    }
  | { readonly list: DtoClass }
  | { readonly raw: DtoClass; readonly status?: 200 | 201 | 202 }
  | { readonly empty: true }
  /** 204, or 200 with the object if the deletion returns one. */
  | { readonly deletion: DtoClass }
  | { readonly redirect: string }
  | { readonly media: string | Readonly<Record<string, DtoClass | null>>; readonly description: string };

/** Options of {@link Operation}. */
export interface OperationOptions {
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly response: ResponseOptions;
  /** Errors in addition to those of every operation. */
  readonly errors?: readonly ErrorCode[];
  /** Class of a stricter rate limit than that of the plan. */
  readonly rateClass?: RateClass;
  /** True if the response has secrets, so that it is stored encrypted for an `Idempotency-Key`. */
  readonly hasSecrets?: boolean;
  /** True if test keys are rejected, as they always are with the access `in-person`. */
  readonly liveOnly?: boolean;
  /** Name of the multipart field for files, if the body can also be `multipart/form-data`. */
  readonly files?: string;
}

/** Metadata key of operations whose response has secrets. */
export const HAS_SECRETS = 'parley.has-secrets';

function itemSchema(item: DtoClass): object {
  return { type: 'object', required: ['data'], properties: { data: { $ref: getSchemaPath(item) } } };
}

function responseSchema(response: ResponseOptions): object | null {
  if ('item' in response) return itemSchema(response.item);
  if ('raw' in response) return { $ref: getSchemaPath(response.raw) };
  if ('list' in response) {
    return {
      type: 'object',
      required: ['data', 'total', 'meta'],
      properties: {
        data: { type: 'array', items: { $ref: getSchemaPath(response.list) } },
        total: { type: 'integer', description: 'Number of matching objects; same as `meta.total`.' },
        meta: { $ref: getSchemaPath(ListMetaDto) },
      },
    };
  }
  return null;
}

function statusOf(response: ResponseOptions): number {
  if ('empty' in response || 'deletion' in response) return 204;
  if ('redirect' in response) return 302;
  return ('status' in response ? response.status : undefined) ?? 200;
}

function documentResponse(response: ResponseOptions): MethodDecorator & ClassDecorator {
  const status = statusOf(response);
  if ('empty' in response) return ApiResponse({ status, description: 'Done.' });
  if ('redirect' in response) return ApiResponse({ status, description: response.redirect });
  if ('deletion' in response)
    return applyDecorators(
      ApiResponse({ status, description: 'Deleted. Nothing referred to the object.' }),
      ApiResponse({
        status: 200,
        description: 'Deleted. Other objects referred to it.',
        schema: itemSchema(response.deletion),
      }),
    );
  if ('media' in response)
    return ApiResponse({ status, description: response.description, content: mediaContent(response.media) });
  return ApiResponse({
    status,
    description: status === 201 ? 'Created.' : status === 202 ? 'Accepted. A job continues the work.' : 'OK.',
    schema: responseSchema(response)!,
  });
}

/** One content type or several: text, or JSON with one object of a class. */
function mediaContent(media: string | Readonly<Record<string, DtoClass | null>>): Record<string, { schema: object }> {
  const types = typeof media === 'string' ? { [media]: null } : media;
  return Object.fromEntries(
    Object.entries(types).map(([type, item]) => [
      type,
      { schema: item === null ? { type: 'string' } : responseSchema({ item })! },
    ]),
  );
}

function responseModels(response: ResponseOptions): DtoClass[] {
  if ('item' in response) return [response.item];
  if ('raw' in response) return [response.raw];
  if ('deletion' in response) return [response.deletion];
  if ('media' in response)
    return typeof response.media === 'string' ? [] : Object.values(response.media).filter((item) => item !== null);
  return 'list' in response ? [response.list, ListMetaDto] : [];
}

function documentErrors(options: OperationOptions): (MethodDecorator & ClassDecorator)[] {
  const commonErrors: ErrorCode[] =
    options.access === 'public' ? ['BAD_REQUEST'] : ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN'];
  const codes = [...new Set<ErrorCode>([...commonErrors, ...(options.errors ?? []), 'TOO_MANY_REQUESTS'])];
  return codes.map((code) =>
    ApiResponse({ status: ERROR_STATUS[code], description: code, schema: { $ref: getSchemaPath(ErrorBodyDto) } }),
  );
}

/** Declares an operation: its access, its response and its documentation. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { summary, description, access, response, rateClass, files, hasSecrets } = options;
  const isLiveOnly = options.liveOnly ?? access === 'in-person';
  return applyDecorators(
    HttpCode(statusOf(response)),
    RequireAccess(access, { isLiveOnly, rateClass }),
    ApiOperation({
      summary,
      description: [description, describeAccess(access), isLiveOnly && 'Not available for test keys.']
        .filter(Boolean)
        .join('\n\n'),
    }),
    ApiExtraModels(ErrorBodyDto, ...responseModels(response)),
    documentResponse(response),
    ...('deletion' in response ? [UseInterceptors(DeletionStatusInterceptor)] : []),
    ...('item' in response && response.canBeAccepted ? [documentResponse({ item: response.item, status: 202 })] : []),
    ...documentErrors(options),
    ...(access === 'public'
      ? []
      : [
          ApiSecurity('bearer', access === 'signed-in' || access === 'in-person' ? [] : [...requiredScopes(access)]),
          RecordAcceptedInput(),
        ]),
    ...(files ? [ApiConsumes('application/json', 'multipart/form-data'), ApiExtension(FILES_FIELD, files)] : []),
    ...(hasSecrets ? [SetMetadata(HAS_SECRETS, true), ApiExtension('x-has-secrets', true)] : []),
  );
}

function describeAccess(access: Access): string {
  if (access === 'public') return 'No credential required.';
  if (access === 'in-person') return 'Requires an access token, or a personal API key with scope `*`.';
  if (access === 'signed-in') return 'Requires any valid credential.';
  const scopes = requiredScopes(access).map((scope) => `\`${scope}\``);
  return `Required ${scopes.length === 1 ? 'scope' : 'scopes'}: ${scopes.join(' and ')}.`;
}
