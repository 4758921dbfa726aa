/**
 * Every error that a service may throw, with the HTTP status that the edge answers.
 * `M_` codes are the specification's ("Standard error response"); `BYLINE_` codes are ours.
 */
export const ERRORS = {
  M_FORBIDDEN: 403,
  /** The user takes no invitations (client-server API: "Invite permission"). */
  M_INVITE_BLOCKED: 403,
  M_UNKNOWN_TOKEN: 401,
  M_MISSING_TOKEN: 401,
  M_BAD_JSON: 400,
  M_NOT_JSON: 400,
  M_NOT_FOUND: 404,
  M_LIMIT_EXCEEDED: 429,
  M_UNRECOGNIZED: 404,
  M_UNKNOWN: 400,
  /** A place in sliding sync that is not known (any more): the client begins anew. */
  M_UNKNOWN_POS: 400,
  M_UNAUTHORIZED: 401,
  M_USER_DEACTIVATED: 403,
  M_USER_IN_USE: 400,
  M_INVALID_USERNAME: 400,
  M_ROOM_IN_USE: 400,
  M_INVALID_ROOM_STATE: 400,
  M_UNSUPPORTED_ROOM_VERSION: 400,
  M_INCOMPATIBLE_ROOM_VERSION: 400,
  M_BAD_STATE: 403,
  M_GUEST_ACCESS_FORBIDDEN: 403,
  M_MISSING_PARAM: 400,
  M_INVALID_PARAM: 400,
  M_TOO_LARGE: 413,
  M_EXCLUSIVE: 400,
  M_CANNOT_LEAVE_SERVER_NOTICE_ROOM: 403,
  M_WEAK_PASSWORD: 400,
  M_BAD_ALIAS: 400,
  M_DUPLICATE_ANNOTATION: 400,
  M_NOT_YET_UPLOADED: 504,
  M_CANNOT_OVERWRITE_MEDIA: 409,
  M_PROFILE_TOO_LARGE: 400,
  M_KEY_TOO_LARGE: 400,
  M_INVALID_SIGNATURE: 400,
  M_WRONG_ROOM_KEYS_VERSION: 403,
  M_INTERNAL: 500,
  BYLINE_UNAVAILABLE: 503,
  /** The policy asks for a verified identity before this may be done. */
  BYLINE_IDENTITY_REQUIRED: 403,
  /** The public account has no qualification, so it may not publish. */
  BYLINE_NOT_QUALIFIED: 403,
  /** The provider has made no reviewers' key yet, so nothing can be sealed. */
  BYLINE_NO_REVIEWERS_KEY: 409,
  /** An application lacks fields; `missing` names them. */
  BYLINE_APPLICATION_INCOMPLETE: 400,
  /** The case is held by another reviewer, or was decided. */
  BYLINE_CASE_CONFLICT: 409,
  /** Nobody decides on themselves. */
  BYLINE_OWN_CASE: 403,
  BYLINE_HANDLE_IN_USE: 409,
  /** The subject has as many public accounts as it may have; `cap` is how many. */
  BYLINE_ACCOUNT_CAP: 409,
  /** The handle could be taken for that of another account (`handle` names it, if it is public). */
  BYLINE_HANDLE_LOOKS_ALIKE: 409,
  /** The label needs a piece of evidence that is not in the case; `evidence` names it. */
  BYLINE_LABEL_UNPROVEN: 409,
  /** The alias leads to another room already (`PUT /directory/room`, where the specification names the status alone). */
  BYLINE_ALIAS_IN_USE: 409,
  /** The caller lacks the staff role that this needs. */
  BYLINE_ROLE_REQUIRED: 403,
  /** Nobody has these two staff roles together; `role` and `held` name them. */
  BYLINE_ROLES_EXCLUDE: 409,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERRORS;

/** What a client reads of an error; extra fields are those that the code defines (`retry_after_ms`, `missing`, …). */
export interface ErrorBody {
  readonly errcode: ErrorCode;
  readonly error: string;
  readonly [field: string]: unknown;
}

/** A decision that something may not be done. Services throw it; the edge alone turns it into HTTP. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.fields = fields;
  }
}
