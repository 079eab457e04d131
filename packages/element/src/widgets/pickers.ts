import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { isObject, listOf, optionalString, stringOr } from '../protocol/json.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';
import { formValues, mergeValues } from './form-values.js';
import { controlClasses } from './text-fields.js';
import { fieldId, ownLabel } from './widget-context.js';
import type { Renderer, WidgetContext } from './widget-context.js';

type NamedControl = HTMLInputElement | HTMLSelectElement;

/** Runs a control's own action with its value, together with the other fields of its form. */
export function runChange(node: WidgetNode, context: WidgetContext, path: string, control: NamedControl, value: unknown): void {
  const action = node['onChangeAction'];
  if (!isObject(action)) return;
  const config = action as unknown as ActionConfig;
  const values: [string, unknown][] = control.form ? formValues(control.form) : [[control.name, value]];
  context.run(config, mergeValues(config.payload, values, context.fieldConflict), { path, kind: 'select' });
}

function clearable(node: WidgetNode, context: WidgetContext, control: unknown): unknown {
  if (node['clearable'] !== true) return control;
  const clear = (event: MouseEvent): void => {
    const field = (event.currentTarget as HTMLElement).parentElement?.querySelector<NamedControl>('input, select');
    if (!field) return;
    field.value = '';
    field.dispatchEvent(new Event('change'));
  };
  return html`<span class="w-clearable ${node['block'] === true ? 'block' : ''}">
    ${control}
    <button type="button" class="w-clear" aria-label=${context.t('clear')} @click=${clear}>${icon('close')}</button>
  </span>`;
}

export const renderSelect: Renderer = (node, context, path) => {
  const name = stringOr(node['name'], '');
  const chosen = optionalString(node['defaultValue']);
  const change = (event: Event): void => {
    const control = event.currentTarget as HTMLSelectElement;
    runChange(node, context, path, control, control.value);
  };
  const options = listOf<Record<string, unknown>>(node['options']).filter(isObject);
  return clearable(
    node,
    context,
    html`<select
      class=${controlClasses(node, 'w-field w-select')}
      id=${fieldId(context, name)}
      name=${name}
      aria-label=${ownLabel(context, name, node['placeholder'])}
      ?disabled=${node['disabled'] === true}
      @change=${change}
    >
      ${chosen === undefined || node['clearable'] === true ? html`<option value="" ?selected=${chosen === undefined}>${stringOr(node['placeholder'], context.t('select'))}</option>` : nothing}
      ${options.map(
        (option) => html`<option dir="auto" value=${stringOr(option['value'], '')} ?selected=${option['value'] === chosen} ?disabled=${option['disabled'] === true}>
          ${stringOr(option['label'], '')}${typeof option['description'] === 'string' ? ` – ${option['description']}` : ''}
        </option>`,
      )}
    </select>`,
  );
};

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;
}

export const renderDatePicker: Renderer = (node, context, path) => {
  const name = stringOr(node['name'], '');
  const change = (event: Event): void => {
    const control = event.currentTarget as HTMLInputElement;
    runChange(node, context, path, control, control.value);
  };
  return clearable(
    node,
    context,
    html`<input
      type="date"
      class=${controlClasses(node, 'w-field w-date')}
      id=${fieldId(context, name)}
      name=${name}
      value=${day(node['defaultValue']) ?? ''}
      min=${day(node['min']) ?? nothing}
      max=${day(node['max']) ?? nothing}
      aria-label=${ownLabel(context, name, node['placeholder'])}
      ?disabled=${node['disabled'] === true}
      @change=${change}
    >`,
  );
};
