import { carry } from '../../../core/mapping/rules.ts';
import { mapping, timestamps } from '../mapping.ts';

/** `user_id` is a number in both, while users are keyed by text: the number is carried, and `relations.ts` has it counted on both sides. */
export const conversations = mapping({
  from: 'public.Conversation',
  to: 'conversations',
  columns: {
    id: carry('id'),
    user_id: carry('userId'),
    ...timestamps,
  },
});
