/**
 * The filled form as it was printed at submission (fact sheet §7.2, "Immutability"): labels, words and values in the order of the
 * form, so that the history and the case workers show it without the form definition, whatever becomes of profile and documents.
 */
export interface AnswerSnapshot {
  readonly steps: readonly AnswerSection[];
}

/** One step of the form. Steps and fields that did not apply are left out. */
export interface AnswerSection {
  readonly code: string;
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

/** One question with its answer. */
export interface AnswerRow {
  /** Name of the field in the form definition. */
  readonly name: string;
  readonly label: string;
  /** The answer in words for people; empty when an optional question was left open. */
  readonly text: string;
  /** The normalised answer for machines: text, number, yes or no, an object of an address or a document, a list of ids. */
  readonly value: AnswerValue;
}

export type AnswerValue = string | number | boolean | null | readonly AnswerValue[] | { readonly [part: string]: AnswerValue };

/** A file that went out with the application; the hash proves that the content is the one the citizen attached. */
export interface FileSnapshot {
  /** Name of the form field it answers. */
  readonly field: string;
  readonly fileId: string;
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}
