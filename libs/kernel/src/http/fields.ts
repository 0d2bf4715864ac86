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
  IsIn,
  IsInt,
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
import { IsEmailAddress, IsSignInEmail, NormalizeEmail } from './email-validators.js';
import { DATE_TIME_REQUIREMENT, parseDateTime } from '../filter/instant.js';
import { LimitItems, NestedType } from './body-limits.js';
import { IsJsonObject } from './json-value.js';
import { NOT_PREFILLED } from './openapi-examples.js';
import { ANY_JSON } from './openapi-shape.js';

/** Options of all field decorators. */
export interface FieldOptions {
  /** Description in the OpenAPI document: one or two sentences with meaning, unit and default. */
  readonly description: string;
  /** A realistic value. Examples of whole objects are composed of these. */
  readonly example?: unknown;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly deprecated?: boolean;
  /**
   * False leaves the field out of the examples of requests, which Swagger UI fills in and sends unchanged. For changes
   * that must not happen by accident, and for secrets.
   */
  readonly prefill?: false;
}

interface FieldParts {
  readonly schema: ApiPropertyOptions;
  readonly validators: PropertyDecorator[];
}

/** Combines the validators of a field with its description in the OpenAPI document. */
export function buildField(options: FieldOptions, parts: FieldParts): PropertyDecorator {
  const { description, example, optional = false, nullable = false } = options;
  const schema = {
    ...parts.schema,
    description,
    required: !optional,
    ...(nullable && { nullable: true }),
    ...(example !== undefined && { example }),
    ...(options.default !== undefined && { default: options.default }),
    ...(options.deprecated && { deprecated: true }),
    ...(options.prefill === false && { [NOT_PREFILLED]: true }),
  } as ApiPropertyOptions;
  const isAbsent = (value: unknown): boolean => (optional && value === undefined) || (nullable && value === null);
  // Also for required fields: it replaces the condition of a base class in which the field is optional.
  const guard = ValidateIf((_object, value) => !isAbsent(value));
  return applyDecorators(ApiProperty(schema), guard, ...parts.validators);
}

/** Options of {@link StringField}. */
export interface StringFieldOptions extends FieldOptions {
  /** Minimum number of characters. Default: 0. With 1 or more, an empty or blank text is an error. */
  readonly min?: number;
  /** Maximum number of characters. Default: 255. */
  readonly max?: number;
  readonly pattern?: RegExp;
  /** Message for a value that does not match the pattern, after the field name. */
  readonly patternHint?: string;
  /** True to remove leading and trailing spaces, as for names. Default: false. */
  readonly trim?: boolean;
}

const trimString = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value), {
  toClassOnly: true,
});

/** A text. If it must not be empty, it must not be blank either. */
export function StringField(options: StringFieldOptions): PropertyDecorator {
  const { min = 0, max = 255, pattern, patternHint, trim = false } = options;
  const validators = [
    IsString(),
    MaxLength(max),
    ...(min > 1 ? [MinLength(min)] : []),
    ...(min > 0 ? [Matches(/\S/, { message: '$property must not be empty' })] : []),
  ];
  if (pattern) validators.push(Matches(pattern, patternHint ? { message: `$property ${patternHint}` } : undefined));
  if (trim) validators.push(trimString);
  return buildField(options, {
    schema: {
      type: 'string',
      maxLength: max,
      ...(min > 0 && { minLength: min }),
      ...(pattern ? { pattern: pattern.source } : min > 0 && { pattern: '\\S' }),
    },
    validators,
  });
}

/** Options of {@link EmailField}. */
export interface EmailFieldOptions extends FieldOptions {
  /** True if users sign in with the address, see `isSignInEmail`. */
  readonly signIn?: boolean;
}

/** An e-mail address. It is normalized, see `normalizeEmail`. */
export function EmailField(options: EmailFieldOptions): PropertyDecorator {
  return buildField(
    { example: 'ada@example.com', ...options },
    {
      schema: { type: 'string', format: 'idn-email', maxLength: 254 },
      validators: [IsEmailAddress(), MaxLength(254), ...(options.signIn ? [IsSignInEmail()] : []), NormalizeEmail()],
    },
  );
}

/** An http or https URL. */
export function UrlField(options: FieldOptions & { max?: number }): PropertyDecorator {
  const { max = 2048 } = options;
  return buildField(options, {
    schema: { type: 'string', format: 'uri', maxLength: max },
    validators: [Matches(/^https?:\/\/\S+$/i, { message: '$property must be an http or https URL' }), MaxLength(max)],
  });
}

/** A UUID. */
export function UuidField(options: FieldOptions): PropertyDecorator {
  return buildField(
    { example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', ...options },
    { schema: { type: 'string', format: 'uuid' }, validators: [IsUUID('all')] },
  );
}

const toUtc = Transform(
  ({ value }: { value: unknown }) => (typeof value === 'string' ? (parseDateTime(value) ?? value) : value),
  { toClassOnly: true },
);

/** A date and time of RFC 3339 with a time zone. Passed on and returned in UTC with milliseconds. */
export function DateField(options: FieldOptions): PropertyDecorator {
  return buildField(
    { example: '2026-01-15T10:30:00.000Z', ...options },
    {
      schema: { type: 'string', format: 'date-time' },
      validators: [
        // All accepted forms are converted before.
        Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, { message: `$property ${DATE_TIME_REQUIREMENT}` }),
        toUtc,
      ],
    },
  );
}

