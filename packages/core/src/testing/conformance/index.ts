export { runConformance } from './run-conformance.js';
export type { ConformanceOptions, ConformanceResult, ConformanceStore } from './run-conformance.js';
