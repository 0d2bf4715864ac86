import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { LimitItems } from './body-limits.js';
import {
  BooleanField,
  buildField,
  IntegerField,
  type FieldOptions,
  type NumberFieldOptions,
  type StringListFieldOptions,
} from './fields.js';
import { LISTED_VALUES } from './openapi-shape.js';

const toNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
const toBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value;
const toList = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : value;

/** An integer in the query. */
export function IntegerQueryField(options: NumberFieldOptions): PropertyDecorator {
  return applyDecorators(IntegerField({ optional: true, ...options }), Transform(toNumber));
}

/** `true` or `false` in the query. */
export function BooleanQueryField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(BooleanField({ optional: true, ...options }), Transform(toBoolean));
}

/** Comma-separated texts in the query. */
export function ListQueryField(options: StringListFieldOptions): PropertyDecorator {
  const { maxItems = 50, maxLength = 255, values } = options;
  const empty = ArrayMinSize(1, { message: '$property must not be empty; omit it instead' });
  const validators = [
    IsArray(),
    empty,
    ArrayMaxSize(maxItems),
    LimitItems(maxItems),
    IsString({ each: true }),
    MaxLength(maxLength, { each: true }),
  ];
  if (values)
    validators.push(
      IsIn(values, { each: true, message: () => `$property must be one or more of ${values.join(', ')}` }),
    );
  const { description, ...rest } = options;
  return applyDecorators(
    buildField(
      { optional: true, ...rest, description: `${description} Separate several values with commas.` },
      { schema: { type: 'string', ...(values && { [LISTED_VALUES]: values }) } as ApiPropertyOptions, validators },
    ),
    Transform(toList),
  );
}
