import { type ChildProcess } from 'node:child_process';

export function startProgram(program: string, environment: Readonly<Record<string, string>>, options?: { readonly quiet?: boolean }): Promise<ChildProcess>;
export function endProgram(child: ChildProcess, signal?: NodeJS.Signals): Promise<void>;
