/** A difference between two spellings that a collation may ignore. */
export type Ignorable = 'case' | 'accents' | 'trailing-blanks';

/** How the keys of a reference are compared: without these differences, or by what a function makes of both. */
export type KeyFold = readonly Ignorable[] | ((key: string) => string);
