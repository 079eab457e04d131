import { WidgetTemplateError } from '../widget-template-error.js';

/** What stands for a name or property that is not in the data. It may be asked whether it is there, and nothing else. */
export class Undefined {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

/** @throws WidgetTemplateError when the value is not there. */
export function defined(value: unknown): unknown {
  if (value instanceof Undefined) throw new WidgetTemplateError('render', `'${value.path}' is not defined`);
  return value;
}
