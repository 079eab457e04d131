// The server as a page sees it
export { createChatKitClient } from './client/create-chatkit-client.js';
export type { ChatKitClient, ChatKitClientOptions, ChatStream, ChatTurn, SendOptions } from './client/chatkit-client.js';
export type { ChatResponse } from './client/chat-response.js';
export { ChatKitRequestError } from './client/chatkit-request-error.js';
export type { TabChange, TabSession } from './session/tab-session.js';

// The same as plain functions
export { createChatKitSession, sendChatKitMessage, streamChatKitMessage } from './client/named-functions.js';
export type { ChatKitMessage, ChatKitResponse, ChatKitSession, ChatKitSessionResponse } from './client/named-functions.js';

// The element: its options, and its place on the page
export { createChatKitOptions } from './options/create-chatkit-options.js';
export type { WidgetConfig, WidgetPrompt } from './options/widget-config.js';
export { mountChatKit, type MountConfig, type MountedChatKit } from './mount/mount-chatkit.js';
export { ChatKitMountError, type MountProblem } from './mount/mount-error.js';
export type { Placement } from './mount/placement.js';
