/** What the authorisation rules say of an event. The reason is for the one who sent it. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

export const ALLOWED: Verdict = { allowed: true };

export const refused = (reason: string): Verdict => ({ allowed: false, reason });

/** Allowed if the condition holds, else refused for the reason. */
export const allowedIf = (condition: boolean, reason: string): Verdict => (condition ? ALLOWED : refused(reason));
