import type { Operation } from '@byline/protocol';
import { whoAmI } from '@byline/protocol/matrix/account.ts';
import { getDevice, listDevices, updateDevice } from '@byline/protocol/matrix/devices.ts';
import { eventContext, roomEvent, roomInitialSync, roomMessages } from '@byline/protocol/matrix/history.ts';
import { claimKeys, queryKeys, uploadKeys } from '@byline/protocol/matrix/keys.ts';
import { logout } from '@byline/protocol/matrix/login.ts';
import { downloadMedia, downloadNamedMedia, getThumbnail } from '@byline/protocol/matrix/media.ts';
import { roomMembers } from '@byline/protocol/matrix/members.ts';
import { joinRoom, joinRoomById, leaveRoom } from '@byline/protocol/matrix/membership.ts';
import { deleteProfileField, setProfileField } from '@byline/protocol/matrix/profile.ts';
import { sendEvent } from '@byline/protocol/matrix/send.ts';
import { roomState, roomStateEvent, setRoomState } from '@byline/protocol/matrix/state.ts';
import { sync } from '@byline/protocol/matrix/sync.ts';
import { sendToDevice } from '@byline/protocol/matrix/to-device.ts';

/** What guests may do, where they are let in at all (specification, client-server API: "Guest Access"). */
export const GUEST_OPERATIONS: ReadonlySet<Operation> = new Set<Operation>([
  roomState,
  eventContext,
  roomEvent,
  roomStateEvent,
  roomMessages,
  roomMembers,
  roomInitialSync,
  sync,
  downloadMedia,
  downloadNamedMedia,
  getThumbnail,
  joinRoomById,
  leaveRoom,
  sendEvent,
  setRoomState,
  sendToDevice,
  setProfileField,
  deleteProfileField,
  listDevices,
  getDevice,
  updateDevice,
  whoAmI,
  uploadKeys,
  queryKeys,
  claimKeys,
  // NOTSPEC: libraries join by this one whatever they join, and who has come may go again.
  joinRoom,
  logout,
]);
