import { defineReferenceType } from '@parley/kernel/references';

export const FILE = defineReferenceType('file', 'is not the ID of a file').name;
