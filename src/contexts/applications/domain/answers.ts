import { type AttachedFile } from './attached-file.js';

/** What was typed or chosen, unchecked: a line, several choices, an answer of several lines, or files. */
export type Answer = string | readonly string[] | Readonly<Record<string, string>> | readonly AttachedFile[];

/** Answers by field name. */
export type Answers = Readonly<Record<string, Answer>>;

export const asLine = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer : '');

export const asLines = (answer: Answer | undefined): readonly string[] => {
  if (typeof answer === 'string') return answer === '' ? [] : [answer];
  return Array.isArray(answer) ? (answer as readonly unknown[]).filter((line): line is string => typeof line === 'string') : [];
};

export const asParts = (answer: Answer | undefined): Readonly<Record<string, string>> =>
  answer !== undefined && typeof answer === 'object' && !Array.isArray(answer) ? (answer as Record<string, string>) : {};

export const asFiles = (answer: Answer | undefined): readonly AttachedFile[] =>
  Array.isArray(answer) ? (answer as readonly unknown[]).filter((file): file is AttachedFile => typeof file === 'object') : [];
