import { ERROR_STATUS } from '../errors/domain-error.js';
import { EnumField, JsonObjectField, NestedField, StringField } from './fields.js';

/** What went wrong. */
export class ErrorDto {
  @EnumField(Object.keys(ERROR_STATUS), { description: 'What went wrong, for programs.', example: 'NOT_FOUND' })
  code: string;

  @StringField({ description: 'What went wrong, for people.', example: 'Conversation not found', max: 4000 })
  message: string;

  @JsonObjectField({
    description: 'For BAD_REQUEST each wrong field with its messages; else facts that help.',
    example: {},
  })
  details: Record<string, unknown>;

  @StringField({
    description: 'Id of the request, as in `X-Request-Id` and in the log.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  request_id: string;
}

/** An error on the wire. */
export class ErrorBodyDto {
  @NestedField(() => ErrorDto, { description: 'The error.' })
  error: ErrorDto;
}
