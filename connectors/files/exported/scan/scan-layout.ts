/**
 * What `scan-machine.ts` writes into the module's memory and `assembly/` reads there. Plain numbers, so that both languages
 * take them from here. All are 32 bits wide; places are addresses, but bounds count from `JOB_TEXT`.
 */

/** Bytes of a number. */
export const WORD = 4;
/** Bytes of the begin and the end of a cell. */
export const BOUND = 8;

// The job: what one call of `scan` works on.
/** Columns of a line. */
export const JOB_COLUMNS = 0;
/** Address of their forms, a byte each. */
export const JOB_FORMS = 4;
/** Address where the bounds of all cells of one line have room. */
export const JOB_CELLS = 8;
/** Number of the columns that are wanted. */
export const JOB_WANTED = 12;
/** Address of their places among the columns of a line. */
export const JOB_PLACES = 16;
/** Addresses where the bounds of the wanted cells begin and end. */
export const JOB_BOUNDS = 20;
export const JOB_BOUNDS_END = 24;
/** Address of the text. */
export const JOB_TEXT = 28;
/** Most bytes of the lines of one call, unless the first is longer. */
export const JOB_BATCH = 32;
/** Written by `scan`: the place in the text after the last line that was taken. */
export const JOB_REACHED = 36;
export const JOB_BYTES = 40;

// The forms.
export const TEXT = 0;
export const INTEGER = 1;
export const BOOLEAN = 2;
export const BYTES = 3;
export const ARRAY = 4;
