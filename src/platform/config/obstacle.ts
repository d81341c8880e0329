/** What stands in the way of a command or of the start, in a sentence or two for the person at the terminal. Shown without a stack. */
export class Obstacle extends Error {}
