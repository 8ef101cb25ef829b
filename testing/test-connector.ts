import type { Conforming, TestFramework } from './harness.ts';
import { testInspector } from './inspector-suite.ts';
import { testSource } from './source-suite.ts';
import { testTarget } from './target-suite.ts';

/**
 * Registers the tests that every connector passes: as a source, for the questions about it, and as a target if it has one.
 * @param framework vitest: `import * as vitest from 'vitest'`.
 */
export function testConnector(framework: TestFramework, conformer: Conforming): void {
  testSource(framework, conformer);
  testInspector(framework, conformer);
  if (conformer.connector.openTarget !== undefined) testTarget(framework, conformer);
}
