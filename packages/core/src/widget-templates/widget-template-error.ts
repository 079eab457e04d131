/** What went wrong: the file, its template text, the data, the rendering, or what came out of it. */
export type WidgetTemplateProblem = 'definition' | 'syntax' | 'data' | 'render' | 'output';

const marker = Symbol.for('chatkit-selfhost.WidgetTemplateError');

/** A widget template that cannot be loaded or built. The message names places in the template, never values of the data. */
export class WidgetTemplateError extends Error {
  override readonly name = 'WidgetTemplateError';
  readonly problem: WidgetTemplateProblem;
  readonly [marker] = true;

  constructor(problem: WidgetTemplateProblem, message: string) {
    super(message);
    this.problem = problem;
  }

  /** Like `instanceof`, also across copies of this package. */
  static isInstance(value: unknown): value is WidgetTemplateError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
