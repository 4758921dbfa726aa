import { DomainError } from '@byline/protocol';

/** Where a walk through a space goes on, and how it was begun. */
export interface HierarchyToken {
  /** How many rooms were shown already. */
  readonly passed: number;
  readonly maxDepth: number | undefined;
  readonly suggestedOnly: boolean;
}

const FORM = /^h(\d{1,9})_(\d{1,9}|all)_([as])$/;

export const tokenOf = ({ passed, maxDepth, suggestedOnly }: HierarchyToken): string =>
  `h${passed}_${maxDepth ?? 'all'}_${suggestedOnly ? 's' : 'a'}`;

/** Throws `M_INVALID_PARAM` for what is no token, and for one of a walk that was begun otherwise. */
export const parseToken = (text: string, begun: HierarchyToken): HierarchyToken => {
  const passed = FORM.exec(text)?.[1];
  if (passed === undefined) throw new DomainError('M_INVALID_PARAM', '"from" is not a token of this server.');
  const token = { ...begun, passed: Number(passed) };
  if (tokenOf(token) === text) return token;
  throw new DomainError('M_INVALID_PARAM', '"suggested_only" and "max_depth" must stay as they were.');
};
