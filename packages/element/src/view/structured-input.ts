import { html, nothing } from 'lit';
import type { StructuredInputSubmission } from '../api/operations.js';
import { icon } from '../icons/icon.js';
import { listOf } from '../protocol/json.js';
import type { MultipleChoiceInput, StructuredInput, StructuredInputItem } from '../protocol/item.js';
import type { ViewContext } from './view-context.js';

/** Questions to the reader: to be answered or skipped, then kept with their answers. */
export function renderStructuredInput(item: StructuredInputItem, view: ViewContext): unknown {
  if (item.status !== 'pending') return answered(item, view);
  const { t } = view;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const answers = readAnswers(event.currentTarget as HTMLFormElement, item.inputs);
    void view.controller.submitStructuredInput(item.id, { status: 'answered', answers });
  };
  const skip = (): void => void view.controller.submitStructuredInput(item.id, { status: 'skipped', answers: {} });
  return html`<form class="structured-input" @submit=${submit}>
    ${item.inputs.map((input, index) => question(input, `${item.id}-${index}`, view))}
    <div class="structured-actions">
      <button type="button" class="button ghost" ?disabled=${view.session.busy} @click=${skip}>${t('skip')}</button>
      <button type="submit" class="button primary" ?disabled=${view.session.busy}>${t('submit')}</button>
    </div>
  </form>`;
}

function question(input: StructuredInput, id: string, view: ViewContext): unknown {
  if (input.type === 'multiple_choice') return choices(input, id, view);
  return html`<div class="question">
    <label class="question-text" for="${id}-text" dir="auto">${input.question}</label>
    ${input.description ? html`<p class="question-note" id="${id}-note" dir="auto">${input.description}</p>` : nothing}
    <textarea id="${id}-text" dir="auto" name="${input.id}" rows="2" class="w-field outline" placeholder=${view.t('yourAnswer')} aria-describedby=${input.description ? `${id}-note` : nothing}></textarea>
  </div>`;
}

function choices(input: MultipleChoiceInput, id: string, view: ViewContext): unknown {
  const type = input.multiple ? 'checkbox' : 'radio';
  const useOther = (event: Event): void => {
    // Writing an answer of one's own takes the place of the single choice made before.
    if (input.multiple || (event.currentTarget as HTMLInputElement).value === '') return;
    const radios = (event.currentTarget as HTMLElement).closest('fieldset')?.querySelectorAll<HTMLInputElement>('input[type="radio"]');
    for (const radio of radios ?? []) radio.checked = false;
  };
  return html`<fieldset class="question">
    <legend class="question-text" dir="auto">${input.question}</legend>
    ${listOf<{ value: string }>(input.options).map(
      (option) => html`<label class="choice"><input type=${type} name=${input.id} value=${option.value}><span dir="auto">${option.value}</span></label>`,
    )}
    <input class="w-field outline" id="${id}-other" dir="auto" name="${input.id}" data-other aria-label="${view.t('otherAnswer')}: ${input.question}" placeholder=${view.t('otherAnswer')} @input=${useOther}>
  </fieldset>`;
}

/** The values filled in, by the input's id. */
export function readAnswers(form: HTMLFormElement, inputs: readonly StructuredInput[]): StructuredInputSubmission['answers'] {
  const data = new FormData(form);
  return Object.fromEntries(
    inputs.map((input) => {
      const values = data
        .getAll(input.id)
        .map((value) => (typeof value === 'string' ? value.trim() : ''))
        .filter((value) => value !== '');
      return [input.id, { values, skipped: values.length === 0 }];
    }),
  );
}

function answered(item: StructuredInputItem, view: ViewContext): unknown {
  return html`<div class="structured-input done">
    <div class="structured-status">${icon(item.status === 'answered' ? 'check-circle' : 'minus')}<span>${view.t(item.status === 'answered' ? 'answered' : 'skipped')}</span></div>
    <dl>
      ${item.inputs.map((input) => {
        const values = listOf<string>(input.answer?.values);
        return html`<dt dir="auto">${input.question}</dt>
          <dd dir="auto" class=${values.length === 0 ? 'muted' : ''}>${values.length > 0 ? values.join(', ') : view.t('skipped')}</dd>`;
      })}
    </dl>
  </div>`;
}
