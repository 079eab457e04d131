'use client';

export { SelfHostedChatKit, type SelfHostedChatKitProps } from './self-hosted-chatkit.js';
export { useChat, type ChatTurnState } from './use-chat.js';
export { useChatKitSession } from './use-chatkit-session.js';
