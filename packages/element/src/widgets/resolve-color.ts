import { isObject } from '../protocol/json.js';

const textTokens: Record<string, string> = {
  prose: 'var(--fg)',
  primary: 'var(--fg)',
  emphasis: 'var(--fg)',
  secondary: 'var(--text-secondary)',
  tertiary: 'var(--text-tertiary)',
  success: 'var(--success)',
  warning: 'var(--warning)',
  danger: 'var(--danger)',
  info: 'var(--info)',
  discovery: 'var(--discovery)',
};

const backgroundTokens: Record<string, string> = {
  surface: 'var(--bg)',
  'surface-secondary': 'var(--surface-secondary)',
  'surface-tertiary': 'var(--surface-tertiary)',
  'surface-elevated': 'var(--surface-elevated)',
  'surface-elevated-secondary': 'var(--surface-tertiary)',
};

const borderTokens: Record<string, string> = {
  default: 'var(--border)',
  subtle: 'var(--border-subtle)',
  strong: 'var(--border-strong)',
};

const chartTokens = new Set(['blue', 'purple', 'orange', 'green', 'red', 'yellow', 'pink']);

const hues: Record<string, readonly [hue: number, chroma: number]> = {
  gray: [0, 0],
  red: [25, 0.2],
  orange: [55, 0.17],
  amber: [75, 0.16],
  yellow: [95, 0.16],
  lime: [125, 0.17],
  green: [150, 0.16],
  teal: [185, 0.12],
  cyan: [210, 0.12],
  blue: [255, 0.18],
  indigo: [275, 0.19],
  purple: [300, 0.19],
  pink: [350, 0.19],
};

/** `red-500` and the like: the number is the darkness, 0 to 1000; `alpha-70` a share of the text colour. */
function primitive(value: string): string | undefined {
  const match = /^([a-z]+)-(\d{1,4})$/.exec(value);
  const step = Number(match?.[2]);
  if (!match || step > 1000) return undefined;
  if (match[1] === 'alpha') return `color-mix(in oklab, var(--fg) ${Math.min(step, 100)}%, transparent)`;
  const hue = hues[match[1] ?? ''];
  if (!hue) return undefined;
  const lightness = 0.985 - (step / 1000) * 0.8;
  const chroma = hue[1] * Math.sin(Math.PI * Math.min(1, Math.max(0.06, step / 1000)));
  return `oklch(${lightness.toFixed(3)} ${chroma.toFixed(3)} ${hue[0]})`;
}

export type ColorUse = 'text' | 'background' | 'border' | 'chart';

/**
 * A widget's colour as CSS: a token of its use, a primitive like `blue-400`, any CSS
 * colour, or one of each scheme. Undefined for everything else: a value that isn't a
 * colour must not reach a style.
 */
export function resolveColor(value: unknown, scheme: 'light' | 'dark', use: ColorUse): string | undefined {
  if (isObject(value)) return resolveColor(value[scheme], scheme, use);
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const token =
    use === 'text'
      ? textTokens[value]
      : use === 'background'
        ? backgroundTokens[value]
        : use === 'border'
          ? borderTokens[value]
          : chartTokens.has(value)
            ? `var(--chart-${value})`
            : undefined;
  if (token) return token;
  const named = primitive(value);
  if (named) return named;
  return !/url|var|attr|env/i.test(value) && CSS.supports('color', value) ? value : undefined;
}
