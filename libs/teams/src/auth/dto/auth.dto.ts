import { Email, Id, Integer, NestedList, Text } from '@parley/kernel';
import { LONGEST_PASSWORD, PASSWORD_RULE, SHORTEST_PASSWORD } from '../../passwords/password-policy.js';
import { SecondFactorProofDto } from '../../second-factor/dto/second-factor.dto.js';
import type { SignInView } from '../sign-in-tokens.service.js';

/** What a registration needs. */
export class RegisterDto {
  @Text({ description: 'Name of the new workspace.', min: 1, max: 120, example: 'Acme Support' })
  workspace_name: string;

  @Text({ description: 'Full name of its owner.', min: 1, max: 120, example: 'Sarah Chen' })
  name: string;

  @Email({ description: 'Login of its owner.', example: 'sarah@acme.example' })
  email: string;

  @Text({
    description: `Password of its owner. ${PASSWORD_RULE}`,
    min: SHORTEST_PASSWORD,
    max: LONGEST_PASSWORD,
    example: 'correct horse battery',
  })
  password: string;
}

/** How to sign in. */
export class LoginDto extends SecondFactorProofDto {
  @Email({ description: 'Your login.', example: 'sarah@acme.example' })
  email: string;

  @Text({ description: 'Your password.', min: 1, max: LONGEST_PASSWORD, example: 'correct horse battery' })
  password: string;

  @Id({
    description: 'Which of your workspaces to sign in to; by default the one that you joined first.',
    optional: true,
  })
  workspace_id?: string;
}

/** How to get new tokens. */
export class RefreshDto {
  @Text({
    description: 'The refresh token that came last. It can be used once.',
    min: 10,
    max: 200,
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;
}

/** A workspace that one can sign in to. */
export class SignInWorkspaceDto {
  @Id({ description: 'Id of the workspace.' })
  id: string;

  @Text({ description: 'Its name.', example: 'Acme Support' })
  name: string;
}

/** What a client keeps after signing in. */
export class SignInDto {
  @Text({
    description: 'JWT for the `Authorization` header.',
    max: 4000,
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTk4In0.c2lnbmF0dXJl',
  })
  access_token: string;

  @Text({ description: 'Always `Bearer`.', example: 'Bearer' })
  token_type: string;

  @Integer({ description: 'Seconds that the access token is good for.', example: 900 })
  expires_in_seconds: number;

  @Text({
    description: 'Gives new tokens at `POST /v1/auth/refresh`, once.',
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;

  @Id({ description: 'The workspace that the tokens belong to.' })
  workspace_id: string;

  @Id({ description: 'The user who signed in.' })
  user_id: string;

  @NestedList(() => SignInWorkspaceDto, {
    description:
      'Every workspace that the user can sign in to with what they have shown: after a password all of theirs, after a provider its own.',
  })
  workspaces: SignInWorkspaceDto[];
}

/** Puts it on the wire. */
export function toSignInDto(view: SignInView): SignInDto {
  return {
    access_token: view.accessToken,
    token_type: 'Bearer',
    expires_in_seconds: view.expiresInSeconds,
    refresh_token: view.refreshToken,
    workspace_id: view.workspaceId,
    user_id: view.userId,
    workspaces: view.workspaces.map(({ id, name }) => ({ id, name })),
  };
}
