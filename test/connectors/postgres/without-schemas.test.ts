import { expect, test } from 'vitest';
import { withoutSchemas } from '../../../connectors/postgres/structure/without-schemas.ts';

test('the names of schemas go, and texts and other names stay', () => {
  const plain = (text: string) => withoutSchemas(text, ['app', 'we"ird.one', 'a$b']);
  expect(plain("(mood = 'app.sad'::app.mood)")).toBe("(mood = 'app.sad'::mood)");
  expect(plain("nextval('app.s'::regclass)")).toBe("nextval('s'::regclass)");
  expect(plain(`nextval('"we""ird.one"."S"'::regclass)`)).toBe(`nextval('"S"'::regclass)`);
  expect(plain('"we""ird.one".f(a$b.g(x), "app.c", my_app.h(y), other.app.z)')).toBe(
    'f(g(x), "app.c", my_app.h(y), other.app.z)',
  );
  expect(plain(`'it''s app.x' || "a""app.b"`)).toBe(`'it''s app.x' || "a""app.b"`);
  expect(withoutSchemas('app.x', [])).toBe('app.x');
});
