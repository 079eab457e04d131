import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripNulls, type WidgetRoot } from '../../protocol/index.js';
import { diffWidget } from '../../widgets/index.js';
import { Bindings } from './bindings.js';
import { findDifference, type Difference } from './find-difference.js';
import { isJson, type Json, type Vector } from './vector.js';

/** `diff`: the updates between two states of a widget. */
export function runDiffVector({ before, after, expect }: Vector): Difference | null {
  const updates = diffWidget(before as unknown as WidgetRoot, after as unknown as WidgetRoot);
  return findDifference(expect, JSON.parse(JSON.stringify(stripNulls(updates))), new Bindings());
}

/** `template`: the widget that a template builds, as it goes over the wire. */
export async function runTemplateVector(vector: Vector): Promise<Difference | null> {
  // Only here: templates need an optional package.
  const { WidgetTemplate } = await import('../../widget-templates/index.js');
  let widget: unknown;
  try {
    const definition = await definitionOf(vector);
    widget = new WidgetTemplate(definition as unknown as ConstructorParameters<typeof WidgetTemplate>[0]).build(vector.data ?? {});
  } catch (error) {
    const { name, message } = error as Error;
    return vector.expect_error ? null : { path: 'build', expected: vector.expect, actual: `${name}: ${message}` };
  }
  if (vector.expect_error) return { path: 'build', expected: 'an error', actual: widget };
  return findDifference(vector.expect, stripNulls(JSON.parse(JSON.stringify(widget))), new Bindings());
}

async function definitionOf({ file, path }: Vector): Promise<Json> {
  if (isJson(file)) return file;
  return JSON.parse(await readFile(join(dirname(path), String(file)), 'utf8')) as Json;
}
