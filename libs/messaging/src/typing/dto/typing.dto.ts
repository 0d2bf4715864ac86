import { EnumField, BooleanField } from '@parley/kernel/http';

/** Typing indicator. */
export class TypingDto {
  @BooleanField({
    description: 'True when typing starts, and every few seconds while it continues; false when it stops.',
  })
  on: boolean;

  @BooleanField({
    description: 'True if the author is typing a note; such indicators are not shown to customers. Default: false.',
    optional: true,
    example: false,
  })
  is_note?: boolean;

  @EnumField(['contact'], {
    description: '`contact` if the contact of the conversation is typing. Default: the caller.',
    optional: true,
  })
  as?: 'contact';
}
