/**
 * What `machine.ts` writes into the module's memory and `assembly/` reads there. Plain numbers, so that both languages take
 * them from here. All numbers are 32 bits wide; places are addresses, but in a program, where they count from its start.
 */

/** Bytes of a number. */
export const WORD = 4;

// The job: what one call of `encode` works on.
export const JOB_COLUMNS = 0;
/** Address of the program: a record a column, then what the records point to. */
export const JOB_PROGRAM = 4;
/** Address of the bounds of row 0. */
export const JOB_BOUNDS = 8;
/** Bytes of the bounds of a row. */
export const JOB_STRIDE = 12;
/** Address that a bound of 0 means. */
export const JOB_CELLS = 16;
export const JOB_OUT = 20;
export const JOB_OUT_END = 24;
/** Address of the ends of the rows, counted from `JOB_OUT`. */
export const JOB_ENDS = 28;
/** Most bytes that a kernel makes of one byte of a cell. */
export const JOB_GROWTH = 32;
/** Room that is kept for what is not made of a cell. */
export const JOB_FRAME = 36;
/** Bytes that begin a row, stand between two values and end it: place in the program and length of each. */
export const JOB_BEGIN = 40;
export const JOB_BETWEEN = 48;
export const JOB_END = 56;
/** Address of what is remembered, zeros at first: slots of `SLOT_BYTES`. */
export const JOB_SLOTS = 64;
export const JOB_BYTES = 72;

// What is remembered of columns of one cell that no kernel makes.
/** A power of two. */
export const SLOTS = 8192;
/** The longest cell that is remembered, and the most that it may have become: multiples of eight. */
export const SLOT_CELL = 64;
export const SLOT_MADE = 176;
export const SLOT_BYTES = 256;

// The record of a column.
export const KERNEL = 0;
/** What is written around the kernel's bytes. */
export const WRAP = 4;
/** Offset of the cell to read within the bounds of a row; -1 when the kernel reads none. */
export const READ = 8;
/** What the column becomes where the cell is NULL: place and length. */
export const NULL_MADE = 12;
/** List of cells that become that too; 0 for none. */
export const NULL_CELLS = 20;
/** Offset of the flag's cell within the bounds of a row; -1 without a flag. */
export const FLAG_READ = 24;
/** List of the flag's cells with which the column is made; with all others it is NULL. */
export const FLAG_CELLS = 28;
/** What the kernel needs to know: numbers, and a place. */
export const FIRST = 32;
export const SECOND = 36;
export const THIRD = 40;
export const DATA = 44;
export const RECORD_BYTES = 48;

// What is written around the kernel's bytes.
export const BARE = 0;
/** Their number in front, as COPY BINARY has it. */
export const SIZED = 1;
export const QUOTED = 2;

// Kernels.
/** None: the column is made by its step. */
export const NONE = 0;
/** What the column becomes where the cell is NULL, always: constants. */
export const MADE = 1;
export const INTEGER_TEXT = 2;
export const INT16 = 3;
export const INT32 = 4;
export const INT64 = 5;
export const DECIMAL_TEXT = 6;
export const NUMERIC = 7;
export const FLOAT32 = 8;
export const FLOAT64 = 9;
export const FLOAT_TEXT = 10;
export const DATE = 11;
export const TIME = 12;
export const TIMESTAMP = 13;
export const TIME_TEXT = 14;
export const TEXT = 15;
export const JSON_TEXT = 16;
export const JSONB = 17;
export const BYTES = 18;
export const UUID = 19;
export const UUID_TEXT = 20;
export const ID = 21;
export const ID_TEXT = 22;
export const ONE_OF = 23;
export const MEMBERS = 24;
export const MEMBERS_JSON = 25;
/** The cached result of the same cell of the column with this number, which is unique and counts from 1. */
export const REMEMBERED = 26;

// Kinds of dates and times.
export const A_TIME = 0;
export const A_DATE = 1;
export const A_TIMESTAMP = 2;
export const A_TIMESTAMPTZ = 3;

/** Room for any fixed part of a value; the longest is an array's head with the lengths of the 64 members that a set may have. */
export const ROOM = 384;
/** Digits after the point that a kernel pads a decimal to. */
export const MAX_SCALE = 100;
