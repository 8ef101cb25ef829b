const digits = Array.from({ length: 10 }, (_, digit) => `select ${digit}${digit === 0 ? ' as d' : ''}`).join(
  ' union all ',
);

/**
 * A table with the whole numbers from `first` to `last` in a column `seq`, for MariaDB and every MySQL: the tables `seq_1_to_9` are
 * MariaDB's alone, and MySQL stops a recursive query after 1,000 steps.
 */
export function series(first: number, last: number): string {
  const places = Array.from({ length: String(last - first).length }, (_, place) => place);
  const number = places.map((place) => `${10 ** place} * p${place}.d`).join(' + ');
  const tables = places.map((place) => `(${digits}) as p${place}`).join(' cross join ');
  return `(select ${first} + ${number} as seq from ${tables} where ${number} <= ${last - first}) as series`;
}
