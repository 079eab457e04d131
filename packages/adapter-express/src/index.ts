export { chatkitRouter } from './chatkit-router.js';
