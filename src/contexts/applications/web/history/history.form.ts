import { IsOptional, IsUUID } from 'class-validator';

/** Where in the list a page begins. Anything unreadable is the beginning. */
export class HistoryPosition {
  /** Id of the last application of the page before. */
  @IsOptional()
  @IsUUID()
  after: string | null = null;
}
