import { isObject } from '../protocol/json.js';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Writes a value under a dotted name: `todo.title` nests. Names that could reach a prototype are left out. */
export function assignNested(target: Record<string, unknown>, name: string, value: unknown): void {
  const keys = name.split('.');
  if (keys.some((key) => key === '' || forbidden.has(key))) return;
  let current = target;
  for (const key of keys.slice(0, -1)) {
    const next = Object.hasOwn(current, key) ? current[key] : undefined;
    if (isObject(next)) {
      current = next;
    } else {
      const created: Record<string, unknown> = {};
      current[key] = created;
      current = created;
    }
  }
  current[keys.at(-1) ?? ''] = value;
}

/** The current values of a form's named controls, in document order. */
export function formValues(form: HTMLFormElement): [name: string, value: unknown][] {
  const values: [string, unknown][] = [];
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement) {
      if (!control.name || control.disabled) continue;
      if (control.type === 'checkbox') values.push([control.name, control.checked]);
      else if (control.type === 'radio') {
        if (control.checked) values.push([control.name, control.value]);
      } else values.push([control.name, control.value]);
    } else if (control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement) {
      if (control.name && !control.disabled) values.push([control.name, control.value]);
    }
  }
  return values;
}

/**
 * An action's payload with the values merged in. What the server configured wins: a
 * field whose first key is already there is dropped and reported.
 */
export function mergeValues(payload: unknown, values: readonly [string, unknown][], onConflict: (name: string) => void): unknown {
  if (values.length === 0) return payload;
  const configured: Record<string, unknown> = isObject(payload) ? payload : {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const [first = ''] = name.split('.');
    if (Object.hasOwn(configured, first)) onConflict(name);
    else assignNested(fields, name, value);
  }
  return { ...fields, ...configured };
}

export function formPayload(form: HTMLFormElement | null, payload: unknown, onConflict: (name: string) => void): unknown {
  return form ? mergeValues(payload, formValues(form), onConflict) : payload;
}
