// What a mounted chat needs once its script loads: a file of its own, so that the page's first one stays small.
export { chooseElement } from './choose-element.js';
export { createElementFetch } from '../stream/element-fetch.js';
export { themeFromCopiedVariables } from './copied-variables.js';
export { connectionProblem, sizeProblem } from './find-problem.js';
export { followActiveRun } from './follow-active-run.js';
export { fingerprint, withFreshFunctions } from './fresh-functions.js';
export { showProblem } from './problem-panel.js';
export { showThread } from './show-thread.js';
export { whenReady } from './when-ready.js';
