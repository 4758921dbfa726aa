/** Events that are activity properly speaking: by the newest of them clients order rooms (MSC4186: `bump_stamp`). */
export const BUMP_TYPES: ReadonlySet<string> = new Set([
  'm.room.create',
  'm.room.message',
  'm.room.encrypted',
  'm.sticker',
  'm.call.invite',
  'm.poll.start',
  // As clients send it (MSC3381).
  'org.matrix.msc3381.poll.start',
  'm.beacon_info',
]);
