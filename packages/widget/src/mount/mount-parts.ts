// What a mounted chat needs once its script loads: a file of its own, so that the page's first one stays small.
export { bringUp } from './bring-up.js';
export { showProblem } from './show-problem.js';
