import type { ChatKitOptions, ColorScheme, ThemeOption } from '@openai/chatkit';
import { contrast, parseColor, toCss } from './color-contrast.js';
import type { Rgb } from './color-contrast.js';
import { readablePalette } from './readable-palette.js';
import type { ReadablePalette } from './readable-palette.js';
import { statusColors } from './status-colors.js';

export type Variables = Record<string, string>;

/** Whether a string is a CSS colour; given by the browser, replaced in tests. */
export type IsColor = (value: string) => boolean;

/** A CSS colour as numbers; null where its notation isn't understood. */
export type ReadColor = (value: string) => Rgb | null;

export function themeOption(theme: ChatKitOptions['theme']): ThemeOption {
  return typeof theme === 'string' ? { colorScheme: theme } : (theme ?? {});
}

export function colorScheme(theme: ChatKitOptions['theme']): ColorScheme {
  return themeOption(theme).colorScheme ?? 'light';
}

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** Hues of red, yellow, green, cyan, blue and magenta on the perceptual (oklch) circle. */
const perceptualHues = [29, 110, 142, 195, 264, 328, 389];

/** A hue of the usual colour circle, where 0 is red and 120 green, on the perceptual one. */
export function perceptualHue(hue: number): number {
  const position = (((hue % 360) + 360) % 360) / 60;
  const index = Math.floor(position);
  const from = perceptualHues[index] ?? 29;
  const to = perceptualHues[index + 1] ?? 389;
  return Math.round((from + (to - from) * (position - index)) % 360);
}

/** Tint of a soft badge: on a dark card the same share would hardly be seen. */
const softTint = { light: 0.12, dark: 0.2 };

/**
 * The colours of one scheme. Everything but text, background and accent is mixed from those, and only so far that
 * all text can be read (WCAG AA) wherever it lies.
 */
