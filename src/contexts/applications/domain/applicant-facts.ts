import { type Choice } from './form-definition.js';
import { type Answer } from './answers.js';

/** What the portal knows of the citizen and may put into a form: nothing is asked twice. */
export interface ApplicantFacts {
  /** Values of the profile by name (`lastName`, `birthDate`, `snils`, `phone`, …); unknown ones are missing. */
  readonly profile: Readonly<Record<string, Answer>>;
  readonly children: readonly KnownChild[];
  readonly vehicles: readonly Choice[];
  /** Valid documents of the citizen and of the children, of kinds the form may use; those of ESIA first, then the newest. */
  readonly documents: readonly KnownDocument[];
}

/** A document whose requisites a form may take over. */
export interface KnownDocument {
  readonly documentId: string;
  readonly kind: string;
  readonly title: string;
  /** `•••• 456`. */
  readonly maskedNumber: string;
  /** A value of the children above; null for the citizen's own. */
  readonly childId: string | null;
  /** By code (`series`, `number`, `issueDate`, …), normalised. */
  readonly requisites: Readonly<Record<string, string>>;
}

export interface KnownChild extends Choice {
  /** By name: `birthDate`, `snils`, `oms`, `birthCertificate`. */
  readonly facts: Readonly<Record<string, Answer>>;
}

export const NOTHING_KNOWN: ApplicantFacts = { profile: {}, children: [], vehicles: [], documents: [] };
