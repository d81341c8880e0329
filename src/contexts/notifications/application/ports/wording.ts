import { type Topic } from '../../domain/topics.js';

/** What happened, for the gaps of the texts: kopecks, `YYYY-MM-DD`, ISO instants, numbers people know. */
export type Facts = Readonly<Record<string, string | number | null>>;

export interface Announcement {
  readonly title: string;
  /** For the feed and letters. */
  readonly text: string;
  /** For SMS and push: at most 70 characters, nothing that a stranger should not read on a locked screen (§9.2). */
  readonly short: string;
}

/** All Russian words of notifications. */
export abstract class Wording {
  abstract announcement(topic: Topic, facts: Facts): Announcement;

  /** A whole letter around an announcement. The name is absent when the profile does not have one. */
  abstract letter(letter: {
    readonly title: string;
    readonly text: string;
    readonly firstName: string | null;
    readonly middleName: string | null;
  }): { readonly subject: string; readonly text: string; readonly html: string };
}
