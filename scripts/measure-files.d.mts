import type ts from 'typescript';

export function createProgram(): ts.Program;
export function touchedFiles(program: ts.Program, file: string, method: string): string[];
