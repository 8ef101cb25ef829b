import { resolve } from 'node:path';
import ts from 'typescript';
import { shipped } from '../layers/rules.ts';
import { codeOf, sourceFiles } from '../layers/source-files.ts';

/** A text that waybill may print. */
export interface Sentence {
  /** `engine/stop.ts:12` */
  readonly place: string;
  /** The text in the source code, with ‹› for placeholders. */
  readonly text: string;
}

const files = sourceFiles(
  resolve(import.meta.dirname, '../..'),
  shipped.filter((folder) => folder !== 'fixtures'),
);

/**
 * Every text in the sources that starts with a capital letter or names a command: hints and messages, however they are
 * composed.
 */
export function sentences(): Sentence[] {
  return files.flatMap(({ path, text }) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return textsIn(file).flatMap(({ node, text }) => {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      return /^[A-Z]|\bwaybill /.test(text) ? [{ place: `${path}:${line}`, text }] : [];
    });
  });
}

/** Every environment variable that waybill reads, or sets for other programs. */
export function environmentVariables(): ReadonlySet<string> {
  const uses = /\b(?:env|environment)\.([A-Z_]+)|\b(WAYBILL_\w+):|\burlVariable: '(\w+)'/g;
  return new Set(
    files.flatMap((file) => [...codeOf(file).matchAll(uses)].map(([, a, b, c]) => (a ?? b ?? c) as string)),
  );
}

function textsIn(node: ts.Node): { readonly node: ts.Node; readonly text: string }[] {
  const text = textOf(node);
  const within = node.getChildren().flatMap(textsIn);
  return text === null ? within : [{ node, text }, ...within];
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `‹›${literal.text}`).join('');
}
