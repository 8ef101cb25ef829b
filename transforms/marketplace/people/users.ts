import { carry } from '../../../public/index.ts';
import { mapping, timestamps } from '../mapping.ts';

export const users = mapping({
  from: 'public.User',
  to: 'users',
  columns: {
    id: carry('id'),
    email: carry('email'),
    name: carry('name'),
    ...timestamps,
  },
});
