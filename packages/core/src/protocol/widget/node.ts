import * as z from 'zod';
import type { WidgetComponent } from './containers.js';
import type { WidgetRoot } from './roots.js';
import { stripNulls } from './strip-nulls.js';

const rootTypes: ReadonlySet<unknown> = new Set(['Card', 'ListView', 'Basic'] satisfies WidgetRoot['type'][]);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks a tree of opaque nodes, without recursion: a widget may be as deep as the request limits allow. */
function reportMalformedNodes(root: Record<string, unknown>, report: (path: PropertyKey[], message: string) => void): void {
  const open: { node: unknown; path: PropertyKey[] }[] = [{ node: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (!isObject(node)) {
      report(path, 'expected a widget component (an object)');
      continue;
    }
    if (typeof node['type'] !== 'string') report([...path, 'type'], 'expected a string');
    const children = node['children'];
    if (Array.isArray(children)) {
      children.forEach((child: unknown, index) => {
        if (child !== null) open.push({ node: child, path: [...path, 'children', index] });
      });
    } else if (children !== undefined && children !== null) {
      open.push({ node: children, path: [...path, 'children'] });
    }
  }
}

function opaqueNodeSchema<T>(isAllowedType: (type: unknown) => boolean, expectedType: string) {
  return z.custom<T>(isObject, 'expected an object').transform((node, context): T => {
    const root = node as Record<string, unknown>;
    if (!isAllowedType(root['type'])) {
      context.addIssue({ code: 'custom', path: ['type'], message: `expected ${expectedType}` });
      return z.NEVER;
    }
    reportMalformedNodes(root, (path, message) => context.addIssue({ code: 'custom', path: [...path], message }));
    return stripNulls(root) as T;
  });
}

/**
 * A widget as it travels: opaque JSON. Checked are the root's type, and that every child is an object with a `type`;
 * all else, known or not, is kept as it is, save for nulls.
 */
export const widgetRootSchema = opaqueNodeSchema<WidgetRoot>((type) => rootTypes.has(type), '"Card", "ListView" or "Basic"');

/** One component of a widget, just as opaque. */
export const widgetComponentSchema = opaqueNodeSchema<WidgetComponent>((type) => typeof type === 'string', 'a string');
