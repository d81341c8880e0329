import { legalDayOf } from '../../../kernel/legal-day.js';
import { type AnswerSnapshot, type AnswerValue, type FileSnapshot } from './answer-snapshot.js';
import { type Answers, asFiles } from './answers.js';
import { evaluate, holds, type Scope } from './expression.js';
import { type Fault, type FaultCode, readAnswer, type Surroundings } from './field-reading.js';
import { type AgeWarning, type Authority, type Field, type FormDefinition, type Step } from './form-definition.js';
import { type WindowRun } from './filing-window.js';

/** Files of one application at most (fact sheet §5.2). */
export const MAX_FILES = 20;

/** A question that applies, with what was answered so far. */
export interface FilledField {
  readonly field: Field;
  readonly required: boolean;
  /** Null when there is no answer, or none that can be taken. */
  readonly value: AnswerValue;
  readonly text: string;
  readonly fault: Fault | null;
  /** Sentences of the form definition that the answer calls for; they stop nothing. */
  readonly warnings: readonly string[];
}

export interface FilledStep {
  readonly step: Step;
  readonly fields: readonly FilledField[];
}

/** A rule over several answers that is not met; `message` comes from the form definition. */
export interface BrokenRule {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** A form with answers, read once from the first question to the last: what applies, what it says, what is missing. */
export class FilledForm {
  private constructor(
    readonly definition: FormDefinition,
    /** Steps that have a question which applies. */
    readonly steps: readonly FilledStep[],
    readonly brokenRules: readonly BrokenRule[],
    /** Values by name, for choices that depend on earlier answers. */
    readonly scope: Readonly<Record<string, AnswerValue>>,
    private readonly answers: Answers,
    /** Who is to deal with it, by the answers given so far. */
    readonly authority: Authority,
  ) {}

  /** Fields that do not apply are left out before anything is checked, whatever was typed into them. */
  static read(definition: FormDefinition, answers: Answers, around: Surroundings, run: WindowRun | null): FilledForm {
    const scope: Record<string, AnswerValue> = {
      window: run && { code: run.code, opensAt: legalDayOf(run.opensAt), closesAt: legalDayOf(run.closesAt) },
    };
    const steps: FilledStep[] = [];
    for (const step of definition.steps) {
      const visible = step.fields.filter(({ visibleWhen }) => visibleWhen === undefined || holds(visibleWhen, scope));
      const readings = visible.map((field) => {
        const reading = readAnswer(answers[field.name], field, around, scope);
        scope[field.name] = reading && 'value' in reading ? reading.value : null;
        return { field, reading };
      });
      const fields = readings.map(({ field, reading }): FilledField => {
        const required = field.required === true || (field.requiredWhen !== undefined && holds(field.requiredWhen, scope));
        if (reading && 'fault' in reading) return { field, required, value: null, text: '', fault: reading.fault, warnings: [] };
        const missing = required && reading === null && field.type !== 'computed';
        return {
          field,
          required,
          value: reading?.value ?? null,
          text: reading?.text ?? '',
          fault: missing ? { code: missingCode(field) } : null,
          warnings: (field.warn ?? []).filter((rule) => calls(rule, reading?.value ?? null, scope)).map(({ message }) => message),
        };
      });
      if (fields.some(({ field }) => field.type !== 'computed')) steps.push({ step, fields });
    }
    const brokenRules = definition.crossRules
      .filter((rule) => holds(rule.when, scope) && !holds(rule.require, scope))
      .map(({ code, field, message }) => ({ code, field, message }));
    return new FilledForm(definition, steps, brokenRules, scope, answers, authorityOf(definition, scope, around));
  }

  /** Every question that stands in the way, in the order of the form. */
  get faults(): readonly { readonly step: string; readonly field: Field; readonly fault: Fault }[] {
    return this.steps.flatMap(({ step, fields }) =>
      fields.flatMap(({ field, fault }) => (fault ? [{ step: step.code, field, fault }] : [])),
    );
  }

  /** More files than one application may carry. */
  get tooManyFiles(): boolean {
    return this.files.length > MAX_FILES;
  }

  get complete(): boolean {
    return this.faults.length === 0 && this.brokenRules.length === 0 && !this.tooManyFiles;
  }

  /** The first step with something missing or wrong; null when all are done. */
  get firstOpenStep(): string | null {
    return this.steps.find(({ fields }) => fields.some(({ fault }) => fault !== null))?.step.code ?? null;
  }

  /** Steps done of all that apply, 0…100. */
  get progressPercent(): number {
    const done = this.steps.filter(({ fields }) => fields.every(({ fault }) => fault === null)).length;
    return Math.round((done / this.steps.length) * 100);
  }

  /** Nothing on the page is missing or wrong; a page that does not apply is done. */
  isDone(code: string): boolean {
    return (this.step(code)?.fields ?? []).every(({ fault }) => fault === null);
  }

  /** The step, when it applies. */
  step(code: string): FilledStep | undefined {
    return this.steps.find(({ step }) => step.code === code);
  }

  get files(): readonly FileSnapshot[] {
    return this.steps.flatMap(({ fields }) =>
      fields
        .filter(({ field }) => field.type === 'fileList')
        .flatMap(({ field }) => asFiles(this.answers[field.name]).map((file) => ({ field: field.name, ...file }))),
    );
  }

  /** The answers of the questions that apply, as typed: what a draft keeps. */
  get kept(): Answers {
    const names = new Set(this.steps.flatMap(({ fields }) => fields.map(({ field }) => field.name)));
    return Object.fromEntries(Object.entries(this.answers).filter(([name]) => names.has(name)));
  }

  /** Equal for two applications that the service takes for the same; null when it has no such rule or a part is missing. */
  get duplicateKey(): string | null {
    const parts = this.definition.duplicateKey.map((name) => this.scope[name] ?? null);
    return parts.length === 0 || parts.includes(null) ? null : JSON.stringify(parts);
  }

  /** The form as it is sent: labels, words and values. */
  print(): AnswerSnapshot {
    return {
      steps: this.steps.map(({ step, fields }) => ({
        code: step.code,
        title: step.title,
        rows: fields.map(({ field, text, value }) => ({ name: field.name, label: field.label, text, value })),
      })),
    };
  }
}



const authorityOf = ({ service }: FormDefinition, scope: Scope, { directories }: Surroundings): Authority => {
  const code = service.authorityFrom && evaluate(service.authorityFrom.answer, scope);
  const entry = directories[service.authorityFrom?.directory ?? '']?.find((candidate) => candidate.code === code);
  return entry ? { code: entry.code, title: entry.title } : service.authority;
};

const missingCode = ({ type, readOnly, prefill }: Field): FaultCode =>
  readOnly ? (prefill?.source === 'child' ? 'child-not-chosen' : 'unknown-to-portal') : type === 'consent' ? 'must-agree' : type === 'fileList' ? 'file-required' : 'required';

const calls = ({ year, on, minMonths, maxMonths }: AgeWarning, born: AnswerValue, scope: Readonly<Record<string, AnswerValue>>): boolean => {
  const ofYear = evaluate(year, scope);
  if (typeof born !== 'string' || typeof ofYear !== 'number') return false;
  const age = Temporal.PlainDate.from(born).until(Temporal.PlainDate.from(`${ofYear}-${on}`), { largestUnit: 'months' });
  const months = age.months + (age.days > 0 ? 1 / 31 : 0);
  return months < minMonths || months > maxMonths;
};
