import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { environmentExample, settingsTable, withSettingsTable } from '../../scripts/settings-docs.mjs';
import { environmentSchema } from '@parley/kernel';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
/** The formatter aligns the columns of tables. */
const unaligned = (table: string): string => table.replace(/[ -]+/g, ' ').replaceAll(' | | | ', '|||');

// After a change of the settings: npm run docs:settings
describe('documentation of the settings', () => {
  const schema = z.toJSONSchema(environmentSchema, { io: 'input' });

  it('should list every variable in .env.example', () => {
    expect(read('.env.example')).toBe(environmentExample(schema));
  });

  it('should list every variable in README.md', () => {
    const readme = read('README.md');
    expect(unaligned(readme)).toBe(unaligned(withSettingsTable(readme, settingsTable(schema))));
  });
});