export function colorVariables(theme: ThemeOption, scheme: ColorScheme, isColor: IsColor, read: ReadColor = parseColor): Variables {
  const { grayscale, accent, surface } = theme.color ?? {};
  const own = (theme.colorScheme ?? 'light') === scheme;
  const chroma = ((grayscale?.tint ?? 0) * 0.0035).toFixed(4);
  const hue = perceptualHue(grayscale?.hue ?? 0);
  const shade = (grayscale?.shade ?? 0) * (scheme === 'light' ? 0.008 : 0.012);
  const gray = (lightness: number): string => `oklch(${Math.min(1, Math.max(0, lightness - shade)).toFixed(3)} ${chroma} ${hue})`;
  const light = scheme === 'light';
  const background = own && surface && isColor(surface.background) ? surface.background : light && !grayscale ? '#ffffff' : gray(light ? 0.995 : 0.205);
  const foreground = own && surface && isColor(surface.foreground) ? surface.foreground : gray(light ? 0.22 : 0.95);
  const accentGiven = accent && isColor(accent.primary) ? accent : undefined;
  const accentColor = accentGiven && read(accentGiven.primary);
  const palette = readablePalette({
    background: read(background) ?? (light ? white : [23, 23, 23]),
    foreground: read(foreground) ?? (light ? [26, 26, 26] : [238, 238, 238]),
    light,
    tint: softTint[scheme],
    accent: accentGiven && accentColor ? { color: accentColor, level: accentGiven.level } : undefined,
  });
  const text = (share: number): string => `color-mix(in oklab, var(--fg) ${percent(share)}, var(--bg))`;
  const alpha = (share: number): string => `color-mix(in oklab, var(--fg) ${percent(share)}, transparent)`;
  return {
    '--bg': background,
    '--fg': foreground,
    '--text-secondary': text(palette.secondaryText),
    '--text-tertiary': text(palette.tertiaryText),
    '--border': alpha(light ? 0.12 : 0.14),
    '--border-subtle': alpha(light ? 0.08 : 0.09),
    '--border-strong': text(palette.strongBorder),
    '--surface-secondary': text(palette.secondarySurface),
    '--surface-tertiary': text(palette.tertiarySurface),
    '--surface-elevated': light ? 'var(--bg)' : text(palette.elevatedSurface),
    '--soft-tint': percent(softTint[scheme]),
    '--neutral-tint': percent(palette.neutralTint),
    '--hover': alpha(palette.hover),
    '--active': alpha(light ? 0.1 : 0.14),
    '--shadow': light ? '0 1px 2px rgb(0 0 0 / .05), 0 4px 16px rgb(0 0 0 / .06)' : '0 1px 2px rgb(0 0 0 / .3), 0 4px 16px rgb(0 0 0 / .35)',
    'color-scheme': scheme,
    ...accentVariables(accentGiven?.primary, accentColor ?? undefined, palette, light),
    ...statusColors(light, palette.tone),
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

function accentVariables(accent: string | undefined, color: Rgb | undefined, palette: ReadablePalette, light: boolean): Variables {
  if (accent === undefined) {
    const link: Rgb = light ? [0, 84, 184] : [122, 182, 255];
    const focus: Rgb = light ? [0, 98, 214] : link;
    return { '--accent': 'var(--fg)', '--on-accent': 'var(--bg)', '--link': toCss(palette.link(link)), '--bubble': 'var(--surface-tertiary)', '--focus': toCss(palette.line(focus)) };
  }
  const onAccent = color && contrast(color, white) < 4.5 && contrast(color, black) > contrast(color, white) ? '#000000' : '#ffffff';
  return {
    '--accent': accent,
    '--on-accent': onAccent,
    '--link': color ? toCss(palette.link(color)) : 'var(--fg)',
    '--bubble': color ? `color-mix(in oklab, ${accent} ${percent(palette.bubble)}, var(--surface-tertiary))` : 'var(--surface-tertiary)',
    '--focus': color ? toCss(palette.line(color)) : 'var(--fg)',
  };
}

const radii = {
  pill: { control: '999px', item: '14px', card: '20px', bubble: '22px', composer: '28px' },
  round: { control: '12px', item: '10px', card: '14px', bubble: '16px', composer: '18px' },
  soft: { control: '8px', item: '6px', card: '8px', bubble: '10px', composer: '10px' },
  sharp: { control: '2px', item: '2px', card: '2px', bubble: '2px', composer: '2px' },
};

const densities = { compact: 0.75, normal: 1, spacious: 1.3 };

const systemFont = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const monoFont = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** Shape, spacing and type: the same in both schemes. */
export function layoutVariables(theme: ThemeOption): Variables {
  const radius = radii[theme.radius ?? 'pill'];
  const { baseSize = 16, fontFamily, fontFamilyMono } = theme.typography ?? {};
  return {
    '--radius-control': radius.control,
    '--radius-item': radius.item,
    '--radius-card': radius.card,
    '--radius-bubble': radius.bubble,
    '--radius-composer': radius.composer,
    '--density': String(densities[theme.density ?? 'normal']),
    '--font-size': `${baseSize}px`,
    '--font': fontFamily ? `${fontFamily}, ${systemFont}` : systemFont,
    '--mono': fontFamilyMono ? `${fontFamilyMono}, ${monoFont}` : monoFont,
  };
}

/** The style sheet of a theme: both schemes, since a widget may ask for the other one. */
export function themeSheet(theme: ChatKitOptions['theme'], isColor: IsColor, read: ReadColor = parseColor): string {
  const option = themeOption(theme);
  return [
    rule(':host', layoutVariables(option)),
    rule('.scheme-light', colorVariables(option, 'light', isColor, read)),
    rule('.scheme-dark', colorVariables(option, 'dark', isColor, read)),
  ].join('\n');
}

function rule(selector: string, variables: Variables): string {
  // A value must not be able to end its declaration and begin a rule of its own.
  const declarations = Object.entries(variables).map(([name, value]) => `${name}:${value.replace(/[{};]/g, '')}`);
  return `${selector}{${declarations.join(';')}}`;
}
