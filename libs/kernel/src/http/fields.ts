import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsJsonObject } from './json-value.js';
import { ANY_JSON } from './openapi-shape.js';

/** What every field says of itself. */
export interface FieldOptions {
  /** One or two sentences: meaning, unit, default. Becomes the OpenAPI text. */
  readonly description: string;
  /** A real value; examples of whole objects are put together from these. */
  readonly example?: unknown;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly deprecated?: boolean;
}

interface Built {
  readonly schema: ApiPropertyOptions;
  readonly checks: PropertyDecorator[];
}

function field(options: FieldOptions, built: Built): PropertyDecorator {
  const { description, example, optional = false, nullable = false } = options;
  const schema = {
    ...built.schema,
    description,
    required: !optional,
    ...(nullable && { nullable: true }),
    ...(example !== undefined && { example }),
    ...(options.default !== undefined && { default: options.default }),
    ...(options.deprecated && { deprecated: true }),
  } as ApiPropertyOptions;
  const absent = (value: unknown): boolean => (optional && value === undefined) || (nullable && value === null);
  const guard = optional || nullable ? [ValidateIf((_object, value) => !absent(value))] : [];
  return applyDecorators(ApiProperty(schema), ...guard, ...built.checks);
}

/** Options of {@link Text}. */
export interface TextOptions extends FieldOptions {
  /** Fewest characters; 1 makes an empty text an error. Default 0. */
  readonly min?: number;
  /** Most characters; default 255. */
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words. */
  readonly patternHint?: string;
}

/** What is shown as the name of something: spaces around it are not part of it. */
const NAMES = new Set<string | symbol>(['name', 'title', 'label', 'subject', 'workspace_name']);

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value), {
  toClassOnly: true,
});

/** A text; one that may not be empty has more than blanks in it, and names and titles are taken without blanks around them. */
export function Text(options: TextOptions): PropertyDecorator {
  const { min = 0, max = 255, pattern, patternHint } = options;
  const checks = [
    IsString(),
    MaxLength(max),
    ...(min > 1 ? [MinLength(min)] : []),
    ...(min > 0 ? [Matches(/\S/, { message: '$property must not be empty' })] : []),
  ];
  if (pattern) checks.push(Matches(pattern, patternHint ? { message: `$property ${patternHint}` } : undefined));
  const text = field(options, {
    schema: {
      type: 'string',
      maxLength: max,
      ...(min > 0 && { minLength: min }),
      ...(pattern ? { pattern: pattern.source } : min > 0 && { pattern: '\\S' }),
    },
    checks,
  });
  return (target, key) => applyDecorators(text, ...(NAMES.has(key) ? [trimmed] : []))(target, key);
}

/** An e-mail address. */
export function Email(options: FieldOptions): PropertyDecorator {
  return field(
    { example: 'ada@example.com', ...options },
    { schema: { type: 'string', format: 'email', maxLength: 254 }, checks: [IsEmail(), MaxLength(254)] },
  );
}

/** An http or https URL. */
export function Url(options: FieldOptions & { max?: number }): PropertyDecorator {
  const { max = 2048 } = options;
  return field(options, {
    schema: { type: 'string', format: 'uri', maxLength: max },
    checks: [Matches(/^https?:\/\/\S+$/i, { message: '$property must be an http or https URL' }), MaxLength(max)],
  });
}

/** An id. */
export function Id(options: FieldOptions): PropertyDecorator {
  return field(
    { example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', ...options },
    { schema: { type: 'string', format: 'uuid' }, checks: [IsUUID('all')] },
  );
}

/** An instant: ISO 8601, answered in UTC with milliseconds. */
export function Time(options: FieldOptions): PropertyDecorator {
  return field(
    { example: '2026-01-15T10:30:00.000Z', ...options },
    {
      schema: { type: 'string', format: 'date-time' },
      checks: [
        IsISO8601({ strict: true }),
        Matches(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/, {
          message: '$property must be an ISO 8601 date and time',
        }),
      ],
    },
  );
}

/** Options of {@link Integer} and {@link Decimal}. */
export interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number. */
export function Integer(options: NumberOptions): PropertyDecorator {
  const { min = -2_147_483_648, max = 2_147_483_647 } = options;
  return field(options, {
    schema: { type: 'integer', minimum: min, maximum: max },
    checks: [IsInt(), Min(min), Max(max)],
  });
}

/** A number. */
export function Decimal(options: NumberOptions): PropertyDecorator {
  const { min = -1e15, max = 1e15 } = options;
  return field(options, {
    schema: { type: 'number', minimum: min, maximum: max },
    checks: [IsNumber(), Min(min), Max(max)],
  });
}

/** True or false. */
export function Flag(options: FieldOptions): PropertyDecorator {
  return field({ example: true, ...options }, { schema: { type: 'boolean' }, checks: [IsBoolean()] });
}

/** One of a fixed set of words. */
export function Choice(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    { example: values[0], ...options },
    { schema: { type: 'string', enum: [...values] }, checks: [IsIn(values)] },
  );
}

