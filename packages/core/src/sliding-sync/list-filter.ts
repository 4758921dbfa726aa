/** Which rooms a list is of (MSC4186: `SlidingRoomFilter`). What is left out is not asked for. */
export interface ListFilter {
  readonly isDm?: boolean | undefined;
  readonly isEncrypted?: boolean | undefined;
  readonly isInvited?: boolean | undefined;
  /** `null`: a room of no type. */
  readonly roomTypes?: readonly (string | null)[] | undefined;
  readonly notRoomTypes?: readonly (string | null)[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly notTags?: readonly string[] | undefined;
  /** The ids of spaces; those that the user is not in count as none. */
  readonly spaces?: readonly string[] | undefined;
}

/** What a filter asks of a room. Each is asked for only if it matters. */
export interface ListedRoom {
  readonly isDm: boolean;
  readonly isEncrypted: boolean;
  readonly isInvited: boolean;
  readonly roomType: string | null;
  readonly tags: ReadonlySet<string>;
  /** Whether one of those spaces that the user is in names the room as its child. */
  readonly isInSpace: (spaces: readonly string[]) => boolean;
}

/** Whether a list shows a room: what each part of its filter says holds together. */
export const passesList = (filter: ListFilter, room: ListedRoom): boolean =>
  is(filter.isInvited, () => room.isInvited) &&
  is(filter.isDm, () => room.isDm) &&
  is(filter.isEncrypted, () => room.isEncrypted) &&
  (filter.roomTypes === undefined || filter.roomTypes.includes(room.roomType)) &&
  (filter.notRoomTypes === undefined || !filter.notRoomTypes.includes(room.roomType)) &&
  (filter.tags === undefined || filter.tags.some((tag) => room.tags.has(tag))) &&
  (filter.notTags === undefined || !filter.notTags.some((tag) => room.tags.has(tag))) &&
  (filter.spaces === undefined || room.isInSpace(filter.spaces));

/** Whether a filter asks what only a room's state tells. */
export const asksState = ({ isEncrypted, roomTypes, notRoomTypes }: ListFilter): boolean =>
  isEncrypted !== undefined || roomTypes !== undefined || notRoomTypes !== undefined;

/** Whether a filter asks for what the user keeps: direct talks and tags. */
export const asksAccountData = ({ isDm, tags, notTags }: ListFilter): boolean =>
  isDm !== undefined || tags !== undefined || notTags !== undefined;

const is = (wanted: boolean | undefined, found: () => boolean): boolean => wanted === undefined || wanted === found();
