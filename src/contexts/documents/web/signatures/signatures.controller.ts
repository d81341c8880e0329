import { Controller, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { PersonalDocumentQuery } from '../../application/cabinet-documents.query.js';
import { ElectronicDocumentQuery } from '../../application/electronic-documents.query.js';
import { VerifySignatures } from '../../application/verify-signatures.js';
import { ElectronicDocumentNotFound } from '../../domain/electronic-document.errors.js';
import { DocumentNotFound } from '../../domain/personal-document.errors.js';

/** «Проверить ещё раз»: the signatures of a document, at once. */
@Controller('documents')
export class SignaturesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post(':id/signatures')
  @RateLimit({ max: 10, perSeconds: 60 })
  async verify(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    const document = await this.queries.execute(new PersonalDocumentQuery(citizen.accountId, id));
    if (!document) throw new DocumentNotFound();
    return this.verifyAgain(id, `/documents/${id}`);
  }

  @Post('electronic/:id/signatures')
  @RateLimit({ max: 10, perSeconds: 60 })
  async verifyElectronic(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    const document = await this.queries.execute(new ElectronicDocumentQuery(citizen.accountId, id));
    if (!document) throw new ElectronicDocumentNotFound();
    return this.verifyAgain(id, `/documents/electronic/${id}`);
  }

  private async verifyAgain(documentId: string, path: string): Promise<SeeOther> {
    await this.commands.execute(new VerifySignatures(documentId, true));
    return seeOther(path, { notice: 'documents.signatures-verified' });
  }
}
