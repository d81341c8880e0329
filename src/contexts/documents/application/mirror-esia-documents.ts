import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { ApplicantQuery } from '../../profile/public.js';
import { PersonalDocument, type SuppliedDocument } from '../domain/personal-document.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { EsiaDocuments } from './ports/esia-documents.js';

/**
 * Makes the cabinet show what ESIA has: new documents appear, changed ones are changed in place, those that are gone vanish. What ESIA did
 * not give is left as it is. Repeating it changes nothing.
 */
export class MirrorEsiaDocuments extends Command<void> {
  constructor(readonly accountId: string) {
    super();
  }
}

@CommandHandler(MirrorEsiaDocuments)
export class MirrorEsiaDocumentsHandler implements ICommandHandler<MirrorEsiaDocuments> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly esia: EsiaDocuments,
    private readonly queries: QueryBus,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId }: MirrorEsiaDocuments): Promise<void> {
    const [read, applicant, mirrors] = await Promise.all([
      this.esia.of(accountId),
      this.queries.execute(new ApplicantQuery(accountId)),
      this.documents.mirrorsOf(accountId),
    ]);
    if (read === null) return;
    const now = this.clock.now();
    const birthDateOf = ({ childId }: SuppliedDocument) =>
      (childId === null ? applicant?.birthDate : applicant?.children.find(({ id }) => id === childId)?.birthDate) ??
      null;

    const left = new Set(mirrors);
    const added: PersonalDocument[] = [];
    for (const [supplied, mirror] of pairsOf(read.documents, mirrors)) {
      if (mirror) mirror.confirm(supplied, birthDateOf(supplied), read.readAt, now);
      else
        added.push(
          PersonalDocument.mirror(this.ids.next(), accountId, supplied, birthDateOf(supplied), read.readAt, now),
        );
      if (mirror) left.delete(mirror);
    }
    for (const mirror of left) {
      if (!read.notGranted.includes(mirror.child === null ? 'OWN' : 'CHILDREN')) mirror.vanish(now);
    }
    await this.documents.saveAll([...mirrors, ...added]);
  }
}

/**
 * Which mirror shows which document: the one of the same number at ESIA, else one of the same kind and person whose own document is gone
 * there, for a renewed document has a new number. Null for a document that no mirror shows yet.
 */
function pairsOf(
  supplied: readonly SuppliedDocument[],
  mirrors: readonly PersonalDocument[],
): (readonly [SuppliedDocument, PersonalDocument | null])[] {
  const known = new Map(supplied.map((one) => [one, mirrors.find((mirror) => mirror.isMirrorOf(one)) ?? null]));
  const free = new Set(mirrors.filter((mirror) => !mirror.isRemoved && ![...known.values()].includes(mirror)));
  return supplied.map((one) => {
    const renewed = [...free].find((mirror) => mirror.isOfSame(one.kind.code, one.childId));
    const mirror = known.get(one) ?? renewed ?? null;
    if (mirror) free.delete(mirror);
    return [one, mirror] as const;
  });
}
