import type { MessageKey, Messages } from './en.js';

export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** A function that looks up a text and fills in its `{name}` places. */
export function translator(messages: Messages): Translate {
  return (key, values) => {
    const text = messages[key];
    return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
  };
}
