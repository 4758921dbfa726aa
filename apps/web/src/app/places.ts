import { Compass, Inbox, MessageCircle, Newspaper, UserRound } from 'lucide-react';
import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { WorldName } from '../ui/style/World.tsx';

export type PlaceId = 'chats' | 'following' | 'discover' | 'me' | 'desk';

/** A screen, fetched when it is first needed. */
export type ScreenFile = () => Promise<{ default: ComponentType }>;

export interface Place {
  readonly id: PlaceId;
  readonly path: string;
  /** The place and what is open in it. */
  readonly pattern: string;
  readonly world: WorldName;
  readonly icon: typeof Compass;
  readonly staffOnly: boolean;
  readonly load: ScreenFile;
  /** Shows that something is new there; fetched after everything else. */
  readonly news?: ComponentType;
}

/** Where one can be. Each is a file of its own, and each has its addresses. */
export const PLACES: readonly Place[] = [
  {
    id: 'chats',
    path: '/chats',
    pattern: '/chats/:roomId?/:section?/:threadId?/:eventId?',
    world: 'ink',
    icon: MessageCircle,
    staffOnly: false,
    load: () => import('../features/chats/ChatsPlace.tsx'),
    news: lazy(() => import('../features/chats/ChatsNews.tsx')),
  },
  {
    id: 'following',
    path: '/following',
    pattern: '/following/:handle?/:postId?',
    world: 'paper',
    icon: Newspaper,
    staffOnly: false,
    load: () => import('../features/following/FollowingPlace.tsx'),
    news: lazy(() => import('../features/following/FollowingNews.tsx')),
  },
  {
    id: 'discover',
    path: '/discover',
    pattern: '/discover/:handle?/:postId?',
    world: 'paper',
    icon: Compass,
    staffOnly: false,
    load: () => import('../features/discover/DiscoverPlace.tsx'),
  },
  {
    id: 'me',
    path: '/me',
    pattern: '/me/:section?',
    world: 'ink',
    icon: UserRound,
    staffOnly: false,
    load: () => import('../features/me/MePlace.tsx'),
  },
  {
    id: 'desk',
    path: '/desk',
    pattern: '/desk/:section?/:caseId?',
    world: 'ink',
    icon: Inbox,
    staffOnly: true,
    load: () => import('../features/desk/DeskPlace.tsx'),
  },
];

/** What belongs to a place by its address, and is a world and a file of its own. */
export const BRANCHES: readonly Pick<Place, 'pattern' | 'world' | 'load'>[] = [
  '/me/accounts/:handle?/:postId?',
  '/me/apply/:id?/:step?',
].map((pattern) => ({ pattern, world: 'paper', load: () => import('../features/publish/OwnPlace.tsx') }));

/** Screens outside of the places. */
export const DOORS: readonly { readonly path: string; readonly load: ScreenFile }[] = [
  { path: '/sign-in', load: () => import('../features/auth/SignIn.tsx') },
  { path: '/sign-up', load: () => import('../features/auth/SignUp.tsx') },
  { path: '/safe', load: () => import('../features/trust/SafetyDoor.tsx') },
  { path: '/setup', load: () => import('../features/auth/Setup.tsx') },
];
