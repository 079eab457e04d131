import type { ActionConfig, WidgetRoot } from '../protocol/index.js';
import type { ApprovalWidget } from './turn.js';

/** Action types by which the user decides on an approval. They are the engine's own. */
export const APPROVE_ACTION = 'chatkit.approve';
export const REJECT_ACTION = 'chatkit.reject';

/** The card that asks; the app's own where it gives one. */
export function approvalCard(request: { id: string; title: string; details?: unknown; widget?: ApprovalWidget | undefined }): WidgetRoot {
  const buttons = { approve: decision(APPROVE_ACTION, request.id), reject: decision(REJECT_ACTION, request.id) };
  if (request.widget) return request.widget(buttons);
  return {
    type: 'Card',
    size: 'sm',
    children: [
      { type: 'Title', value: request.title, size: 'sm' },
      ...detailRows(request.details),
      {
        type: 'Row',
        gap: 2,
        children: [
          { type: 'Button', label: 'Approve', style: 'primary', onClickAction: buttons.approve },
          { type: 'Button', label: 'Reject', style: 'secondary', onClickAction: buttons.reject },
        ],
      },
    ],
  };
}

function decision(type: string, approvalId: string): ActionConfig {
  return { type, payload: { approval_id: approvalId }, handler: 'server', loadingBehavior: 'container', streaming: true };
}

function detailRows(details: unknown): { type: 'Text' | 'Caption'; value: string }[] {
  if (details === undefined || details === null) return [];
  if (typeof details !== 'object') return [{ type: 'Text', value: typeof details === 'string' ? details : JSON.stringify(details) }];
  return Object.entries(details).map(([name, value]) => ({ type: 'Caption', value: `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}` }));
}
