import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { toConversationDto } from '../conversations/dto/conversation.dto.js';
import { FilesService } from '../files/files.service.js';
import { toMessageDto } from '../messages/dto/message.dto.js';
import { TranscriptDto, TranscriptQueryDto } from './dto/transcript.dto.js';
import { TranscriptsService, type Transcript } from './transcripts.service.js';

const CONTENT_TYPES = {
  text: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;
const FILE_EXTENSIONS = { text: 'txt', html: 'html', json: 'json' } as const;
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Transcripts of conversations. */
@ApiTags('Conversations')
@Controller('v1/conversations/:id/transcript')
export class ConversationTranscriptsController {
  constructor(
    private readonly transcripts: TranscriptsService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: "Get a conversation's transcript",
    description:
      'Returns all messages, oldest first, without notes unless `include_notes` is true. The response ' +
      'is streamed, with the file name `conversation-42.txt` (or `.html`, `.json`).',
    access: 'conversations:read',
    response: {
      media: { 'text/plain': null, 'text/html': null, 'application/json': TranscriptDto },
      description: 'Transcript of the conversation.',
    },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() { format = 'text', include_notes: includeNotes = false }: TranscriptQueryDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const transcript = await this.transcripts.get(workspaceId, id, includeNotes);
    const chunks =
      format === 'json' ? this.json(transcript) : await this.transcripts.render(workspaceId, transcript, format);
    const name = `conversation-${transcript.conversation.number}.${FILE_EXTENSIONS[format]}`;
    await reply
      .header('content-type', CONTENT_TYPES[format])
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(Readable.from(chunks));
  }

  private async *json({ conversation, messages }: Transcript): AsyncGenerator<string> {
    yield `{"data":{"conversation":${JSON.stringify(toConversationDto(conversation))},"messages":[`;
    let separator = '';
    for await (const message of messages) {
      yield separator + JSON.stringify(toMessageDto(message, (fileId) => this.files.buildUrl(fileId)));
      separator = ',';
    }
    yield ']}}';
  }
}
