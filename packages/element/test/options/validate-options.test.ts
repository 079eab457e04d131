import { describe, expect, it } from 'vitest';
import { validateOptions } from '../../src/options/validate-options.js';

const api = { url: '/chatkit', domainKey: 'x' };
const problem = (options: unknown): string => {
  try {
    validateOptions(options);
    return 'fine';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('options', () => {
  it('with everything set are accepted', () => {
    const noop = (): void => undefined;
    const full = {
      api: { ...api, fetch: noop, uploadStrategy: { type: 'direct', uploadUrl: '/up' } },
      locale: 'de',
      theme: {
        colorScheme: 'dark',
        radius: 'sharp',
        density: 'compact',
        typography: { baseSize: 14, fontFamily: 'X', fontFamilyMono: 'Y', fontSources: [{ family: 'X', src: '/x.woff2', weight: 400, style: 'normal', display: 'swap', unicodeRange: 'U+0-FF' }] },
        color: { grayscale: { hue: 200, tint: 3, shade: -1 }, accent: { primary: '#f00', level: 2 }, surface: { background: '#fff', foreground: '#000' } },
      },
      frameTitle: 'Help',
      initialThread: null,
      onClientTool: noop,
      header: { enabled: true, title: { enabled: true, text: 'T' }, leftAction: { icon: 'menu', onClick: noop }, rightAction: { icon: 'close', onClick: noop } },
      history: { enabled: true, showDelete: false, showRename: false },
      startScreen: { greeting: 'Hi', prompts: [{ label: 'A', prompt: 'a' }, { label: 'B', prompt: [{ type: 'input_tag', id: '1', text: 't', data: {} }], icon: 'bolt' }] },
      threadItemActions: { feedback: true, retry: true },
      composer: {
        placeholder: 'P',
        attachments: { enabled: true, maxSize: { 'image/*': 1 }, maxCount: 3, accept: { 'image/png': ['.png'] } },
        tools: [{ id: 't', label: 'T', icon: 'bolt', shortLabel: 's', placeholderOverride: 'p', pinned: true, persistent: true }],
        models: [{ id: 'm', label: 'M', description: 'd', disabled: false, default: true }],
        dictation: { enabled: true },
      },
      disclaimer: { text: 'D', highContrast: true },
      entities: { onTagSearch: noop, showComposerMenu: true, onClick: noop, onRequestPreview: noop },
      commands: { enabled: true, onSearch: noop, onSelect: noop },
      widgets: { onAction: noop },
      thread: { autoScroll: true },
    };
    expect(problem(full)).toBe('fine');
  });

  it('count undefined as absent', () => {
    expect(problem({ api, theme: undefined, header: { title: undefined } })).toBe('fine');
  });

  it.each([
    [{}, '`api` is required'],
    [undefined, 'must be an object'],
    [{ api: { domainKey: 'x' } }, '`api.url` is required'],
    [{ api: { getClientSecret: (): string => '' } }, 'api.getClientSecret'],
    [{ api, widget: {} }, 'unknown key `widget`'],
    [{ api, theme: { accentColor: 'red' } }, 'unknown key `theme.accentColor`'],
    [{ api, composer: { allowAttachments: true } }, 'unknown key `composer.allowAttachments`'],
    [{ api, theme: 'blue' }, '`theme` must be one of "light", "dark"'],
    [{ api, theme: { density: 'loose' } }, '`theme.density` must be one of'],
    [{ api, startScreen: { prompts: [{ label: 'A' }] } }, '`startScreen.prompts[0].prompt` is required'],
    [{ api, header: { leftAction: { icon: 'menu', onClick: 'go' } } }, '`header.leftAction.onClick` must be a function'],
    [{ api, composer: { attachments: { enabled: true } } }, '`api.uploadStrategy` is required'],
    [{ api: { ...api, uploadStrategy: { type: 'direct' } } }, '`api.uploadStrategy.uploadUrl` is required'],
    [{ api, composer: { attachments: { enabled: false, maxSize: 'big' } } }, '`composer.attachments.maxSize` must be a number'],
  ])('%j are refused', (options, message) => {
    expect(problem(options)).toContain(message);
  });
});
