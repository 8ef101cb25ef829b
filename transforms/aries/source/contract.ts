import { c01 } from './c01.ts';
import { dmeworks } from './dmeworks.ts';
import { repository } from './repository.ts';

/** The three legacy schemas that the pipeline expects, by their logical names. */
export const source = { c01, dmeworks, repository };
