import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, Operation, type Principal } from '@parley/kernel';
import type { FastifyReply } from 'fastify';
import { toConversationDto } from '../conversations/dto/conversation.dto.js';
import { FilesService } from '../files/files.service.js';
import { toMessageDto } from '../messages/dto/message.dto.js';
import { TranscriptDto, TranscriptQueryDto } from './dto/transcript.dto.js';
import { TranscriptsService, type Transcript } from './transcripts.service.js';

const TYPES = {
  text: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;
const ENDINGS = { text: 'txt', html: 'html', json: 'json' } as const;
const NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Conversations from beginning to end. */
@ApiTags('Messaging')
@Controller('v1/conversations/:id/transcript')
export class ConversationTranscriptsController {
  constructor(
    private readonly transcripts: TranscriptsService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'Get the transcript of a conversation',
    description:
      'All that was said, oldest first, without the notes of the team unless they are asked for. Streamed, however long it is; browsers save it as `conversation-42.txt` (or `.html`, `.json`).',
    access: 'conversations:read',
    answer: {
      media: { 'text/plain': null, 'text/html': null, 'application/json': TranscriptDto },
      description: 'The transcript.',
    },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() { format = 'text', include_notes: notes = false }: TranscriptQueryDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const transcript = await this.transcripts.get(workspaceId, id, notes);
    const pieces =
      format === 'json' ? this.json(transcript) : await this.transcripts.written(workspaceId, transcript, format);
    const name = `conversation-${transcript.conversation.number}.${ENDINGS[format]}`;
    await reply
      .header('content-type', TYPES[format])
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', NOTHING_RUNS)
      .send(Readable.from(pieces));
  }

  private async *json({ conversation, messages }: Transcript): AsyncGenerator<string> {
    yield `{"data":{"conversation":${JSON.stringify(toConversationDto(conversation))},"messages":[`;
    let separator = '';
    for await (const message of messages) {
      yield separator + JSON.stringify(toMessageDto(message, (fileId) => this.files.linkTo(fileId)));
      separator = ',';
    }
    yield ']}}';
  }
}
