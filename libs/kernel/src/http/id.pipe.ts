import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { badRequestError } from '../errors/domain-error.js';
import { isUuid } from '../ids/ids.js';

class IdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    if (!isUuid(value)) throw badRequestError({ [this.name]: [`${this.name} must be a UUID`] });
    return value.toLowerCase();
  }
}

/** An ID in the path. Any other value is rejected with 400. */
export function IdParam(name = 'id', description = 'ID of the object.'): ParameterDecorator {
  const param = Param(name, new IdPipe(name));
  return (target, key, index) => {
    param(target, key, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiParam({
      name,
      description,
      schema: { type: 'string', format: 'uuid', example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c' },
    })(target, key!, descriptor);
  };
}
