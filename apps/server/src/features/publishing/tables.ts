import type { MxcUri, RoomId, UserId } from '@byline/protocol';
import type { OperatorRole } from '@byline/protocol/byline/accounts.ts';
import type { Category, SubjectKind } from '@byline/protocol/byline/identity.ts';
import type { LabelId } from '@byline/protocol/byline/labels.ts';

/** Names a public account for good, whatever its handle. */
export type AccountId = string;

export interface AccountRow {
  account_id: AccountId;
  handle: string;
  user_id: UserId;
  room_id: RoomId;
  name: string;
  description: string;
  picture: MxcUri | null;
  /** Name, handle and description as a search compares them. */
  search_text: string;
  created_at: number;
}

export interface QualificationRow {
  account_id: AccountId;
  kind: SubjectKind;
  category: Category;
  label: LabelId | null;
  verified_since: number;
  /** When a review last confirmed it. */
  verified_at: number;
  expires: number;
  /** Why it ended before its time. */
  ended_because: string | null;
}

export interface OperatorRow {
  account_id: AccountId;
  user_id: UserId;
  role: OperatorRole;
  since: number;
}

export interface SubscriptionRow {
  user_id: UserId;
  room_id: RoomId;
  /** 1; 0 for who follows no more. */
  subscribed: number;
  muted: number;
  position: number;
  changed_at: number;
}

export interface PostEditRow {
  edit_event_id: string;
  post_event_id: string;
  position: number;
}

export interface PostMediaRow {
  event_id: string;
  mxc: MxcUri;
}

/** What was said to an account's owner of the end of its verification. */
export interface ExpiryReminderRow {
  account_id: AccountId;
  /** Names the verification. */
  verified_at: number;
  days: number;
  told_at: number;
}

export type PublishingTables = {
  accounts: AccountRow;
  qualifications: QualificationRow;
  operators: OperatorRow;
  subscriptions: SubscriptionRow;
  post_edits: PostEditRow;
  post_media: PostMediaRow;
  expiry_reminders: ExpiryReminderRow;
};
