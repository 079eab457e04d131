export { Assistant, type AssistantProps } from './assistant.js';
export { routeHandlers } from './route-handlers.js';
