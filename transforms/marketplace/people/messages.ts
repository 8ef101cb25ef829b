import { carry, ref } from '../../../public/index.ts';
import { mapping, required } from '../mapping.ts';

/** A message never changes, so `updated_at` is its creation time. */
export const messages = mapping({
  from: 'public.Message',
  to: 'messages',
  columns: {
    id: carry('id'),
    content: carry('content'),
    sender: carry('sender'),
    conversation_id: ref('conversations', 'conversationId', required),
    created_at: carry('createdAt'),
    updated_at: carry('createdAt'),
  },
});
