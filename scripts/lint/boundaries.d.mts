export declare const layers: readonly (readonly string[])[];
export declare function findViolation(file: string, specifier: string): string | null;
export declare function isTest(file: string): boolean;
export declare function mayReadEnvironment(file: string): boolean;
export declare function layerOf(packageName: string): number;
export declare function packageOf(file: string): string | null;
