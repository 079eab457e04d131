// What speaks with the server once there is something to say: a file of its own, so that the page's first one stays small.
export { createElementFetch } from '../stream/element-fetch.js';
export { createChatStream } from './chat-stream.js';
export { sendMessage } from './send-message.js';
