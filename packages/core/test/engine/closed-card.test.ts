import { describe, expect, it } from 'vitest';
import { approvalCard } from '../../src/engine/approval-card.js';
import { approvalIdsOf, closedCard } from '../../src/engine/closed-card.js';
import type { ApprovalWidget } from '../../src/engine/turn.js';
import type { WidgetRoot } from '../../src/protocol/index.js';

function cardOf(widget?: ApprovalWidget): WidgetRoot {
  return approvalCard({ id: 'apr_1', title: 'Pay?', details: { amount: 250 }, widget });
}

describe('a card that is decided', () => {
  it('keeps what it says and loses its buttons', () => {
    expect(closedCard(cardOf(), 'approved')).toEqual({
      type: 'Card', size: 'sm', status: { text: 'Approved', icon: 'check-circle' },
      children: [{ type: 'Title', value: 'Pay?', size: 'sm' }, { type: 'Caption', value: 'amount: 250' }],
    });
  });

  it('loses buttons at any depth, and nothing else', () => {
    const other = { type: 'Button' as const, label: 'Details', onClickAction: { type: 'details' } };
    const card = cardOf(({ approve, reject }) => ({
      type: 'Card', size: 'lg', id: 'mine',
      children: [
        { type: 'Row', children: [{ type: 'Text', value: 'Amount' }, { type: 'Text', value: '250' }] },
        { type: 'Col', children: [{ type: 'Button', label: 'Yes', onClickAction: approve }, other, { type: 'Row', children: [{ type: 'Button', label: 'No', onClickAction: reject }] }] },
        { type: 'Row', children: [] },
      ],
    }));
    expect(closedCard(card, 'rejected')).toEqual({
      type: 'Card', size: 'lg', id: 'mine', status: { text: 'Rejected', icon: 'empty-circle' },
      children: [{ type: 'Row', children: [{ type: 'Text', value: 'Amount' }, { type: 'Text', value: '250' }] }, { type: 'Col', children: [other] }, { type: 'Row', children: [] }],
    });
  });

  it('loses the actions of its own foot, and of its controls', () => {
    const select = { type: 'Select' as const, name: 'n', options: [{ value: 'a', label: 'A' }] };
    const card = cardOf(({ approve, reject }) => ({
      type: 'Card', confirm: { label: 'Yes', action: approve }, cancel: { label: 'No', action: reject },
      children: [{ type: 'Form', onSubmitAction: approve, children: [{ ...select, onChangeAction: reject }] }],
    }));
    expect(closedCard(card, 'approved')).toMatchObject({ children: [{ type: 'Form', children: [select] }] });
    expect(JSON.stringify(closedCard(card, 'approved'))).not.toContain('chatkit.');
    expect(Object.keys(closedCard(card, 'approved'))).toEqual(['type', 'children', 'status']);
  });

  it('stays a list where it was one, with the chosen row', () => {
    const card = cardOf(({ approve, reject }) => ({
      type: 'ListView',
      children: [
        { type: 'ListViewItem', onClickAction: approve, children: [{ type: 'Text', value: 'Pay 250' }] },
        { type: 'ListViewItem', onClickAction: reject, children: [{ type: 'Text', value: 'Leave it' }] },
        { type: 'ListViewItem', children: [{ type: 'Text', value: 'Bill 1' }] },
      ],
    }));
    expect(closedCard(card, 'approved')).toEqual({
      type: 'ListView', status: { text: 'Approved', icon: 'check-circle' },
      children: [{ type: 'ListViewItem', children: [{ type: 'Text', value: 'Pay 250' }] }, { type: 'ListViewItem', children: [{ type: 'Text', value: 'Bill 1' }] }],
    });
  });

  it('says its outcome in words where it has no status', () => {
    const card = cardOf(({ approve }) => ({ type: 'Basic', children: [{ type: 'Transition', children: { type: 'Button', label: 'Yes', onClickAction: approve } }] }));
    expect(closedCard(card, 'withdrawn')).toEqual({ type: 'Basic', children: [{ type: 'Caption', value: 'Withdrawn' }] });
  });
});

it('a card says which request it is of', () => {
  expect(new Set(approvalIdsOf(cardOf()))).toEqual(new Set(['apr_1']));
  expect(approvalIdsOf({ type: 'Card', children: [{ type: 'Text', value: 'apr_1' }] })).toEqual([]);
});
