/**
 * The layout of the module's memory, which `scan-machine.ts` writes and `assembly/` reads. Plain numbers, so that both
 * languages can import them. All fields are 32 bits wide. Positions are addresses, but bounds count from `JOB_TEXT`.
 */

/** Bytes of a number. */
export const WORD = 4;
/** Bytes of the begin and the end of a cell. */
export const BOUND = 8;

// The job: the input of one call of `scan`.
/** Number of columns of a line. */
export const JOB_COLUMNS = 0;
/** Address of their forms, one byte each. */
export const JOB_FORMS = 4;
/** Address of the space for the bounds of all cells of one line. */
export const JOB_CELLS = 8;
/** Number of requested columns. */
export const JOB_WANTED = 12;
/** Address of their positions among the columns of a line. */
export const JOB_PLACES = 16;
/** Addresses where the bounds of the requested cells begin and end. */
export const JOB_BOUNDS = 20;
export const JOB_BOUNDS_END = 24;
/** Address of the text. */
export const JOB_TEXT = 28;
/** Maximum bytes of the lines of one call, unless the first is longer. */
export const JOB_BATCH = 32;
/** Written by `scan`: the position in the text after the last scanned line. */
export const JOB_REACHED = 36;
export const JOB_BYTES = 40;

// The forms.
export const TEXT = 0;
export const INTEGER = 1;
export const BOOLEAN = 2;
export const BYTES = 3;
export const ARRAY = 4;
