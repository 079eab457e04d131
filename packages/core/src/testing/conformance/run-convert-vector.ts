import type { TurnInfo } from '../../engine/turn.js';
import { convertItems, type ItemConverters } from '../../model-input/convert-items.js';
import { MediaAllowance } from '../../model-input/media-allowance.js';
import type { InputPart } from '../../model-input/model-input-item.js';
import { readThreadItem } from '../../protocol/index.js';
import { Bindings } from './bindings.js';
import { findDifference, type Difference } from './find-difference.js';
import type { Vector } from './vector.js';

/** `convert`: thread items as the input of a model. */
export async function runConvertVector(vector: Vector): Promise<Difference | null> {
  const items = (vector.items ?? []).map((item, position) => readThreadItem({ thread_id: 'thr_1', created_at: new Date(position).toISOString(), ...item }));
  const { attachment, tag } = vector.converters ?? {};
  const converters: ItemConverters = {
    ...(attachment === undefined ? {} : { attachment: () => attachment as InputPart }),
    ...(tag === undefined ? {} : { tag: () => tag as InputPart }),
  };
  const allowance = new MediaAllowance({ maxHistoryFiles: Number.POSITIVE_INFINITY, maxHistoryFileBytes: Number.POSITIVE_INFINITY });
  let input: unknown;
  try {
    input = await convertItems(items, { converters, info: {} as TurnInfo, uploads: null, scope: { ownerId: vector.owner }, allowance });
  } catch (error) {
    return vector.expect_error ? null : { path: 'convert', expected: vector.expect_input, actual: String(error) };
  }
  if (vector.expect_error) return { path: 'convert', expected: 'an error', actual: input };
  return findDifference(vector.expect_input, JSON.parse(JSON.stringify(input)), new Bindings());
}
