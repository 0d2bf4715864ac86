import { Body, Controller, Delete, Get, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { AutomationDryRunService } from './automation-dry-run.service.js';
import { AutomationRunsService } from './automation-runs.service.js';
import { AutomationsService } from './automations.service.js';
import { AutomationRunDto, AutomationRunListQueryDto, toAutomationRunDto } from './dto/automation-run.dto.js';
import { AutomationDto, SavedAutomationDto, toAutomationDto, toSavedAutomationDto } from './dto/automation.dto.js';
import { DryRunAutomationDto, toDryRunResultDto, DryRunResultDto } from './dto/dry-run.dto.js';
import {
  AutomationListQueryDto,
  CreateAutomationDto,
  toRuleInput,
  toUpdateAutomationInput,
  UpdateAutomationDto,
} from './dto/write-automation.dto.js';
import { NestedRuleErrorsInterceptor } from './nested-rule-errors.interceptor.js';
import { RuleErrorsInterceptor } from './rule-errors.interceptor.js';
import { RuleValidator } from './rule-validator.service.js';

/** Automation rules. */
@ApiTags('Automations')
@Controller('v1/automations')
export class AutomationsController {
  constructor(
    private readonly automations: AutomationsService,
    private readonly runs: AutomationRunsService,
    private readonly dryRuns: AutomationDryRunService,
    private readonly validator: RuleValidator,
  ) {}

  @Get()
  @Operation({
    summary: 'List automations',
    description: 'Returns the automations in the order in which they run.',
    access: 'automations:read',
    response: { list: AutomationDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AutomationListQueryDto,
  ): Promise<ListResponse<AutomationDto>> {
    const filter = { enabled: query.enabled, q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'automations',
      workspaceId,
      filter,
    ]);
    const page = await this.automations.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAutomationDto) });
  }

  @Post()
  @UseInterceptors(RuleErrorsInterceptor)
  @Operation({
    summary: 'Create an automation',
    description:
      'Creates a rule that runs its `actions` in order when one of its `events` occurs and its ' +
      '`filter` matches. A rule runs at most once per conversation for all events that one request ' +
      'causes. Returns 400 with the path of each error if the rule is not valid.',
    access: 'automations:write',
    response: { item: SavedAutomationDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateAutomationDto,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    const { description, enabled, position } = body;
    return toResponse(
      toSavedAutomationDto(
        await this.automations.create(workspaceId, toRuleInput(body), { description, enabled, position }),
      ),
    );
  }

  @Post('dry-run')
  @UseInterceptors(NestedRuleErrorsInterceptor)
  @Operation({
    summary: 'Dry-run an automation',
    description:
      'Executes a saved or unsaved rule on the current state of a conversation, in a transaction that ' +
      'is rolled back. Returns the conditions and the results of the actions, with the texts that templates result in. ' +
      'Nothing changes. Returns 400 with the path of each error if an unsaved rule is not valid. `changes` imagines ' +
      'what the event changed, for conditions such as `changed_to`.',
    access: 'automations:write',
    response: { item: DryRunResultDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async dryRun(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: DryRunAutomationDto,
  ): Promise<ItemResponse<DryRunResultDto>> {
    const { automation_id: id, rule, conversation_id: conversationId, message_id: messageId, event, changes } = body;
    if ((id === undefined) === (rule === undefined))
      throw badRequestError({ rule: ['Pass either rule or automation_id'] });
    const result =
      id !== undefined
        ? await this.automations.get(workspaceId, id)
        : await this.validator.validate(workspaceId, toRuleInput(rule!), ['rule']);
    return toResponse(
      toDryRunResultDto(
        await this.dryRuns.run(workspaceId, result, id ?? null, { conversationId, messageId, event, changes }),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get an automation',
    access: 'automations:read',
    response: { item: AutomationDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<AutomationDto>> {
    return toResponse(toAutomationDto(await this.automations.get(workspaceId, id)));
  }

  @Patch(':id')
  @UseInterceptors(RuleErrorsInterceptor)
  @Operation({
    summary: 'Update an automation',
    description: 'Updates the rule and validates it again. Returns 400 with the path of each error if it is not valid.',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateAutomationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toUpdateResponse(
      this.automations.update(workspaceId, id, toUpdateAutomationInput(body), version),
      toSavedAutomationDto,
    );
  }

  @Post(':id/enable')
  @Operation({
    summary: 'Enable an automation',
    description:
      'Enables the rule and validates it again. Returns 400 with the path of each error if it is no longer valid.',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async enable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toResponse(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, true)));
  }

  @Post(':id/disable')
  @Operation({
    summary: 'Disable an automation',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async disable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toResponse(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, false)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an automation',
    description: 'Deletes the automation and the records of its runs.',
    access: 'automations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.automations.delete(workspaceId, id);
  }

  @Get(':id/runs')
  @Operation({
    summary: "List an automation's runs",
    description:
      'Returns the runs, newest first, with the result and actual value of each condition and the ' +
      'result of each action. Leaves out runs for conversations that the caller cannot see. Runs are kept for 30 days.',
    access: 'automations:read',
    response: { list: AutomationRunDto },
    errors: ['NOT_FOUND'],
  })
  async listRuns(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: AutomationRunListQueryDto,
  ): Promise<ListResponse<AutomationRunDto>> {
    const filter = { subjectId: query.conversation_id, outcomes: query.outcome };
    const request = parsePageRequest(query, ['automation-runs', workspaceId, id, filter]);
    const page = await this.runs.list(workspaceId, id, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAutomationRunDto) });
  }
}
