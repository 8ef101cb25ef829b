import { carry } from '../../../public/index.ts';
import { mapping, timestamps } from '../mapping.ts';

/** `user_id` is a number in both schemas, but user ids are text. It is carried, and counted on both sides by `relations.ts`. */
export const conversations = mapping({
  from: 'public.Conversation',
  to: 'conversations',
  columns: {
    id: carry('id'),
    user_id: carry('userId'),
    ...timestamps,
  },
});
