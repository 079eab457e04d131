import { noChange } from 'lit';
import type { DirectiveResult, ElementPart, PartInfo } from 'lit/directive.js';
import { Directive, PartType, directive } from 'lit/directive.js';

export type StyleValues = Readonly<Record<string, string | undefined>>;

/**
 * Sets CSS properties through the object model. Unlike a `style` attribute this needs no
 * `unsafe-inline` in the page's content security policy, from the first rendering on.
 */
class StyledDirective extends Directive {
  private applied: StyleValues = {};

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styled() belongs on an element.');
  }

  override update(part: ElementPart, [values]: [StyleValues]): unknown {
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys(this.applied)) {
      if (values[name] === undefined) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && value !== this.applied[name]) style.setProperty(name, value);
    }
    this.applied = values;
    return noChange;
  }

  override render(_values: StyleValues): unknown {
    return noChange;
  }
}

export const styled: (values: StyleValues) => DirectiveResult<typeof StyledDirective> = directive(StyledDirective);
