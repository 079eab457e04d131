import { describeIssue, formatPath } from '../protocol/describe-issue.js';
import { widgetRootSchema } from '../protocol/index.js';
import type { WidgetRoot } from '../protocol/index.js';
import { createDataCheck } from './data-check.js';
import type { DataCheck } from './data-check.js';
import { readDefinition } from './definition.js';
import type { WidgetTemplateDefinition } from './definition.js';
import { compileTemplate } from './jinja/compile-template.js';
import type { RenderTemplate } from './jinja/compile-template.js';
import { plainDataOf } from './plain-data.js';
import { WidgetTemplateError } from './widget-template-error.js';

export interface WidgetTemplateOptions {
  /** Check data against the template's `jsonSchema` before rendering. Default false. */
  validateData?: boolean | undefined;
  /** What one `build` may cost: about one for each step, and for each character made. Default 2,000,000. */
  maxCost?: number | undefined;
}

const DEFAULT_MAX_COST = 2_000_000;

function parseOutput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The rest of such a message quotes the output, and with it the data.
    const position = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
    throw new WidgetTemplateError('output', ['What the template renders is not JSON', position].filter(Boolean).join(' '));
  }
}

function widgetOf(output: unknown): WidgetRoot {
  const parsed = widgetRootSchema.safeParse(output);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`.trim());
  throw new WidgetTemplateError('output', `What the template renders is no widget: ${reasons.join('; ')}`);
}

/**
 * A widget made in the widget studio and saved as a `.widget` file: a template that renders data to a widget.
 *
 * Core reads no files; do it yourself, once at start:
 *
 * ```ts
 * import { readFileSync } from 'node:fs';
 *
 * const order = new WidgetTemplate(readFileSync(new URL('./order.widget', import.meta.url), 'utf8'));
 * await turn.sendWidget(order.build({ id: 'A-1', lines: [] }));
 * ```
 *
 * The template language is Jinja's, as far as the studio uses it: output, `if`, `for`, `set`, `namespace`, the filters
 * `tojson` and `default`, and the usual operators. A name that is not in the data is an error, save for `default` and
 * `is defined`. There are no includes, imports, macros or other calls, and no way out of the data.
 */
export class WidgetTemplate<Data extends object = Record<string, unknown>> {
  readonly name: string;
  readonly #render: RenderTemplate;
  readonly #checkData: DataCheck | undefined;
  readonly #maxCost: number;

  /**
   * @param content the text of a `.widget` file, or the object it stands for.
   * @throws WidgetTemplateError when it is malformed, of another version than 1.0, or uses what templates may not.
   */
  constructor(content: string | Pick<WidgetTemplateDefinition, 'version' | 'name' | 'template'>, options: WidgetTemplateOptions = {}) {
    const definition = readDefinition(content);
    this.name = definition.name;
    this.#render = compileTemplate(definition.template);
    this.#checkData = options.validateData ? createDataCheck(definition.jsonSchema) : undefined;
    this.#maxCost = options.maxCost ?? DEFAULT_MAX_COST;
  }

  /**
   * Fetches a `.widget` file.
   *
   * @throws WidgetTemplateError also when the answer is not a success.
   */
  static async fetch<Data extends object = Record<string, unknown>>(
    url: string | URL,
    { fetch = globalThis.fetch, ...options }: WidgetTemplateOptions & { fetch?: typeof globalThis.fetch | undefined } = {},
  ): Promise<WidgetTemplate<Data>> {
    const response = await fetch(url);
    if (!response.ok) throw new WidgetTemplateError('definition', `The widget template could not be fetched: status ${response.status}`);
    return new WidgetTemplate<Data>(await response.text(), options);
  }

  /**
   * Renders the data to a widget. Nulls that the template writes are gone.
   *
   * @param data anything that JSON can say as an object; what the template does not use is ignored.
   * @throws WidgetTemplateError when the data lacks something, or what is rendered is no widget.
   */
  build(...[data]: {} extends Data ? [data?: Data] : [data: Data]): WidgetRoot {
    const plain = plainDataOf(data ?? {});
    this.#checkData?.(plain);
    return widgetOf(parseOutput(this.#renderText(plain)));
  }

  #renderText(data: Record<string, unknown>): string {
    try {
      return this.#render(data, this.#maxCost);
    } catch (error) {
      // The stack runs out on lists that hold themselves, and on very deep ones.
      throw error instanceof RangeError ? new WidgetTemplateError('render', 'The template nests values too deep') : error;
    }
  }
}
