import { Controller, Get, Param, UnsupportedMediaTypeException } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Download, showPicture } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { CabinetFileQuery } from '../../application/cabinet-documents.query.js';
import { FileContentQuery } from '../../application/stored-files.query.js';
import { FILE_FORMATS } from '../../domain/file-format.js';
import { FileNotFound } from '../../domain/stored-file.errors.js';

/** The picture of an own file, for a page or a window of its own. PDF and TIFF are drawn by a script, from the file itself. */
@Controller('files/:id/preview')
export class FilePreviewController {
  constructor(private readonly queries: QueryBus) {}

  /** 415 for a file that no browser shows as a picture; 404 as where the file itself is read. */
  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Download> {
    const readable = await this.queries.execute(new CabinetFileQuery(citizen.accountId, id));
    if (!readable) throw new FileNotFound();
    if (readable.mediaType !== FILE_FORMATS.jpg) throw new UnsupportedMediaTypeException();
    const found = await this.queries.execute(new FileContentQuery(id));
    if (!found) throw new FileNotFound();
    const { name, mediaType, bytes } = found.info;
    return showPicture({ content: found.content, name, mediaType, bytes });
  }
}
