import { SetMetadata } from '@nestjs/common';

export const JOB_METADATA = 'platform:job';

/** A recurring job: its stable name and its period. */
export interface JobSchedule {
  readonly name: string;
  readonly everySeconds: number;
}

/** What a class decorated with `@Job` does at each run. A run that fails is logged; the next one comes all the same. */
export interface JobHandler {
  run(): Promise<void>;
}

/** Runs the class's `run()` every so many seconds in one worker at a time, never two runs at once, in a unit of work of its own. */
export const Job = (schedule: JobSchedule): ClassDecorator => SetMetadata(JOB_METADATA, schedule);
