import { describe, expect, it } from 'vitest';
import { contrast, layered, parseColor, readableOn } from '../../src/theme/color-contrast.js';
import { mixInOklab } from '../../src/theme/oklab.js';
import { readablePalette } from '../../src/theme/readable-palette.js';
import { colorScheme, colorVariables, layoutVariables, perceptualHue, themeSheet } from '../../src/theme/theme-variables.js';

const isColor = (value: string): boolean => /^(#|rgb|hsl|oklch|[a-z]+$)/.test(value);

describe('colours', () => {
  it.each([
    ['#fff', [255, 255, 255]],
    ['#00800080', [0, 128, 0]],
    ['rgb(10 20 30 / 50%)', [10, 20, 30]],
    ['rgba(10, 20, 30, 0.5)', [10, 20, 30]],
    ['hsl(0, 100%, 50%)', [255, 0, 0]],
    ['oklch(0.628 0.2577 29.23)', [255, 0, 0]],
    ['oklch(62.8% 64.4% 29.23)', [255, 0, 0]],
  ])('%s is read', (text, channels) => {
    expect(parseColor(text)?.map(Math.round)).toEqual(channels);
  });

  it('in other notations are left to the browser', () => {
    expect(parseColor('lab(50 10 20)')).toBeNull();
    expect(parseColor('#12345')).toBeNull();
  });

  it('are darkened until they can be read', () => {
    const readable = readableOn([255, 200, 0], () => [[255, 255, 255]], [0, 0, 0], 4.5);
    expect(contrast(readable, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  });
});

it('the grayscale hue is one of the usual circle', () => {
  expect([0, 60, 120, 240, 270, 360, -120].map(perceptualHue)).toEqual([29, 110, 142, 264, 296, 29, 264]);
});

describe('a theme', () => {
  it('is light unless it says otherwise', () => {
    expect(colorScheme(undefined)).toBe('light');
    expect(colorScheme('dark')).toBe('dark');
    expect(colorScheme({ colorScheme: 'dark' })).toBe('dark');
  });

  it('puts readable text on any accent', () => {
    expect(colorVariables({ color: { accent: { primary: '#ffdd00', level: 1 } } }, 'light', isColor)['--on-accent']).toBe('#000000');
    expect(colorVariables({ color: { accent: { primary: '#1d4ed8', level: 1 } } }, 'light', isColor)['--on-accent']).toBe('#ffffff');
  });

  it('uses its surface in its own scheme only', () => {
    const theme = { colorScheme: 'dark' as const, color: { surface: { background: '#101820', foreground: '#eeeeee' } } };
    expect(colorVariables(theme, 'dark', isColor)['--bg']).toBe('#101820');
    expect(colorVariables(theme, 'light', isColor)['--bg']).toBe('#ffffff');
  });

  it('leaves out what is no colour and cannot break out of its rule', () => {
    const sheet = themeSheet({ color: { accent: { primary: 'url(x)', level: 0 } }, typography: { fontFamily: 'X;} *{display:none' } }, isColor);
    expect(sheet).not.toContain('url(x)');
    expect(sheet.match(/\{/g)).toHaveLength(3);
  });

  it('sets radius, density and type', () => {
    expect(layoutVariables({ radius: 'sharp', density: 'compact', typography: { baseSize: 14, fontFamily: 'Inter' } })).toMatchObject({ '--radius-card': '2px', '--density': '0.75', '--font-size': '14px' });
    expect(layoutVariables({})['--radius-control']).toBe('999px');
  });
});

describe('the palette', () => {
  const looks: [name: string, basis: Parameters<typeof readablePalette>[0]][] = [
    ['light', { background: [255, 255, 255], foreground: [26, 26, 26], light: true, tint: 0.12 }],
    ['dark', { background: [23, 23, 23], foreground: [238, 238, 238], light: false, tint: 0.2 }],
    ['yellow accent', { background: [255, 255, 255], foreground: [26, 26, 26], light: true, tint: 0.12, accent: { color: [255, 230, 0], level: 3 } }],
    ['dark blue accent on dark', { background: [23, 23, 23], foreground: [238, 238, 238], light: false, tint: 0.2, accent: { color: [29, 78, 216], level: 3 } }],
    ['a surface with little contrast', { background: [253, 246, 227], foreground: [88, 110, 117], light: true, tint: 0.12, accent: { color: [162, 28, 175], level: 1 } }],
    ['a dark surface in the light scheme', { background: [30, 30, 46], foreground: [205, 214, 244], light: true, tint: 0.12, accent: { color: [137, 180, 250], level: 2 } }],
  ];

  it.each(looks)('keeps every text readable: %s', (_name, basis) => {
    const palette = readablePalette(basis);
    const mixed = (share: number) => mixInOklab(basis.background, basis.foreground, share);
    const surfaces = [basis.background, mixed(palette.secondarySurface), mixed(palette.tertiarySurface), mixed(palette.elevatedSurface)];
    const bubble = basis.accent ? mixInOklab(mixed(palette.tertiarySurface), basis.accent.color, palette.bubble) : mixed(palette.tertiarySurface);
    const link = palette.link(basis.accent?.color ?? [0, 84, 184]);
    for (const ground of surfaces) {
      expect(contrast(mixed(palette.secondaryText), ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(mixed(palette.tertiaryText), ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(link, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.tone([0, 160, 60]), ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(basis.foreground, bubble)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(link, layered(bubble, link, 0.16))).toBeGreaterThanOrEqual(4.5);
  });

  it('leaves the plain schemes as they are drawn', () => {
    expect(readablePalette({ background: [255, 255, 255], foreground: [26, 26, 26], light: true, tint: 0.12 })).toMatchObject({ secondaryText: 0.72, tertiaryText: 0.66, tertiarySurface: 0.065, hover: 0.06 });
  });
});
