import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import { NeedsAccess, type Access } from '../auth/access.js';
import { ERROR_STATUS, type ErrorCode } from '../errors/domain-error.js';
import { ErrorBodyDto } from './error-body.dto.js';
import { ListMetaDto } from './list-meta.dto.js';
import { FILES_FIELD } from './openapi-shape.js';
import { NoteWhatIsRead } from './unread-input.js';

type DtoClass = abstract new (...args: any[]) => object;

/** What an operation answers with. */
export type Answer =
  | {
      readonly one: DtoClass;
      readonly status?: 200 | 201 | 202;
      /** Whether it may be answered with 202 instead, where a job goes on with it. */
      readonly orAccepted?: boolean;
    }
  | { readonly list: DtoClass }
  | { readonly bare: DtoClass; readonly status?: 200 | 201 | 202 }
  | { readonly empty: true }
  | { readonly redirect: string }
  | { readonly media: string | Readonly<Record<string, DtoClass | null>>; readonly description: string };

/** What an operation says of itself. */
export interface OperationOptions {
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly answer: Answer;
  /** Refusals beyond those that every operation has. */
  readonly errors?: readonly ErrorCode[];
  /** Stricter limits than the plan's. */
  readonly rate?: RateClass;
  /** The multipart field that takes files, where the body may also come as `multipart/form-data`. */
  readonly files?: string;
}

/** Operations that cost more than most have a limit of their own, per minute. */
export const RATE_CLASSES = {
  import_export: 5,
  broadcast_send: 5,
  ai_reply: 10,
  sentiment: 20,
  scrape: 3,
  sign_in: 30,
  register: 600,
} as const;

/** A class of operations with a limit of its own. */
export type RateClass = keyof typeof RATE_CLASSES;

/** Metadata key of the rate class of an operation. */
export const RATE_CLASS = 'parley.rate-class';

function answerSchema(answer: Answer): object | null {
  if ('one' in answer)
    return { type: 'object', required: ['data'], properties: { data: { $ref: getSchemaPath(answer.one) } } };
  if ('bare' in answer) return { $ref: getSchemaPath(answer.bare) };
  if ('list' in answer) {
    return {
      type: 'object',
      required: ['data', 'total', 'meta'],
      properties: {
        data: { type: 'array', items: { $ref: getSchemaPath(answer.list) } },
        total: { type: 'integer', description: 'Objects that match in all; same as `meta.total`.' },
        meta: { $ref: getSchemaPath(ListMetaDto) },
      },
    };
  }
  return null;
}

function statusOf(answer: Answer): number {
  if ('empty' in answer) return 204;
  if ('redirect' in answer) return 302;
  return ('status' in answer ? answer.status : undefined) ?? 200;
}

function answerResponse(answer: Answer): MethodDecorator & ClassDecorator {
  const status = statusOf(answer);
  if ('empty' in answer) return ApiResponse({ status, description: 'Done.' });
  if ('redirect' in answer) return ApiResponse({ status, description: answer.redirect });
  if ('media' in answer)
    return ApiResponse({ status, description: answer.description, content: mediaContent(answer.media) });
  return ApiResponse({
    status,
    description: status === 201 ? 'Created.' : status === 202 ? 'Accepted; a job goes on with it.' : 'OK.',
    schema: answerSchema(answer)!,
  });
}

/** One type of content, or several: text, or JSON that is the one object of a class. */
function mediaContent(media: string | Readonly<Record<string, DtoClass | null>>): Record<string, { schema: object }> {
  const types = typeof media === 'string' ? { [media]: null } : media;
  return Object.fromEntries(
    Object.entries(types).map(([type, one]) => [
      type,
      { schema: one === null ? { type: 'string' } : answerSchema({ one })! },
    ]),
  );
}

function models(answer: Answer): DtoClass[] {
  if ('one' in answer) return [answer.one];
  if ('bare' in answer) return [answer.bare];
  if ('media' in answer)
    return typeof answer.media === 'string' ? [] : Object.values(answer.media).filter((one) => one !== null);
  return 'list' in answer ? [answer.list, ListMetaDto] : [];
}

function refusals(options: OperationOptions): (MethodDecorator & ClassDecorator)[] {
  const always: ErrorCode[] =
    options.access === 'public' ? ['BAD_REQUEST'] : ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN'];
  const codes = [...new Set<ErrorCode>([...always, ...(options.errors ?? []), 'TOO_MANY_REQUESTS'])];
  return codes.map((code) =>
    ApiResponse({ status: ERROR_STATUS[code], description: code, schema: { $ref: getSchemaPath(ErrorBodyDto) } }),
  );
}

/** Declares an operation: who may call it, what it answers, and its page in the documentation. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { summary, description, access, answer, rate, files } = options;
  return applyDecorators(
    HttpCode(statusOf(answer)),
    NeedsAccess(access),
    ApiOperation({ summary, description: [description, scopeNote(access)].filter(Boolean).join('\n\n') }),
    ApiExtraModels(ErrorBodyDto, ...models(answer)),
    answerResponse(answer),
    ...('one' in answer && answer.orAccepted ? [answerResponse({ one: answer.one, status: 202 })] : []),
    ...refusals(options),
    ...(access === 'public'
      ? []
      : [ApiSecurity('bearer', access === 'signed-in' || access === 'in-person' ? [] : [access]), NoteWhatIsRead()]),
    ...(files ? [ApiConsumes('application/json', 'multipart/form-data'), ApiExtension(FILES_FIELD, files)] : []),
    ...(rate ? [SetMetadata(RATE_CLASS, rate)] : []),
  );
}

function scopeNote(access: Access): string {
  if (access === 'public') return 'Needs no credential.';
  if (access === 'in-person') return 'Needs an access token, or a key of yours with the scope `*`.';
  return access === 'signed-in' ? 'Any valid credential will do.' : `Needs the scope \`${access}\`.`;
}
