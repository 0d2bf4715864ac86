import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { AuthService } from './auth.service.js';
import { toDevice } from './request-device.js';
import { LoginDto, RefreshDto, RegisterDto, SignInDto, toSignInDto } from './dto/auth.dto.js';
import { LoginService } from './login.service.js';

/** Registering, signing in and out. */
@ApiTags('Teams')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly logins: LoginService,
  ) {}

  @Post('register')
  @Operation({
    summary: 'Register a workspace',
    description: 'Makes a workspace with you as its owner, where the server allows it (`PARLEY_SIGNUP=open`).',
    access: 'public',
    response: { item: SignInDto, status: 201 },
    errors: ['FORBIDDEN', 'CONFLICT'],
    rateClass: 'register',
  })
  async register(@Body() body: RegisterDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    const { workspace_name: workspaceName, name, email, password } = body;
    return toResponse(
      toSignInDto(await this.auth.register({ workspaceName, name, email, password }, toDevice(request))),
    );
  }

  @Post('login')
  @Operation({
    summary: 'Sign in',
    description:
      'After five wrong tries for one account the next one has to wait, 15 seconds at first and up to 15 minutes: the answer is 429 with `Retry-After`, whether or not there is such an account.\n\nWhere the user has a second factor on and the call shows none, the answer is 401 with `details.second_factor_required`: call again with `totp_code` or `recovery_code` beside the password.',
    access: 'public',
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN'],
    rateClass: 'sign_in',
  })
  async login(@Body() body: LoginDto, @Req() request: FastifyRequest): Promise<ItemResponse<SignInDto>> {
    const {
      email,
      password,
      workspace_id: workspaceId = null,
      totp_code: totpCode,
      recovery_code: recoveryCode,
    } = body;
    return toResponse(
      toSignInDto(
        await this.logins.login(
          { email, password, workspaceId, secondFactor: { totpCode, recoveryCode } },
          toDevice(request),
        ),
      ),
    );
  }

  @Post('refresh')
  @Operation({
    summary: 'Refresh the tokens',
    description: 'Each refresh token works once; using one a second time ends its session.',
    access: 'public',
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED'],
    rateClass: 'register',
  })
  async refresh(@Body() body: RefreshDto): Promise<ItemResponse<SignInDto>> {
    return toResponse(toSignInDto(await this.auth.refresh(body.refresh_token)));
  }

  @Post('logout')
  @Operation({
    summary: 'Sign out',
    description: 'Ends the session: its access token and refresh token stop working.',
    access: 'signed-in',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
  })
  async logout(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.auth.logout(principal);
  }
}
