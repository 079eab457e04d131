import { ChatKitElement } from './element/chatkit-element.js';

export const tagName = 'openai-chatkit';

if (!customElements.get(tagName)) customElements.define(tagName, ChatKitElement);

export { ChatKitElement };
export { registerIcon } from './icons/icon.js';
export { OptionsError } from './options/checks.js';
