import { type ApplicationAction, stateAfter } from '@byline/core/identity/application-state.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Writer } from '../../platform/engine/engine.ts';
import type { ApplicationStore } from './application-store.ts';
import type { ApplicationRow } from './tables.ts';

/** One's own application. Throws `M_NOT_FOUND`, also for that of somebody else. */
export const requireOwn = (row: ApplicationRow | undefined, userId: UserId): ApplicationRow => {
  if (row?.applicant === userId) return row;
  throw new DomainError('M_NOT_FOUND', 'You have no such application.');
};

/** One's own application, if it is in a state for an action. Throws `M_NOT_FOUND`, `M_BAD_STATE`. */
export const requireAction = (
  row: ApplicationRow | undefined,
  userId: UserId,
  action: ApplicationAction,
): ApplicationRow => {
  const own = requireOwn(row, userId);
  if (stateAfter(own.state, action) !== undefined) return own;
  throw new DomainError('M_BAD_STATE', REFUSALS[own.state], { state: own.state });
};

/** The same inside a transaction, until whose end nobody else changes it. */
export const lockOwn = async (
  writer: Writer,
  applications: ApplicationStore,
  id: ApplicationId,
  userId: UserId,
  action: ApplicationAction,
): Promise<ApplicationRow> => requireAction(await applications.lock(writer, id), userId, action);

const REFUSALS: Readonly<Record<ApplicationRow['state'], string>> = {
  draft: 'This application was not sent yet.',
  submitted: 'This application was sent and waits for review. Withdraw it, or wait for the answer.',
  'in-review': 'A reviewer has this application open. Withdraw it, or wait for the answer.',
  'question-asked': 'A reviewer has asked you something. Please answer it, or withdraw the application.',
  'changes-asked': 'The reviewer asked for changes. Make them and send the application again.',
  approved: 'This application was approved already.',
  refused: 'This application was refused. You can begin a new one.',
  withdrawn: 'This application was withdrawn. You can begin a new one.',
};
