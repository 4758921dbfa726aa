import type { Space, SpaceRoom } from '@byline/client/spaces/spaces.ts';
import { Boxes } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../../ui/controls/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { ListRow } from '../../../ui/lists/ListRow.tsx';
import { VirtualList } from '../../../ui/lists/VirtualList.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { chatPath, spacePath } from '../chatPath.ts';
import { Face } from '../Face.tsx';
import { useTalk } from '../useTalk.ts';
import styles from './Spaces.module.css';
import { useEntering } from './useEntering.ts';

/** What is in a space, and the way into each of its rooms: `/chats/spaces/:spaceId`. */
export function SpacePane({ spaceId }: { spaceId: string }) {
  const { t } = useTranslation('chats');
  const { spaces } = useTalk();
  const space = useObservable(spaces.list).find(({ key }) => key === spaceId);
  return (
    <Pane title={space?.name ?? t('spaces.one')} backTo="/chats" body="fill">
      {space?.isInvited ? <Invited space={space} /> : <Rooms key={spaceId} spaceId={spaceId} />}
    </Pane>
  );
}

/** One has been invited to the space, and sees what is in it when one has joined. */
function Invited({ space: { key, name } }: { space: Space }) {
  const { t } = useTranslation('chats');
  const { spaces } = useTalk();
  const { pending, run } = useEntering();
  return (
    <EmptyState
      icon={<Boxes />}
      title={t('spaces.invited', { name })}
      text={t('spaces.invitedText')}
      action={
        <Button tone="strong" pending={pending} onClick={() => void run(() => spaces.join(key))}>
          {t('spaces.join')}
        </Button>
      }
    />
  );
}

function Rooms({ spaceId }: { spaceId: string }) {
  const { t } = useTranslation('chats');
  const { spaces } = useTalk();
  const page = spaces.rooms(spaceId);
  const { state, value = [] } = useObservable(page);
  return (
    <VirtualList
      label={t('spaces.list')}
      items={value}
      keyOf={({ key }) => key}
      state={LIST_STATE[state]}
      onTryAgain={() => void page.reload()}
      empty={
        <EmptyState
          icon={<Boxes />}
          title={t('spaces.none.title')}
          text={t('spaces.none.text')}
          action={<LinkButton href="/chats">{t('notThere.home')}</LinkButton>}
        />
      }
    >
      {(room) => <RoomRow spaceId={spaceId} room={room} />}
    </VirtualList>
  );
}

const LIST_STATE = { loading: 'loading', ready: 'ready', failed: 'error' } as const;

function RoomRow({ spaceId, room }: { spaceId: string; room: SpaceRoom }) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { conversations } = useObservable(talk.conversations.list);
  const spaces = useObservable(talk.spaces.list);
  const { key, name, picture, topic, members, isSpace } = room;
  const isMine = isSpace
    ? spaces.some((space) => space.key === key && !space.isInvited)
    : conversations.some((chat) => chat.key === key && chat.invitedBy === undefined);
  const path = isSpace ? spacePath(key) : chatPath(key);
  return (
    <div className={styles.row}>
      <div className={styles.entry}>
        <ListRow
          href={isMine ? path : undefined}
          leading={<Face name={name} id={key} picture={picture} />}
          title={name}
          meta={isSpace ? t('spaces.one') : undefined}
          text={[t('members', { count: members }), topic].filter(Boolean).join(' · ')}
        />
      </div>
      {!isMine && <WayIn spaceId={spaceId} room={room} />}
    </div>
  );
}

function WayIn({ spaceId, room: { key, name, wayIn, hasAsked } }: { spaceId: string; room: SpaceRoom }) {
  const { t } = useTranslation('chats');
  const { spaces } = useTalk();
  const { pending, run } = useEntering();
  if (wayIn === 'invitation') return <span className={styles.state}>{t('spaces.byInvitation')}</span>;
  if (wayIn === 'knock' && hasAsked) return <span className={styles.state}>{t('spaces.asked')}</span>;
  const enter = (): Promise<void> => (wayIn === 'join' ? spaces.join(key) : spaces.knock(spaceId, key));
  return (
    <Button
      size="s"
      pending={pending}
      aria-label={wayIn === 'join' ? t('spaces.joinOne', { name }) : t('spaces.askOne', { name })}
      onClick={() => void run(enter)}
    >
      {wayIn === 'join' ? t('spaces.join') : t('spaces.ask')}
    </Button>
  );
}
