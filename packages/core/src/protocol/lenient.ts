import * as z from 'zod';

/** A property that may be missing or null on the wire and is then absent (`x?: T | undefined`) in the parsed value. */
export type OptionalProperty<S extends z.ZodType> = z.ZodType<z.output<S> | undefined, z.input<S> | null | undefined> & {
  _zod: { optin: 'optional'; optout: 'optional' };
};

/** A property that may be missing or null on the wire and then has a default in the parsed value. */
export type DefaultedProperty<S extends z.ZodType> = z.ZodType<z.output<S>, z.input<S> | null | undefined> & {
  _zod: { optin: 'optional' };
};

/** ChatKit peers treat an absent property and a null one alike; so does every optional property here. */
export function optional<S extends z.ZodType>(schema: S): OptionalProperty<S> {
  // A transform's type has no optional key; `wireObject` gives the parsed value one.
  return schema.nullish().transform((value) => value ?? undefined) as unknown as OptionalProperty<S>;
}

/** As `optional`, with a fresh default for an absent or null property. */
export function defaulted<S extends z.ZodType>(schema: S, makeDefault: () => z.util.NoUndefined<z.output<S>>): DefaultedProperty<S> {
  return schema.nullish().transform((value) => value ?? makeDefault()) as unknown as DefaultedProperty<S>;
}

/**
 * As `defaulted`, but the type lets authors leave the property out: what is parsed always has it, and what is
 * sent always gets it.
 */
export function omittable<S extends z.ZodType>(schema: S, makeDefault: () => z.util.NoUndefined<z.output<S>>): OptionalProperty<S> {
  return defaulted(schema, makeDefault) as unknown as OptionalProperty<S>;
}

function withoutUndefinedProperties<T extends object>(parsed: T): T {
  const entries = Object.entries(parsed);
  if (entries.every(([, value]) => value !== undefined)) return parsed;
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T;
}

/** A modelled JSON object: unknown keys are dropped, and what was null is gone, key and all. */
export function wireObject<S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<S, z.core.$strip> {
  return z.object(shape).overwrite(withoutUndefinedProperties);
}

/** The parsed properties of a shape. */
export type PropertiesOf<S extends z.core.$ZodLooseShape> = z.output<z.ZodObject<S, z.core.$strict>>;

/** As `wireObject`, but an unknown key is an error. For checking what an author wrote. */
export function strictWireObject<S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape).overwrite(withoutUndefinedProperties);
}

/** A JSON object whose content is the app's own: nulls and unknown keys inside are kept. */
export const freeFormObjectSchema = z.record(z.string(), z.unknown());
