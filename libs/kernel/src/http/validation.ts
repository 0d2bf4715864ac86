import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { badRequest } from '../errors/domain-error.js';

function collect(errors: readonly ValidationError[], prefix: string, into: Record<string, string[]>): void {
  for (const error of errors) {
    const index = /^\d+$/.test(error.property);
    const path = prefix === '' ? error.property : index ? `${prefix}[${error.property}]` : `${prefix}.${error.property}`;
    const messages = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
      rule === 'whitelistValidation' ? `${path} is not a known field` : message,
    );
    if (messages.length > 0) into[path] = messages;
    collect(error.children ?? [], path, into);
  }
}

/** The messages of a failed validation, by field path. */
export function fieldErrors(errors: readonly ValidationError[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  collect(errors, '', fields);
  return fields;
}

/** Checks bodies and queries against their DTOs; an unknown field is an error. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) => badRequest(fieldErrors(errors)),
  });
}
