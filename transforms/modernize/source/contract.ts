import { legacy } from './public.ts';

/** What the pipeline believes the old schema looks like, by its logical name. */
export const source = { public: legacy };
