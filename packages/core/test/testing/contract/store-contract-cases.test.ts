import { expect, it } from 'vitest';
import { storeContractCases } from '../../../src/testing/index.js';

it('has at least 150 cases, each with a name of its own within its group', () => {
  const names = storeContractCases().map((entry) => `${entry.group}: ${entry.name}`);
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
});
