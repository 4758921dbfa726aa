import { wordsOf } from '@byline/client/conversations/summary.ts';
import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { FoundMessage } from '@byline/client/search/found.ts';
import type { FoundMessages, MessageSearch } from '@byline/client/search/message-search.ts';
import type { Space } from '@byline/client/spaces/spaces.ts';
import { searchTerms, searchText } from '@byline/core/account/search-text.ts';
import { Boxes, MessagesSquare, Search, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { useObservable } from '../session/useObservable.ts';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { InvitationRow } from './InvitationRow.tsx';
import { FoundMessageRow } from './search/FoundMessageRow.tsx';
import styles from './search/Search.module.css';
import { SearchEnd } from './search/SearchEnd.tsx';
import { SpaceFilter } from './spaces/SpaceFilter.tsx';
import { useTalk } from './useTalk.ts';
import { useWording } from './wording.ts';

/** A line of the list while one looks for something. */
type Line =
  | { readonly kind: 'chat'; readonly key: string; readonly conversation: ConversationSummary }
  | { readonly kind: 'heading'; readonly key: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: FoundMessage };

/** All conversations, the latest first; or what one looks for among them, and in what was said. */
export function ConversationList({ current }: { current: string | undefined }) {
  const { t } = useTranslation('chats');
  const [, navigate] = useLocation();
  const talk = useTalk();
  const list = useObservable(talk.conversations.list);
  const [search] = useState(() => talk.search());
  const found = useObservable(search.found);
  const [typed, setTyped] = useState('');
  const isSearching = typed.trim() !== '';
  const spaces = useObservable(talk.spaces.list);
  const [spaceId, setSpaceId] = useState<string>();
  const space = isSearching ? undefined : spaces.find(({ key }) => key === spaceId);
  const shown = list.conversations.filter(isSearching ? matching(typed) : under(space));
  const lines = linesOf(shown, found.messages);
  return (
    <Pane
      title={t('title')}
      body="fill"
      actions={<IconButton label={t('new.title')} icon={<SquarePen />} onClick={() => navigate('/chats/new')} />}
      top={
        <>
          <ConnectionNotice />
          {(list.conversations.length > 0 || isSearching) && (
            <TextField
              type="search"
              label={t('list.search')}
              labelHidden
              placeholder={t('list.search')}
              icon={<Search />}
              value={typed}
              onChange={(words) => {
                setTyped(words);
                search.look(words);
              }}
            />
          )}
          {!isSearching && <SpaceFilter spaces={spaces} chosen={space} onChoose={setSpaceId} />}
        </>
      }
    >
      <VirtualList
        label={t('title')}
        items={lines}
        keyOf={({ key }) => key}
        state={isSearching && found.state === 'looking' ? 'loading' : list.state}
        end={isSearching ? <SearchEnd search={search} found={found} done={t('search.atHand')} /> : undefined}
        empty={
          isSearching ? <NothingFound search={search} found={found} /> : <NoChats isOfSpace={space !== undefined} />
        }
      >
        {(line) => <ListLine line={line} current={current} words={found.words} chats={list.conversations} />}
      </VirtualList>
    </Pane>
  );
}

function linesOf(conversations: readonly ConversationSummary[], messages: readonly FoundMessage[]): readonly Line[] {
  const chats = conversations.map((conversation): Line => ({ kind: 'chat', key: conversation.key, conversation }));
  if (messages.length === 0) return chats;
  const said = messages.map((message): Line => ({ kind: 'message', key: message.key, message }));
  return [...chats, { kind: 'heading', key: 'messages' }, ...said];
}

function ListLine({
  line,
  current,
  words,
  chats,
}: {
  line: Line;
  current: string | undefined;
  words: string;
  chats: readonly ConversationSummary[];
}) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  if (line.kind === 'heading') return <h2 className={styles.heading}>{t('search.messages')}</h2>;
  if (line.kind === 'message') {
    const chat = chats.find(({ key }) => key === line.message.roomId);
    // A direct talk has its partner's name, which need not be said twice.
    const named = chat?.partner === line.message.sender.id ? undefined : chat;
    return <FoundMessageRow message={line.message} words={words} chat={named && wording.name(named.name)} />;
  }
  const { conversation } = line;
  if (conversation.invitedBy !== undefined) return <InvitationRow conversation={conversation} />;
  return <ConversationRow conversation={conversation} current={conversation.key === current} />;
}

/** Those under a space; all where none was chosen. */
function under(space: Space | undefined): (conversation: ConversationSummary) => boolean {
  const rooms = space && new Set(space.rooms);
  return ({ key }) => rooms === undefined || rooms.has(key);
}

function NoChats({ isOfSpace }: { isOfSpace: boolean }) {
  const { t } = useTranslation('chats');
  if (isOfSpace)
    return <EmptyState icon={<Boxes />} title={t('spaces.noChats.title')} text={t('spaces.noChats.text')} />;
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <LinkButton href="/chats/new" tone="strong" icon={<SquarePen aria-hidden="true" />}>
          {t('empty.action')}
        </LinkButton>
      }
    />
  );
}

function NothingFound({ search, found }: { search: MessageSearch; found: FoundMessages }) {
  const { t } = useTranslation('chats');
  return (
    <>
      {found.state !== 'error' && (
        <EmptyState icon={<Search />} title={t('list.none')} text={t('list.noneHint')} role="status" />
      )}
      <SearchEnd search={search} found={found} done={t('search.atHand')} />
    </>
  );
}

const matching = (search: string): ((conversation: ConversationSummary) => boolean) => {
  const terms = searchTerms(search);
  return (conversation) => {
    const words = searchText(wordsOf(conversation), conversation.partner ?? '');
    return terms.every((term) => words.includes(term));
  };
};
