/** The only source of "now". Injected, so that tests decide what time it is. */
export abstract class Clock {
  abstract now(): Date;
}
