import { ApiError } from '@byline/client/api/errors.ts';
import type { ApiErrorCode } from '@byline/client/api/errors.ts';
import type { ParseKeys } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** The codes that have a sentence of their own; for others it is a general one. */
const TEXTS: Partial<Record<ApiErrorCode, ParseKeys<'problems'>>> = {
  UNREACHABLE: 'unreachable',
  UNREADABLE: 'unreadable',
  M_LIMIT_EXCEEDED: 'tooOften',
  M_FORBIDDEN: 'forbidden',
  M_NOT_FOUND: 'notFound',
  M_TOO_LARGE: 'tooLarge',
  M_UNKNOWN_TOKEN: 'signedOut',
  M_MISSING_TOKEN: 'signedOut',
  M_WEAK_PASSWORD: 'weakPassword',
  BYLINE_UNAVAILABLE: 'unavailable',
  BYLINE_IDENTITY_REQUIRED: 'identityRequired',
  BYLINE_ROLE_REQUIRED: 'roleRequired',
};

/** Says in the person's language what went wrong and what to do. `own` has a screen's sentences for codes that mean more there. */
export function useProblemText(): (error: unknown, own?: Partial<Record<ApiErrorCode, string>>) => string {
  const { t } = useTranslation('problems');
  return useCallback(
    (error, own = {}) => {
      const code = error instanceof ApiError ? error.code : undefined;
      if (code === undefined) return t('unknown');
      return own[code] ?? t(TEXTS[code] ?? 'unknown');
    },
    [t],
  );
}
