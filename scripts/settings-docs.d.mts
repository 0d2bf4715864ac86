/** The table of settings for README.md, from the JSON Schema of the environment. */
export function settingsTable(schema: object): string;
/** The text of `.env.example`: every variable with its description, commented out. */
export function environmentExample(schema: object): string;
/** README.md with the given table between its markers. */
export function withSettingsTable(readme: string, table: string): string;
