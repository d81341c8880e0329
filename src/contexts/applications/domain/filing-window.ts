import { legalDayOf, startOfLegalDay } from '../../../kernel/legal-day.js';

/**
 * When a service takes applications, the same every year: from 00:00 in Moscow of `opens` up to, not including, 00:00 of `closes`
 * (`MM-DD`; «по 30 июня» closes on 07-01). A window whose `closes` is not after `opens` runs over New Year.
 */
export interface FilingWindow {
  readonly code: string;
  readonly title: string;
  readonly opens: string;
  readonly closes: string;
}

/** One year's run of a window; half-open. */
export interface WindowRun {
  readonly code: string;
  readonly title: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** Whether an application may be sent at this instant. `run` is the open one, or when none is open, the next one. */
export type Admission =
  | { readonly open: true; readonly run: WindowRun | null }
  | { readonly open: false; readonly run: WindowRun; readonly lastClosedAt: Date };

/** A service without windows is always open. The opening instant itself is inside, the closing one outside (fact sheet §7.3). */
export function admissionAt(windows: readonly FilingWindow[], now: Date): Admission {
  if (windows.length === 0) return { open: true, run: null };
  const year = Number(legalDayOf(now).slice(0, 4));
  const runs = [year - 1, year, year + 1].flatMap((start) => windows.map((window) => runOf(window, start)));
  const current = runs.find(({ opensAt, closesAt }) => opensAt <= now && now < closesAt);
  if (current) return { open: true, run: current };
  const next = runs.filter(({ opensAt }) => opensAt > now).sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime())[0]!;
  const lastClosedAt = new Date(Math.max(...runs.filter(({ closesAt }) => closesAt <= now).map(({ closesAt }) => closesAt.getTime())));
  return { open: false, run: next, lastClosedAt };
}

/** The run of each window that is open or comes next, in the order in which they open. */
export function runsFrom(windows: readonly FilingWindow[], now: Date): readonly WindowRun[] {
  const year = Number(legalDayOf(now).slice(0, 4));
  return windows
    .map((window) => [year - 1, year, year + 1].map((start) => runOf(window, start)).find(({ closesAt }) => now < closesAt)!)
    .sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime());
}

const runOf = ({ code, title, opens, closes }: FilingWindow, year: number): WindowRun => ({
  code,
  title,
  opensAt: startOfLegalDay(`${year}-${opens}`),
  closesAt: startOfLegalDay(`${closes > opens ? year : year + 1}-${closes}`),
});
