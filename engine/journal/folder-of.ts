/** `c01.tbl_customer > customers` → `customers.from.c01.tbl_customer`, which a file system takes. */
export function folderOf(mapping: string): string {
  const [from, to] = mapping.split(' > ');
  return `${to}.from.${from}`;
}
