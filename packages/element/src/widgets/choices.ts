import { html } from 'lit';
import { isObject, listOf, optionalString, stringOr } from '../protocol/json.js';
import { runChange } from './pickers.js';
import { fieldId, ownLabel } from './widget-context.js';
import type { Renderer } from './widget-context.js';

export const renderCheckbox: Renderer = (node, context, path) => {
  const name = stringOr(node['name'], '');
  const change = (event: Event): void => {
    const control = event.currentTarget as HTMLInputElement;
    runChange(node, context, path, control, control.checked);
  };
  const label = optionalString(node['label']);
  return html`<label class="w-choice">
    <input
      type="checkbox"
      id=${fieldId(context, name)}
      name=${name}
      aria-label=${ownLabel(context, name, label)}
      ?checked=${node['defaultChecked'] === true}
      ?disabled=${node['disabled'] === true}
      ?required=${node['required'] === true}
      @change=${change}
    >
    <span dir="auto">${label ?? ''}</span>
  </label>`;
};

export const renderRadioGroup: Renderer = (node, context, path) => {
  const name = stringOr(node['name'], '');
  const change = (event: Event): void => {
    const control = event.currentTarget as HTMLInputElement;
    runChange(node, context, path, control, control.value);
  };
  const options = listOf<Record<string, unknown>>(node['options']).filter(isObject);
  return html`<div class="w-radios ${node['direction'] === 'col' ? 'col' : ''}" role="radiogroup" aria-label=${optionalString(node['ariaLabel']) ?? name}>
    ${options.map(
      (option, index) => html`<label class="w-choice">
        <input
          type="radio"
          id="${fieldId(context, name)}${index === 0 ? '' : `-${index}`}"
          name=${name}
          value=${stringOr(option['value'], '')}
          ?checked=${option['value'] === node['defaultValue']}
          ?disabled=${node['disabled'] === true || option['disabled'] === true}
          ?required=${node['required'] === true}
          @change=${change}
        >
        <span dir="auto">${stringOr(option['label'], '')}</span>
      </label>`,
    )}
  </div>`;
};
