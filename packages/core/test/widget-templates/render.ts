import { WidgetTemplate } from '../../src/widget-templates/index.js';
import type { WidgetTemplateOptions } from '../../src/widget-templates/index.js';

/** A definition around a template. */
export function definitionOf(template: string, more: object = {}): { version: '1.0'; name: string; template: string } {
  return { version: '1.0', name: 'inline', template, ...more };
}

/** The values that a template writes as a JSON list, seen through a widget's property. */
export function renderValues(expressions: string, data: object = {}, options: WidgetTemplateOptions = {}): unknown {
  const template = new WidgetTemplate(definitionOf(`{"type":"Card","children":[],"values":[${expressions}]}`), options);
  return (template.build({ ...data }) as unknown as { values: unknown }).values;
}

/** The text that a template writes, seen through a widget's property: it must be fit for a JSON string. */
export function renderText(template: string, data: object = {}, options: WidgetTemplateOptions = {}): unknown {
  return (renderValues(`"${template}"`, data, options) as unknown[])[0];
}
