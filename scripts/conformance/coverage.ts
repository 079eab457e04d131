/** `npm run conformance:coverage`: writes docs/protocol-coverage.md from the vectors. A test says when it is out of date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import { describeCoverage } from './describe-coverage.ts';

const { text, missing } = describeCoverage();
writeFileSync(join(root, 'docs/protocol-coverage.md'), text);
for (const name of missing) console.error(`There is no vector for ${name}.`);
process.exitCode = missing.length === 0 ? 0 : 1;
