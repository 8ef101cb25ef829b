import { c01 } from './c01.ts';
import { dmeworks } from './dmeworks.ts';
import { repository } from './repository.ts';

/** What the pipeline believes the three legacy schemas look like, by their logical names. */
export const source = { c01, dmeworks, repository };
