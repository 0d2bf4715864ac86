import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { badRequestError, currentContext } from '@parley/kernel';
import { uploadsOf } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { FilesService } from '../files/files.service.js';

const FILE_FIELDS = new Set(['attachments[]', 'attachments']);

/** Stores the files of a multipart body and adds their IDs to its `attachment_ids`. If the request fails, none is kept. */
@Injectable()
export class AttachUploadsInterceptor implements NestInterceptor {
  constructor(private readonly files: FilesService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return uploadsOf(request).length === 0 ? next.handle() : from(this.attachUploads(request, next));
  }

  private attachUploads(request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const uploads = uploadsOf(request);
    const unexpected = uploads.find(({ field }) => !FILE_FIELDS.has(field));
    if (unexpected) throw badRequestError({ [unexpected.field]: ['Send files in the field attachments[]'] });
    const { workspaceId } = currentContext()!.principal!;
    return this.files.store(workspaceId, uploads, null, (stored) => {
      const body = request.body as { attachment_ids?: unknown };
      const { attachment_ids: attachmentIds = [] } = body;
      // Anything else than a list is left to the validation.
      if (Array.isArray(attachmentIds))
        body.attachment_ids = [...(attachmentIds as unknown[]), ...stored.map(({ id }) => id)];
      return lastValueFrom(next.handle());
    });
  }
}
