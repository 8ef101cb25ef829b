import { publicSchema } from './public.ts';

/** What the pipeline believes the legacy schema looks like, by its logical name. */
export const source = { public: publicSchema };
