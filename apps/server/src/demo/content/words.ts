import type { DocumentKind, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { LabelId } from '@byline/protocol/byline/labels.ts';
import type { PictureName } from '../pictures/gallery.ts';
import type { When } from '../telling/when.ts';
import type { PersonId } from './people.ts';
import type { VoiceName } from './voices.ts';

/** What the tables of the demo may say. */

/** What is posted or sent. A text alone; an article, a line each: see `articleOf`; or a file with what is said to it. */
export type Content =
  | string
  | { readonly article: readonly string[] }
  | { readonly picture: PictureName; readonly name: string; readonly caption?: string }
  | { readonly voice: VoiceName; readonly caption?: string }
  | { readonly file: string; readonly name: string; readonly type: string };

export interface PublicPost {
  readonly when: When;
  /** Absent: the account's owner. */
  readonly by?: PersonId;
  readonly content: Content;
  /** What it was changed to, so many minutes later. */
  readonly becomes?: Content;
  readonly after?: number;
}

export interface AccountStory extends Omit<PublicPart, 'picture'> {
  readonly owner: PersonId;
  readonly operators: readonly PersonId[];
  readonly picture: PictureName;
  readonly identity: {
    readonly legal_name: string;
    readonly document_kind: DocumentKind;
    readonly document_number: string;
    readonly country: string;
  };
  /** The picture of the document. */
  readonly paper: PictureName;
  readonly applies: When;
  /** What the reviewer decided, in this order. After changes were asked for, the application is sent again. */
  readonly decisions: readonly Ruling[];
  readonly posts: readonly PublicPost[];
}

export type Ruling =
  | { readonly when: When; readonly approves: string; readonly label: LabelId }
  | { readonly when: When; readonly asksForChanges: string; readonly sentAgain: When };

export interface LineOptions {
  /** A name by which others answer it. */
  readonly id?: string;
  /** The line that it answers. */
  readonly answers?: string;
  readonly reactions?: Readonly<Record<string, readonly PersonId[]>>;
  /** What the speaker changed it to. */
  readonly becomes?: string;
  /** The speaker deleted it again. */
  readonly takenBack?: true;
  /** Minutes of silence before it. */
  readonly wait?: number;
}

export type Line = readonly [speaker: PersonId, content: Content, options?: LineOptions];

/** A stretch of talk with no long pause in it. */
export interface Talk {
  readonly when: When;
  readonly lines: readonly Line[];
}

export interface ConversationStory {
  /** Absent: direct talk of two. */
  readonly group?: { readonly name: string; readonly topic: string; readonly picture: PictureName };
  /** Who begins it stands first. */
  readonly members: readonly PersonId[];
  /** Who has not answered the invitation yet. */
  readonly invited?: readonly PersonId[];
  readonly talks: readonly Talk[];
  /** How many of the last lines somebody has not read. */
  readonly unread?: Readonly<Partial<Record<PersonId, number>>>;
  readonly muted?: readonly PersonId[];
  readonly favourite?: readonly PersonId[];
}
