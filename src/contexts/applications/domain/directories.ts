/** Lists that forms choose from: districts, schools, words for yes and no. Order is the order on the page. */
export type Directories = Readonly<Record<string, readonly DirectoryEntry[]>>;

export interface DirectoryEntry {
  readonly code: string;
  readonly title: string;
  /** Code in another list that this one lies under: a school's district. */
  readonly parent: string | null;
  readonly hint: string | null;
}

export const titleIn = (directories: Directories, name: string, code: string): string =>
  directories[name]?.find((entry) => entry.code === code)?.title ?? code;
