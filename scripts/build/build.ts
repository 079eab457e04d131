/** `npm run build` */
import { buildPackages } from './build-packages.ts';

const failed = (await buildPackages()).filter(({ ok }) => !ok);
for (const { name, output } of failed) console.error(`${name} could not be built.\n${output}`);
process.exitCode = failed.length === 0 ? 0 : 1;
