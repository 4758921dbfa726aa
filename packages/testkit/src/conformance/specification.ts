import list from './operations.json' with { type: 'json' };

/** An operation of the Matrix client-server API, as the specification lists it. */
export interface SpecifiedOperation {
  /** The heading of the specification under which it stands. */
  readonly module: string;
  readonly method: string;
  /** Parameters are written `{name}`. */
  readonly path: string;
  readonly isDeprecated: boolean;
}

/** What the specification lists; `scripts/conformance.mjs` renews it. */
export const SPECIFICATION: { readonly version: string; readonly operations: readonly SpecifiedOperation[] } = list;

/** `GET /path`. The specification has two operations twice, under two headings. */
export const nameOf = ({ method, path }: SpecifiedOperation): string => `${method} ${path}`;