/** Options of {@link IntegerField} and {@link NumberField}. */
export interface NumberFieldOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** An integer. */
export function IntegerField(options: NumberFieldOptions): PropertyDecorator {
  const { min = -2_147_483_648, max = 2_147_483_647 } = options;
  return buildField(options, {
    schema: { type: 'integer', minimum: min, maximum: max },
    validators: [IsInt(), Min(min), Max(max)],
  });
}

/** A number. */
export function NumberField(options: NumberFieldOptions): PropertyDecorator {
  const { min = -1e15, max = 1e15 } = options;
  return buildField(options, {
    schema: { type: 'number', minimum: min, maximum: max },
    validators: [IsNumber(), Min(min), Max(max)],
  });
}

/** A boolean. */
export function BooleanField(options: FieldOptions): PropertyDecorator {
  return buildField({ example: true, ...options }, { schema: { type: 'boolean' }, validators: [IsBoolean()] });
}

/** One of a set of values. The set can grow while the domains are loaded. */
export function EnumField(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return buildField(
    { example: values[0], ...options },
    { schema: { type: 'string', enum: values as string[] }, validators: [IsIn(values)] },
  );
}

/** Options of {@link StringListField}. */
export interface StringListFieldOptions extends FieldOptions {
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
  /** Allowed items. */
  readonly values?: readonly string[];
  /** True to remove leading and trailing white space of the items, and to refuse blank items. Default: false. */
  readonly trim?: boolean;
}

const trimStrings = Transform(
  ({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map((item: unknown) => (typeof item === 'string' ? item.trim() : item)) : value,
  { toClassOnly: true },
);

/** A list of texts. */
export function StringListField(options: StringListFieldOptions): PropertyDecorator {
  const { maxItems = 100, minItems = 0, maxLength = 255, values, trim = false } = options;
  const minLength = options.minLength ?? (trim ? 1 : 0);
  const validators = [
    IsArray(),
    ArrayMaxSize(maxItems),
    LimitItems(maxItems),
    ArrayMinSize(minItems),
    IsString({ each: true }),
    MaxLength(maxLength, { each: true }),
  ];
  if (minLength > 0) validators.push(MinLength(minLength, { each: true }));
  if (trim) validators.push(trimStrings);
  if (values) validators.push(IsIn(values, { each: true }));
  return buildField(options, {
    schema: {
      type: 'array',
      items: {
        type: 'string',
        maxLength,
        ...(minLength > 0 && { minLength }),
        ...(trim && { pattern: '\\S' }),
        ...(values && { enum: [...values] }),
      },
      maxItems,
      minItems,
    } as ApiPropertyOptions,
    validators,
  });
}

/** A list of UUIDs. */
export function UuidListField(options: FieldOptions & { maxItems?: number; minItems?: number }): PropertyDecorator {
  const { maxItems = 100, minItems = 0 } = options;
  return buildField(
    { example: ['0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'], ...options },
    {
      schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems, minItems } as ApiPropertyOptions,
      validators: [
        IsArray(),
        ArrayMaxSize(maxItems),
        LimitItems(maxItems),
        ArrayMinSize(minItems),
        IsUUID('all', { each: true }),
      ],
    },
  );
}

/** Swagger resolves the class lazily only if the function is named `type`. */
function lazyType(resolveType: () => abstract new (...args: any[]) => object): { type: () => ClassType } {
  return { type: () => resolveType() as ClassType };
}

/** An object of another class. */
export function NestedField(
  type: () => abstract new (...args: any[]) => object,
  options: FieldOptions,
): PropertyDecorator {
  return buildField(options, {
    schema: lazyType(type),
    validators: [
      IsJsonObject({ maxDepth: 20, maxBytes: 1_000_000 }),
      ValidateNested(),
      Type(type as () => ClassType),
      NestedType(type),
    ],
  });
}

/** A list of objects of another class. */
export function NestedListField(
  type: () => abstract new (...args: any[]) => object,
  options: FieldOptions & { maxItems?: number; minItems?: number },
): PropertyDecorator {
  const { maxItems = 100, minItems = 0 } = options;
  return buildField(options, {
    schema: { ...lazyType(type), isArray: true, maxItems, minItems },
    validators: [
      IsArray(),
      ArrayMaxSize(maxItems),
      LimitItems(maxItems),
      ArrayMinSize(minItems),
      IsJsonObject({ maxDepth: 20, maxBytes: 1_000_000 }, { each: true }),
      ValidateNested({ each: true }),
      Type(type as () => ClassType),
      NestedType(type),
    ],
  });
}

/** A JSON object with any keys, of at most `maxBytes` bytes of JSON and 8 levels. */
export function JsonObjectField(options: FieldOptions & { maxBytes?: number; schema?: object }): PropertyDecorator {
  const { maxBytes = 65_536, schema } = options;
  return buildField(options, {
    schema: (schema ?? { type: 'object', additionalProperties: true }) as ApiPropertyOptions,
    validators: [
      IsJsonObject({ maxDepth: 8, maxBytes }),
      Transform(({ value }: { value: unknown }) => value, { toClassOnly: true }),
    ],
  });
}

/** Any JSON value. The service validates it; `schema` documents it. */
export function AnyJsonField(schema: object, options: FieldOptions): PropertyDecorator {
  const hasType = ['type', '$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema);
  return buildField(options, {
    schema: { ...schema, ...(!hasType && { [ANY_JSON]: true }) } as ApiPropertyOptions,
    validators: [
      options.optional ? Allow() : IsDefined(),
      Transform(({ value }: { value: unknown }) => value, { toClassOnly: true }),
    ],
  });
}
