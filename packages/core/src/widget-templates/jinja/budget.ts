import { WidgetTemplateError } from '../widget-template-error.js';

/** What a rendering may cost: one for each step, and one for each character or element that a step makes or looks at. */
export class Budget {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** @throws WidgetTemplateError when there is not enough left. */
  spend(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) throw new WidgetTemplateError('render', 'The template costs too much to render');
  }
}
