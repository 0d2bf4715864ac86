import { StringField, StringListField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH } from '../../passwords/password-policy.js';

const TOTP_CODE_OPTIONS = {
  description: 'Six-digit code of your authenticator app. Each code works once.',
  max: 20,
  pattern: /^\s*\d{3}\s?\d{3}\s*$/,
  patternHint: 'must be six digits',
  example: '123456',
} as const;

export class CreateTotpSecretDto {
  @StringField({
    description: 'Current password of the caller.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;
}

/** Secret for an authenticator app. */
export class TotpSecretDto {
  @StringField({
    description: 'Secret in base32, to enter in the app. It is not shown again.',
    example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  })
  secret: string;

  @StringField({
    description: 'Secret as an `otpauth:` URL, to show as a QR code.',
    max: 1000,
    example: 'otpauth://totp/Parley:sarah%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parley',
  })
  url: string;
}

export class ConfirmTotpDto {
  @StringField(TOTP_CODE_OPTIONS)
  totp_code: string;
}

/** Recovery codes, which replace codes of the authenticator app. */
export class RecoveryCodesDto {
  @StringListField({
    description: 'Ten recovery codes. Each works once in place of a code of the app. They are not shown again.',
    example: ['k7mq-2xwd-9hfa-r3tn', 'p4vz-8ybc-h6jk-m2qe'],
  })
  recovery_codes: string[];
}

/** Code of the second factor: either one of the app or a recovery code. */
export class SecondFactorProofDto {
  @StringField({ ...TOTP_CODE_OPTIONS, optional: true })
  totp_code?: string;

  @StringField({
    description: 'Recovery code, in place of `totp_code`. Each recovery code works once.',
    optional: true,
    min: 1,
    max: 50,
    example: 'k7mq-2xwd-9hfa-r3tn',
  })
  recovery_code?: string;
}

export class RenewRecoveryCodesDto extends SecondFactorProofDto {
  @StringField({
    description: 'Current password of the caller.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;
}
