import { type AccountLevel } from '../../../kernel/account-level.js';
import { type Expression } from './expression.js';
import { type FilingWindow } from './filing-window.js';
import { type ServiceTerm } from './service-term.js';

/** Kinds of questions a form may ask (fact sheet §8.1). `consent` is a box that has to be ticked. */
export const FIELD_TYPES = [
  'string',
  'text',
  'integer',
  'date',
  'boolean',
  'enum',
  'address',
  'phone',
  'email',
  'snils',
  'childRef',
  'vehicleRef',
  'documentRef',
  'schoolRef',
  'fileList',
  'computed',
  'consent',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A form as published: data with a version, never changed afterwards. Everything for people in it is Russian. */
export interface FormDefinition {
  readonly formCode: string;
  readonly version: number;
  readonly title: string;
  readonly service: FormService;
  /** Empty: always open. */
  readonly windows: readonly FilingWindow[];
  /** Fields whose equal answers make two applications of one citizen the same; empty: as many as one likes. */
  readonly duplicateKey: readonly string[];
  readonly steps: readonly Step[];
  readonly crossRules: readonly CrossRule[];
  readonly term: ServiceTerm;
}

/** Whom the service is for and who provides it. */
export interface FormService {
  readonly code: string;
  readonly requiredLevel: AccountLevel;
  readonly applicantTypes: readonly ApplicantType[];
  readonly authority: Authority;
  /** Where an answer decides which authority is to deal with it: its code, listed in the directory. */
  readonly authorityFrom?: { readonly answer: Expression; readonly directory: string };
}

export interface Authority {
  readonly code: string;
  readonly title: string;
}

export type ApplicantType = 'PERSON' | 'ORGANIZATION';

/** One page of the form. A step of files holds nothing else, so that an upload never loses typed text. */
export interface Step {
  readonly code: string;
  readonly title: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** May look at any earlier field and at fields of its own step. */
  readonly requiredWhen?: Expression;
  /** May look at fields of earlier steps only, so that pages work without scripts. */
  readonly visibleWhen?: Expression;
  /** Filled by the portal; the citizen sees it and cannot type it. */
  readonly readOnly?: boolean;
  readonly default?: string;
  readonly prefill?: Prefill;
  /** What the browser may fill in by itself (HTML `autocomplete`). */
  readonly autocomplete?: string;
  readonly options?: readonly Choice[];
  /** Name of a directory that lists the options; with `filterBy`, only entries under that parent. */
  readonly optionsFrom?: string;
  readonly filterBy?: Expression;
  /** Characters. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of a number its bounds; of files and of `multiple` references, how many. */
  readonly min?: number;
  readonly max?: number;
  readonly multiple?: boolean;
  /** Bounds of a date. */
  readonly notBefore?: 'today';
  readonly notAfter?: 'today';
  /** The latest day of a date, in days from today: 0 is today. */
  readonly daysAhead?: number;
  /** Kinds of documents, for `documentRef` and for choosing from the cabinet. */
  readonly kinds?: readonly string[];
  /** Of files, without the dot; absent: all that the cabinet takes. */
  readonly extensions?: readonly string[];
  readonly fromCabinet?: boolean;
  /** Of `computed`. */
  readonly expression?: Expression;
  readonly warn?: readonly AgeWarning[];
}

/** Files of one field at most, where the form does not say. */
const MAX_FILES_OF_FIELD = 10;

/** How many files the field takes. */
export const mostFilesOf = ({ max = MAX_FILES_OF_FIELD }: Field): number => max;

/** Where a first answer comes from: the profile, the chosen child, or a personal document. */
export type Prefill =
  | { readonly source: 'profile'; readonly path: string }
  | { readonly source: 'child'; readonly path?: string }
  | { readonly source: 'vehicle' }
  | { readonly source: 'document'; readonly kind: string; readonly path: string };

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Says something about an age on a day; it never stops a submission. */
export interface AgeWarning {
  readonly rule: 'ageBetween';
  /** The year of the day, and the day in it (`MM-DD`). */
  readonly year: Expression;
  readonly on: string;
  readonly minMonths: number;
  readonly maxMonths: number;
  readonly message: string;
}

/** A rule over several answers. `field` is where the citizen can mend it. */
export interface CrossRule {
  readonly code: string;
  readonly field: string;
  readonly when: Expression;
  readonly require: Expression;
  readonly message: string;
}
