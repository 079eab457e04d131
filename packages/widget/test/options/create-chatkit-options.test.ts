import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createChatKitClient, createChatKitOptions } from '../../src/index.js';
import type { WidgetConfig } from '../../src/index.js';

const client = createChatKitClient({ url: 'https://api.example.com/agent/', storage: 'none' });
const warn = vi.fn();
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(warn.mockReset()));

describe('createChatKitOptions', () => {
  it('makes the official options of a short config', () => {
    const options = createChatKitOptions({
      client, domainKey: 'domain_pk_1', title: 'Inventory', accent: '#0f766e', greeting: 'Hello', placeholder: 'Ask', disclaimer: 'May be wrong.', locale: 'de', theme: 'dark',
      prompts: ['Show inventory', { label: 'Add', prompt: 'Add 10kg sugar', icon: 'plus' }], attachments: { maxBytes: 1000, accept: { 'image/*': ['.png'] } },
    });
    expect(options).toEqual({
      api: { url: 'https://api.example.com/agent/chatkit', domainKey: 'domain_pk_1', fetch: client.fetch, uploadStrategy: { type: 'two_phase' } },
      frameTitle: 'Inventory', header: { title: { text: 'Inventory' } }, locale: 'de',
      theme: { colorScheme: 'dark', color: { accent: { primary: '#0f766e', level: 1 } } },
      startScreen: { greeting: 'Hello', prompts: [{ label: 'Show inventory', prompt: 'Show inventory' }, { label: 'Add', prompt: 'Add 10kg sugar', icon: 'plus' }] },
      composer: { placeholder: 'Ask', attachments: { enabled: true, maxSize: 1000, accept: { 'image/*': ['.png'] } } },
      disclaimer: { text: 'May be wrong.' },
    });
    expect(warn).not.toHaveBeenCalled();
  });

  it('merges official options last, and deeply', () => {
    const onClick = (): void => undefined;
    const options = createChatKitOptions({ client, title: 'Inventory', accent: 'red', official: { header: { rightAction: { icon: 'close', onClick } }, theme: { radius: 'sharp', color: { grayscale: { hue: 200, tint: 3 } } }, threadItemActions: { feedback: true } } });
    expect(options).toMatchObject({
      header: { title: { text: 'Inventory' }, rightAction: { icon: 'close', onClick } }, threadItemActions: { feedback: true },
      theme: { radius: 'sharp', color: { accent: { primary: 'red' }, grayscale: { hue: 200 } } },
    });
  });

  it('answers client tools from the config, and says which one is missing', async () => {
    const options = createChatKitOptions({ client, clientTools: { read: ({ id }) => ({ text: `page ${String(id)}` }) } });
    expect(await options.onClientTool?.({ name: 'read', params: { id: 7 } })).toEqual({ text: 'page 7' });
    await expect(options.onClientTool?.({ name: 'toString', params: {} })).rejects.toThrow('no tool toString');
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['theme.accentColor', { theme: { accentColor: 'teal' } }, { theme: { colorScheme: 'light', color: { accent: { primary: 'teal', level: 1 } } } }],
    ['header.title', { header: { title: 'Shop' } }, { header: { title: { text: 'Shop' } } }],
    ['header.showTitle', { header: { showTitle: false } }, { header: { title: { enabled: false } } }],
    ['header.icons', { header: { icons: ['close'] } }, { header: {} }],
    ['composer.allowAttachments', { composer: { allowAttachments: true } }, { composer: { attachments: { enabled: true } } }],
    ['startScreen.prompts[].text', { startScreen: { prompts: [{ text: 'Hi' }] } }, { startScreen: { prompts: [{ label: 'Hi', prompt: 'Hi' }] } }],
    ['disclaimer.position', { disclaimer: { text: 'x', position: 'bottom' } }, { disclaimer: { text: 'x' } }],
  ])('translates %s and names it', (name, given, expected) => {
    const copied = { client, official: given } as unknown as WidgetConfig;
    expect(createChatKitOptions(copied)).toMatchObject(expected);
    expect(JSON.stringify(createChatKitOptions(copied))).not.toMatch(/accentColor|showTitle|"icons"|allowAttachments|"position"/);
    expect(warn).toHaveBeenCalledOnce();
    expect(String(warn.mock.calls[0]?.[0])).toContain(`- ${name}`);
  });

  it('uses header.icons that can do something', () => {
    const onClick = (): void => undefined;
    const options = createChatKitOptions({ client, official: { header: { icons: [{ icon: 'menu', onClick }] } } as WidgetConfig['official'] });
    expect(options.header).toEqual({ rightAction: { icon: 'menu', onClick } });
  });
});
