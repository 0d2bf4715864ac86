import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@parley/kernel';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SIGN_IN } from '../teams.rate-classes.js';
import { toDevice } from '../auth/request-device.js';
import { SignInDto, toSignInDto } from '../auth/dto/auth.dto.js';
import { buildBrowserCookie, parseBrowserToken, generateBrowserToken } from './browser-cookie.js';
import { StartOidcSignInQueryDto } from './dto/oidc-sign-in.dto.js';
import { OidcSignInService, SIGN_IN_TIMEOUT_SECONDS } from './oidc-sign-in.service.js';
import { OidcUrlBuilder } from './oidc-url-builder.service.js';
import { buildReturnUrl } from './return-fragment.js';

const PROVIDER_ID_PARAM = ['provider_id', 'ID of the OIDC provider.'] as const;

/** Sign-in through an OIDC provider. */
@ApiTags('Sign-in')
@Controller('v1/auth/oidc/:provider_id')
export class OidcSignInController {
  constructor(
    private readonly signIns: OidcSignInService,
    private readonly urls: OidcUrlBuilder,
  ) {}

  @Get('start')
  @Operation({
    summary: 'Start an OIDC sign-in',
    description:
      'Open this URL in a browser. It redirects to the provider, which redirects to the callback. The sign-in must ' +
      'be completed within ten minutes.',
    access: 'public',
    response: { redirect: 'Redirect to the provider.' },
    errors: ['NOT_FOUND', 'UNAVAILABLE'],
    rateClass: SIGN_IN,
  })
  async start(
    @IdParam(...PROVIDER_ID_PARAM) id: string,
    @Query() query: StartOidcSignInQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const returnTo = query.return_to === undefined ? null : this.urls.resolveReturnUrl(query.return_to);
    const browserToken = parseBrowserToken(request.headers.cookie) ?? generateBrowserToken();
    const url = await this.signIns.start(id, browserToken, returnTo);
    void reply
      .header('location', url)
      .header('cache-control', 'no-store')
      .header('set-cookie', buildBrowserCookie(browserToken, SIGN_IN_TIMEOUT_SECONDS, this.urls.isSecure));
  }

  @Get('callback')
  @Operation({
    summary: 'Handle the OIDC callback',
    access: 'public',
    hasSecrets: true,
    response: { item: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    rateClass: SIGN_IN,
    description:
      "The provider redirects the browser here. Finds the member by the provider's subject, then by verified " +
      'e-mail, and otherwise creates a user if `auto_provision` is true. An invited user becomes active. The ' +
      'provider creates an account of the workspace, even if the person has an account elsewhere, which it ' +
      'cannot change. Does ' +
      'not ask for the second factor of Parley, because the provider has its own. Fails with 401 if the sign-in ' +
      'was not started in this browser or is older than ten minutes, and with 403 if the user cannot sign in.',
  })
  @ApiResponse({
    status: 302,
    description:
      'Redirect to `return_to`, if it was given, with `access_token`, `refresh_token`, `expires_in_seconds`, ' +
      '`workspace_id` and `user_id`, or `error` and `error_description`, in the fragment.',
  })
  @ApiQuery({
    name: 'state',
    description: 'State of the sign-in, as sent to the provider.',
    schema: { type: 'string', maxLength: 500 },
    example: 'wq8hUZ7dYv0kq2mVgNnS',
  })
  @ApiQuery({
    name: 'code',
    required: false,
    description: 'Authorization code, if the provider confirmed the sign-in.',
    schema: { type: 'string', maxLength: 4000 },
  })
  @ApiQuery({
    name: 'error',
    required: false,
    description: 'Error code, if the provider rejected the sign-in.',
    schema: { type: 'string', maxLength: 500 },
  })
  async callback(
    @IdParam(...PROVIDER_ID_PARAM) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<SignInDto> | undefined> {
    const [, query = ''] = request.url.split('?');
    void reply.header('cache-control', 'no-store');
    const { returnTo, result } = await this.signIns.complete({
      providerId: id,
      query,
      browserToken: parseBrowserToken(request.headers.cookie),
      device: toDevice(request),
    });
    if (returnTo !== null) {
      void reply.status(302).header('location', buildReturnUrl(returnTo, result));
      return undefined;
    }
    if (result instanceof DomainError) throw result;
    return toResponse(toSignInDto(result));
  }
}
