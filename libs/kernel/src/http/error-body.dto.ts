import { ERROR_STATUS } from '../errors/domain-error.js';
import { EnumField, JsonObjectField, NestedField, StringField } from './fields.js';

/** An error. */
export class ErrorDto {
  @EnumField(Object.keys(ERROR_STATUS), { description: 'Machine-readable error code.', example: 'NOT_FOUND' })
  code: string;

  @StringField({ description: 'Human-readable message.', example: 'Conversation not found', max: 4000 })
  message: string;

  @JsonObjectField({
    description:
      'For `BAD_REQUEST`, a map from each invalid field to its messages. For other codes, facts about the error.',
    example: {},
  })
  details: Record<string, unknown>;

  @StringField({
    description: 'ID of the request, as in `X-Request-Id` and in the log.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  request_id: string;
}

/** Body of an error response. */
export class ErrorBodyDto {
  @NestedField(() => ErrorDto, { description: 'The error.' })
  error: ErrorDto;
}
