import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { documentKind, type DocumentKind } from './document-kinds.js';
import { type Bearer, checkDates, isExpired } from './expiry.js';
import { DocumentChanged, DocumentDuplicate, OnePerPerson, TooManyFiles } from './personal-document.errors.js';
import { FilesOfDocumentChanged } from './personal-document.events.js';
import { type Requisites } from './requisite-reading.js';

/** Fact sheet §2.3 «Scans». */
export const FILES_PER_DOCUMENT = 10;

/** What a document says, and a keyed hash of its number: the same number is recognised without being readable. */
export interface DocumentContent {
  readonly requisites: Requisites;
  readonly numberFingerprint: string;
}

/** A document its owner keeps in the cabinet: requisites of one kind and up to ten files. */
export class PersonalDocument extends AggregateRoot {
  private requisites: Requisites;
  private numberFingerprint: string;
  /** Last valid day, `YYYY-MM-DD`; null when it does not expire. */
  private expiresOn: string | null;
  private fileIds: string[] = [];
  private changedAt: Date;
  private removedAt: Date | null = null;
  readonly version: number = 1;

  private constructor(
    readonly id: string,
    readonly ownerId: string,
    readonly kindCode: string,
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
    return new PersonalDocument(id, ownerId, kind.code, content, checkDates(kind, content.requisites, bearer), now);
  }

  get kind(): DocumentKind {
    return documentKind(this.kindCode);
  }

  get isRemoved(): boolean {
    return this.removedAt !== null;
  }

  get files(): readonly string[] {
    return this.fileIds;
  }

  /** New requisites by the rules of {@link add}. `version` is the one the form was opened with; throws DocumentChanged. */
  change(content: DocumentContent, bearer: Bearer, version: number, now: Date): void {
    if (version !== this.version) throw new DocumentChanged(this.id);
    this.expiresOn = checkDates(this.kind, content.requisites, bearer);
    this.requisites = content.requisites;
    this.numberFingerprint = content.numberFingerprint;
    this.changedAt = now;
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

  /** Takes it out of every list; it can be brought back until it is forgotten. Repeating it changes nothing. */
  remove(now: Date): void {
    this.removedAt ??= now;
  }

  /** Undoes {@link remove}. Repeating it changes nothing. */
  restore(): void {
    this.removedAt = null;
  }

  /** Throws DocumentDuplicate or OnePerPerson when one of `others` (the owner's, of any kind) rules this document out. */
  refuseBeside(others: readonly PersonalDocument[], today: string): void {
    const rivals = others.filter(
      (other) => other.id !== this.id && other.kindCode === this.kindCode && !other.isRemoved,
    );
    const same = rivals.find((other) => other.numberFingerprint === this.numberFingerprint);
    if (same) throw new DocumentDuplicate(same.id);
    const current = this.kind.onePerPerson && rivals.find((other) => !isExpired(other.expiresOn, today));
    if (current) throw new OnePerPerson(current.id);
  }
}

/** The number by which a document is recognised: its numbering requisites, in their order. */
export const numberOf = (kind: DocumentKind, requisites: Requisites): string =>
  kind.numbering.map((code) => requisites[code] ?? '').join('\n');
