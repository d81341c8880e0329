import { type Choice } from './form-definition.js';
import { type Answer } from './answers.js';

/** What the portal knows of the citizen and may put into a form: nothing is asked twice. */
export interface ApplicantFacts {
  /** Values of the profile by name (`lastName`, `birthDate`, `snils`, `phone`, …); unknown ones are missing. */
  readonly profile: Readonly<Record<string, Answer>>;
  readonly children: readonly KnownChild[];
  readonly vehicles: readonly Choice[];
  /** Requisites of the current document of a kind. */
  readonly documents: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface KnownChild extends Choice {
  /** By name: `birthDate`, `snils`, `oms`, `birthCertificate`. */
  readonly facts: Readonly<Record<string, Answer>>;
}

export const NOTHING_KNOWN: ApplicantFacts = { profile: {}, children: [], vehicles: [], documents: {} };
