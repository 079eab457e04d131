import { buildPackages } from '../build/build-packages.ts';
import { sumChecks, type Step } from './step.ts';

export const buildStep: Step = {
  name: 'build',
  run: async () => sumChecks((await buildPackages()).map(({ name, ok, output }) => ({ name: `build ${name}`, ok, output }))),
};
