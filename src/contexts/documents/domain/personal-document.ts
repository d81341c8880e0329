import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { documentKind, type DocumentKind } from './document-kinds.js';
import { type Bearer, checkDates, isExpired, lastValidDay } from './expiry.js';
import {
  DocumentChanged,
  DocumentDuplicate,
  EsiaDocumentReadOnly,
  OnePerPerson,
  SuppliedByEsia,
  TooManyFiles,
} from './personal-document.errors.js';
import { FilesOfDocumentChanged } from './personal-document.events.js';
import { type Requisites } from './requisite-reading.js';

/** Fact sheet §2.3 «Scans». */
export const FILES_PER_DOCUMENT = 10;

/** What a document says, and a keyed hash of its number: the same number is recognised without being readable. */
export interface DocumentContent {
  readonly requisites: Requisites;
  readonly numberFingerprint: string;
}

/** What a document said until `replacedAt` (ISO instant), and who replaced it. */
export interface FormerRequisites {
  readonly requisites: Requisites;
  readonly replacedAt: string;
  readonly by: 'OWNER' | 'ESIA';
}

/** A document as ESIA supplies it; `esiaId` is its number there. */
export interface SuppliedDocument {
  readonly esiaId: string;
  readonly kind: DocumentKind;
  /** The child whose document it is; null for the owner's own. */
  readonly childId: string | null;
  /** ESIA has checked it with whoever issued it. */
  readonly verified: boolean;
  readonly content: DocumentContent;
}

/** A document in the cabinet of its owner, typed or mirrored from ESIA: requisites of one kind and up to ten files. */
export class PersonalDocument extends AggregateRoot {
  private requisites: Requisites;
  private numberFingerprint: string;
  /** Last valid day, `YYYY-MM-DD`; null when it does not expire. */
  private expiresOn: string | null;
  /** The oldest first; null until the first change. */
  private history: readonly FormerRequisites[] | null = null;
  private esiaId: string | null = null;
  private verified = false;
  /** When ESIA was last read and had it. */
  private confirmedAt: Date | null = null;
  private fileIds: string[] = [];
  private changedAt: Date;
  private removedAt: Date | null = null;
  readonly version: number = 1;

  private constructor(
    readonly id: string,
    readonly ownerId: string,
    readonly kindCode: string,
    /** The child whose document it is; null for the owner's own. */
    private childId: string | null,
    content: DocumentContent,
    expiresOn: string | null,
    readonly addedAt: Date,
  ) {
    super();
    this.requisites = content.requisites;
    this.numberFingerprint = content.numberFingerprint;
    this.expiresOn = expiresOn;
    this.changedAt = addedAt;
  }

  /** Throws InvalidRequisites when the dates make no sense, DocumentExpired when its last valid day is over. */
  static add(
    id: string,
    ownerId: string,
    kind: DocumentKind,
    content: DocumentContent,
    bearer: Bearer,
    now: Date,
  ): PersonalDocument {
    const expiresOn = checkDates(kind, content.requisites, bearer);
    return new PersonalDocument(id, ownerId, kind.code, bearer.childId, content, expiresOn, now);
  }

  /** The first sight of a document of ESIA. Nothing of it is refused: what ESIA says is shown as it is, expired or not. */
  static mirror(
    id: string,
    ownerId: string,
    supplied: SuppliedDocument,
    birthDate: string | null,
    readAt: Date,
    now: Date,
  ): PersonalDocument {
    const { kind, childId, content } = supplied;
    const document = new PersonalDocument(
      id,
      ownerId,
      kind.code,
      childId,
      content,
      lastValidDay(kind, content.requisites, birthDate),
      now,
    );
    document.acknowledge(supplied, readAt);
    return document;
  }

  get kind(): DocumentKind {
    return documentKind(this.kindCode);
  }

  get isRemoved(): boolean {
    return this.removedAt !== null;
  }

  get isOfEsia(): boolean {
    return this.esiaId !== null;
  }

  get child(): string | null {
    return this.childId;
  }

  get files(): readonly string[] {
    return this.fileIds;
  }

  /** It is what ESIA keeps under that number. */
  isMirrorOf({ esiaId, kind, childId }: SuppliedDocument): boolean {
    return this.esiaId === esiaId && this.isOfSame(kind.code, childId);
  }

  /** Same kind, same person. */
  isOfSame(kindCode: string, childId: string | null): boolean {
    return this.kindCode === kindCode && this.childId === childId;
  }

