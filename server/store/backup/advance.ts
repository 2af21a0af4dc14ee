/** How far a long piece of work is; the unit is the work's own. */

export type Advance = (done: number, all: number) => void;
