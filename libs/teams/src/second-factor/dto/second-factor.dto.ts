import { StringField, StringListField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH } from '../../passwords/password-policy.js';

const TOTP_CODE_OPTIONS = {
  description: 'The six digits that your authenticator app shows. Each code is taken once.',
  max: 20,
  pattern: /^\s*\d{3}\s?\d{3}\s*$/,
  patternHint: 'must be six digits',
  example: '123456',
} as const;

/** What shows that it is really you. */
export class CreateTotpSecretDto {
  @StringField({ description: 'Your password.', min: 1, max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;
}

/** A secret for an authenticator app. */
export class TotpSecretDto {
  @StringField({
    description: 'The secret in base32, to type into the app. This is the only time it is shown.',
    example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  })
  secret: string;

  @StringField({
    description: 'The same as an `otpauth:` address, to show as a QR code.',
    max: 1000,
    example: 'otpauth://totp/Parley:sarah%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parley',
  })
  url: string;
}

/** A first code. */
export class ConfirmTotpDto {
  @StringField(TOTP_CODE_OPTIONS)
  totp_code: string;
}

/** What lets you in without the app. */
export class RecoveryCodesDto {
  @StringListField({
    description: 'Ten codes, each of which stands for one code of the app, once. This is the only time they are shown.',
    example: ['k7mq-2xwd-9hfa-r3tn', 'p4vz-8ybc-h6jk-m2qe'],
  })
  recovery_codes: string[];
}

/** A second factor, shown as one of the two. */
export class SecondFactorProofDto {
  @StringField({ ...TOTP_CODE_OPTIONS, optional: true })
  totp_code?: string;

  @StringField({
    description: 'One of your recovery codes, in place of `totp_code`. Each is taken once.',
    optional: true,
    min: 1,
    max: 50,
    example: 'k7mq-2xwd-9hfa-r3tn',
  })
  recovery_code?: string;
}

/** What new recovery codes take. */
export class RenewRecoveryCodesDto extends SecondFactorProofDto {
  @StringField({ description: 'Your password.', min: 1, max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;
}
