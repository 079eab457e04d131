import { describe, expect, it } from 'vitest';
import { contrast, parseColor, readableOn } from '../../src/theme/color-contrast.js';
import { colorScheme, colorVariables, layoutVariables, perceptualHue, themeSheet } from '../../src/theme/theme-variables.js';

const isColor = (value: string): boolean => /^(#|rgb|hsl|oklch|[a-z]+$)/.test(value);

describe('colours', () => {
  it.each([
    ['#fff', [255, 255, 255]],
    ['#00800080', [0, 128, 0]],
    ['rgb(10 20 30 / 50%)', [10, 20, 30]],
    ['rgba(10, 20, 30, 0.5)', [10, 20, 30]],
    ['hsl(0, 100%, 50%)', [255, 0, 0]],
  ])('%s is read', (text, channels) => {
    expect(parseColor(text)?.map(Math.round)).toEqual(channels);
  });

  it('in other notations are left to the browser', () => {
    expect(parseColor('oklch(0.5 0.1 20)')).toBeNull();
    expect(parseColor('#12345')).toBeNull();
  });

  it('are darkened until they can be read', () => {
    const readable = readableOn([255, 200, 0], [255, 255, 255], [0, 0, 0], 4.5);
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
