/** Violations of the language rules in a TypeScript file, as `file:line: message`. */
export declare function findLanguageViolations(file: string, text: string): string[];
/** Violations of the language rules in an OpenAPI document. */
export declare function findDocumentViolations(document: object): string[];
export function findForbiddenIdentifierWord(identifier: string): string | null;
