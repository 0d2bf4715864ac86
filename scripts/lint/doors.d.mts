export declare const floors: readonly (readonly string[])[];
export declare function trespass(file: string, specifier: string): string | null;
export declare function isTest(file: string): boolean;
export declare function mayReadEnvironment(file: string): boolean;
export declare function floorOf(room: string): number;
export declare function roomOf(file: string): string | null;