  /**
   * New requisites by the rules of {@link add}; the former ones go to the history. `version` is the one the form was opened with; throws
   * DocumentChanged, EsiaDocumentReadOnly.
   */
  change(content: DocumentContent, bearer: Bearer, version: number, now: Date): void {
    this.refuseOfEsia();
    if (version !== this.version) throw new DocumentChanged(this.id);
    this.expiresOn = checkDates(this.kind, content.requisites, bearer);
    this.childId = bearer.childId;
    this.replaceContent(content, 'OWNER', now);
  }

  /** Takes over what ESIA says of it now, and brings it back when it had vanished there. Repeating it changes nothing. */
  confirm(supplied: SuppliedDocument, birthDate: string | null, readAt: Date, now: Date): void {
    this.expiresOn = lastValidDay(this.kind, supplied.content.requisites, birthDate);
    this.replaceContent(supplied.content, 'ESIA', now);
    this.removedAt = null;
    this.acknowledge(supplied, readAt);
  }

  /** ESIA has it no more. Repeating it changes nothing. */
  vanish(now: Date): void {
    this.removedAt ??= now;
  }

  /** Attaches stored files; those already attached stay once. Throws TooManyFiles. */
  attach(fileIds: readonly string[], now: Date): void {
    const added = fileIds.filter((fileId) => !this.fileIds.includes(fileId));
    if (this.fileIds.length + added.length > FILES_PER_DOCUMENT) throw new TooManyFiles(FILES_PER_DOCUMENT);
    if (added.length === 0) return;
    this.fileIds = [...this.fileIds, ...added];
    this.changedAt = now;
    this.record(new FilesOfDocumentChanged(this.id));
  }

  /** Repeating it changes nothing. */
  detach(fileId: string, now: Date): void {
    if (!this.fileIds.includes(fileId)) return;
    this.fileIds = this.fileIds.filter((attached) => attached !== fileId);
    this.changedAt = now;
    this.record(new FilesOfDocumentChanged(this.id));
  }

  /** Takes it out of every list; it can be brought back until it is forgotten. Repeating it changes nothing. Throws EsiaDocumentReadOnly. */
  remove(now: Date): void {
    this.refuseOfEsia();
    this.removedAt ??= now;
  }

  /** Undoes {@link remove}. Repeating it changes nothing. Throws EsiaDocumentReadOnly. */
  restore(): void {
    this.refuseOfEsia();
    this.removedAt = null;
  }

  /**
   * Throws DocumentDuplicate, OnePerPerson or SuppliedByEsia when one of `others` (the owner's, of any kind) rules this document out. One of
   * ESIA that came after this one was typed does not: this one gave way to it, and is kept all the same.
   */
  refuseBeside(others: readonly PersonalDocument[], today: string): void {
    const rivals = others.filter(
      (other) =>
        other.id !== this.id &&
        other.kindCode === this.kindCode &&
        !other.isRemoved &&
        !(other.isOfEsia && other.addedAt > this.addedAt),
    );
    const same = rivals.find((other) => other.numberFingerprint === this.numberFingerprint);
    if (same) throw same.isOfEsia ? new SuppliedByEsia(same.id) : new DocumentDuplicate(same.id);
    const current =
      this.kind.onePerPerson &&
      rivals.find((other) => other.childId === this.childId && !isExpired(other.expiresOn, today));
    if (current) throw current.isOfEsia ? new SuppliedByEsia(current.id) : new OnePerPerson(current.id);
  }

  private refuseOfEsia(): void {
    if (this.isOfEsia) throw new EsiaDocumentReadOnly(this.id);
  }

  private acknowledge({ esiaId, verified }: SuppliedDocument, readAt: Date): void {
    this.esiaId = esiaId;
    this.verified = verified;
    this.confirmedAt = readAt;
  }

  private replaceContent(content: DocumentContent, by: FormerRequisites['by'], now: Date): void {
    this.numberFingerprint = content.numberFingerprint;
    if (isSame(this.requisites, content.requisites)) return;
    this.history = [...(this.history ?? []), { requisites: this.requisites, replacedAt: now.toISOString(), by }];
    this.requisites = content.requisites;
    this.changedAt = now;
  }
}

const isSame = (one: Requisites, other: Requisites): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every((code) => one[code] === other[code]);

/** The number by which a document is recognised: its numbering requisites, in their order. */
export const numberOf = (kind: DocumentKind, requisites: Requisites): string =>
  kind.numbering.map((code) => requisites[code] ?? '').join('\n');
