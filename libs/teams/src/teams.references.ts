import { defineReferenceType } from '@parley/kernel/references';

export const USER = defineReferenceType('user', 'is not the ID of an active user').name;
export const TEAM = defineReferenceType('team', 'is not the ID of a team').name;
export const INBOX = defineReferenceType('inbox', 'is not the ID of an inbox').name;
export const ROLE = defineReferenceType('role', 'is not the ID of a role').name;
