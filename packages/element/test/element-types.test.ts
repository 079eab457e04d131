import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { expectTypeOf, it } from 'vitest';
import type { ChatKitElement } from '../src/element/chatkit-element.js';

type Methods = 'focusComposer' | 'setThreadId' | 'sendCustomAction' | 'sendUserMessage' | 'setComposerValue' | 'showHistory' | 'hideHistory' | 'fetchUpdates';

it('has every method of the official element, with its types', () => {
  expectTypeOf<ChatKitElement>().toExtend<Pick<OpenAIChatKit, Methods>>();
  expectTypeOf<ChatKitOptions>().toExtend<Parameters<ChatKitElement['setOptions']>[0]>();
});
