import { Choice, Flag } from '@parley/kernel';

/** Who is writing. */
export class TypingDto {
  @Flag({ description: 'True when they begin, and every few seconds while they go on; false when they stop.' })
  on: boolean;

  @Flag({
    description: 'Whether it is a note, which customers are not told of. Default false.',
    optional: true,
    example: false,
  })
  is_note?: boolean;

  @Choice(['contact'], {
    description: 'Say `contact` when it is the customer who writes; else it is whoever calls.',
    optional: true,
  })
  as?: 'contact';
}