/** Options of {@link TextList}. */
export interface TextListOptions extends FieldOptions {
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
  /** Fixed words that items are drawn from. */
  readonly values?: readonly string[];
}

/** A list of texts. */
export function TextList(options: TextListOptions): PropertyDecorator {
  const { maxItems = 100, minItems = 0, maxLength = 255, minLength = 0, values } = options;
  const checks = [
    IsArray(),
    ArrayMaxSize(maxItems),
    ArrayMinSize(minItems),
    IsString({ each: true }),
    MaxLength(maxLength, { each: true }),
  ];
  if (minLength > 0) checks.push(MinLength(minLength, { each: true }));
  if (values) checks.push(IsIn(values, { each: true }));
  return field(options, {
    schema: {
      type: 'array',
      items: { type: 'string', maxLength, ...(minLength > 0 && { minLength }), ...(values && { enum: [...values] }) },
      maxItems,
      minItems,
    } as ApiPropertyOptions,
    checks,
  });
}

/** A list of ids. */
export function IdList(options: FieldOptions & { maxItems?: number; minItems?: number }): PropertyDecorator {
  const { maxItems = 100, minItems = 0 } = options;
  return field(
    { example: ['0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'], ...options },
    {
      schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems, minItems } as ApiPropertyOptions,
      checks: [IsArray(), ArrayMaxSize(maxItems), ArrayMinSize(minItems), IsUUID('all', { each: true })],
    },
  );
}

/** Swagger asks a function for the class later only when the function is called `type`. */
function lazily(given: () => abstract new (...args: any[]) => object): { type: () => ClassType } {
  return { type: () => given() as ClassType };
}

/** An object of another class. */
export function Nested(type: () => abstract new (...args: any[]) => object, options: FieldOptions): PropertyDecorator {
  return field(options, {
    schema: lazily(type),
    checks: [IsJsonObject({ maxDepth: 20, maxBytes: 1_000_000 }), ValidateNested(), Type(type as () => ClassType)],
  });
}

/** A list of objects of another class. */
export function NestedList(
  type: () => abstract new (...args: any[]) => object,
  options: FieldOptions & { maxItems?: number; minItems?: number },
): PropertyDecorator {
  const { maxItems = 100, minItems = 0 } = options;
  return field(options, {
    schema: { ...lazily(type), isArray: true, maxItems, minItems },
    checks: [
      IsArray(),
      ArrayMaxSize(maxItems),
      ArrayMinSize(minItems),
      IsJsonObject({ maxDepth: 20, maxBytes: 1_000_000 }, { each: true }),
      ValidateNested({ each: true }),
      Type(type as () => ClassType),
    ],
  });
}

/** Free-form JSON: an object with any keys, at most `maxBytes` of JSON and 8 levels deep. */
export function JsonObject(options: FieldOptions & { maxBytes?: number; schema?: object }): PropertyDecorator {
  const { maxBytes = 65_536, schema } = options;
  return field(options, {
    schema: (schema ?? { type: 'object', additionalProperties: true }) as ApiPropertyOptions,
    checks: [
      IsJsonObject({ maxDepth: 8, maxBytes }),
      Transform(({ value }: { value: unknown }) => value, { toClassOnly: true }),
    ],
  });
}

/** Any JSON that the service itself checks; `schema` documents it. */
export function Unchecked(schema: object, options: FieldOptions): PropertyDecorator {
  const typed = ['type', '$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema);
  return field(options, {
    schema: { ...schema, ...(!typed && { [ANY_JSON]: true }) } as ApiPropertyOptions,
    checks: [
      options.optional ? Allow() : IsDefined(),
      Transform(({ value }: { value: unknown }) => value, { toClassOnly: true }),
    ],
  });
}

const toNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
const toFlag = ({ value }: { value: unknown }): unknown =>
  value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value;
const toList = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : value;

/** A whole number in the query. */
export function QueryInteger(options: NumberOptions): PropertyDecorator {
  return applyDecorators(Integer({ optional: true, ...options }), Transform(toNumber));
}

/** `true` or `false` in the query. */
export function QueryFlag(options: FieldOptions): PropertyDecorator {
  return applyDecorators(Flag({ optional: true, ...options }), Transform(toFlag));
}

/** Comma-separated texts in the query. */
export function QueryList(options: TextListOptions): PropertyDecorator {
  const { maxItems = 50, maxLength = 255, values } = options;
  const empty = ArrayMinSize(1, { message: '$property must not be empty: leave it out instead' });
  const checks = [
    IsArray(),
    empty,
    ArrayMaxSize(maxItems),
    IsString({ each: true }),
    MaxLength(maxLength, { each: true }),
  ];
  if (values)
    checks.push(IsIn(values, { each: true, message: `$property must be one or more of ${values.join(', ')}` }));
  const hint = values ? ` One or more of: ${values.join(', ')}.` : '';
  const { description, ...rest } = options;
  return applyDecorators(
    field(
      { optional: true, ...rest, description: `${description} Comma-separated for many.${hint}` },
      { schema: { type: 'string' }, checks },
    ),
    Transform(toList),
  );
}
