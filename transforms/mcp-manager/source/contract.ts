import { tables } from './tables.ts';

/** What the pipeline believes the source looks like; the backend keeps all of it in `public`. */
export const source = { public: tables };
