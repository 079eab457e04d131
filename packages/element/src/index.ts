import { ChatKitElement } from './element/chatkit-element.js';

export const tagName = 'openai-chatkit';

// Importing on a server (rendering there, or only for types) does nothing.
if (typeof customElements !== 'undefined' && !customElements.get(tagName)) customElements.define(tagName, ChatKitElement);

export { ChatKitElement };
export type { FollowResponseOptions } from './element/chatkit-element.js';
export { registerIcon } from './icons/icon.js';
export { OptionsError } from './options/checks.js';
