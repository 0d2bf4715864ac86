import { createProgram, touchedFiles } from '../../scripts/measure-files.mjs';

// A reader of a central request follows its calls through these files. Kernel functions do not count.
const MAX_FILES: readonly (readonly [file: string, method: string, limit: number])[] = [
  ['libs/messaging/src/messages/messages.controller.ts', 'MessagesController.create', 18],
  ['libs/messaging/src/conversations/conversations.controller.ts', 'ConversationsController.create', 34],
];

describe('request paths', () => {
  const program = createProgram();

  it.each(MAX_FILES)('should touch few files when %s %s is called', (file, method, limit) => {
    const files = touchedFiles(program, file, method);
    expect(files.length).toBeLessThanOrEqual(limit);
    expect(files.some((name) => name.endsWith('.repository.ts'))).toBe(true);
  });
});
