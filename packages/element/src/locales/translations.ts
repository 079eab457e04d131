import type { Messages } from './en.js';

/** Texts by lower-case locale; what one leaves out is shown in English. */
export const translations: Readonly<Record<string, Partial<Messages>>> = {};
