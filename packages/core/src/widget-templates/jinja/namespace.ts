/** A template's own box for values that outlive a loop's round: `{% set ns = namespace(list=[]) %}`. */
export class Namespace {
  readonly values = new Map<string, unknown>();
}
