import { Transform } from 'class-transformer';
import { buildMessage, isEmail, ValidateBy } from 'class-validator';
import { isSignInEmail, normalizeEmail } from '../email/email-address.js';

/** Normalizes the address of a request. */
export const NormalizeEmail = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalizeEmail(value) : value), {
    toClassOnly: true,
  });

/** Some mail servers in Japan have addresses with several dots in a row, or one at the end of the local part. */
function isEmailAddress(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const at = value.lastIndexOf('@');
  const localPart = value
    .slice(0, Math.max(0, at))
    .replace(/\.{2,}/g, '.')
    .replace(/(?<=[^.])\.$/, '');
  return isEmail(localPart + value.slice(at));
}

export const IsEmailAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmail',
    validator: {
      validate: isEmailAddress,
      defaultMessage: buildMessage((prefix) => `${prefix}$property must be an email`),
    },
  });

/** An address that users can sign in with. */
export const IsSignInEmail = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSignInEmail',
    validator: {
      validate: (value) => typeof value !== 'string' || isSignInEmail(value),
      defaultMessage: buildMessage((prefix) => `${prefix}$property must not contain capital letters other than A to Z`),
    },
  });
