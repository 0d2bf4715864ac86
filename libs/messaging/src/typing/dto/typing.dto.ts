import { EnumField, BooleanField } from '@parley/kernel/http';

/** Who is writing. */
export class TypingDto {
  @BooleanField({ description: 'True when they begin, and every few seconds while they go on; false when they stop.' })
  on: boolean;

  @BooleanField({
    description: 'Whether it is a note, which customers are not told of. Default false.',
    optional: true,
    example: false,
  })
  is_note?: boolean;

  @EnumField(['contact'], {
    description: 'Say `contact` when it is the customer who writes; else it is whoever calls.',
    optional: true,
  })
  as?: 'contact';
}
