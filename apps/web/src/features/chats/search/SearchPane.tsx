import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import { MessageCircleOff, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/controls/TextField.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { VirtualList } from '../../../ui/lists/VirtualList.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { chatPath } from '../chatPath.ts';
import { useTalk } from '../useTalk.ts';
import { FoundMessageRow } from './FoundMessageRow.tsx';
import { SearchEnd } from './SearchEnd.tsx';

/** What was said in a conversation, by its words: `/chats/:roomId/search`. */
export function SearchPane({ roomId }: { roomId: string }) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { conversations } = useObservable(talk.conversations.list);
  const summary = conversations.find(({ key }) => key === roomId);
  const conversation = summary && talk.conversation(roomId);
  if (summary !== undefined && conversation !== undefined) {
    return <Searching key={roomId} summary={summary} conversation={conversation} />;
  }
  return (
    <Pane title={t('search.title')} backTo={chatPath(roomId)} deep>
      <EmptyState icon={<MessageCircleOff />} title={t('notThere.title')} text={t('notThere.text')} />
    </Pane>
  );
}

function Searching({ summary, conversation }: { summary: ConversationSummary; conversation: Conversation }) {
  const { t } = useTranslation('chats');
  const [search] = useState(() => conversation.search());
  const [typed, setTyped] = useState('');
  const found = useObservable(search.found);
  useEffect(() => search.stop, [search]);
  const end = <SearchEnd search={search} found={found} done={t('search.done')} />;
  return (
    <Pane
      title={t('search.title')}
      backTo={chatPath(summary.key)}
      deep
      body="fill"
      top={
        <TextField
          type="search"
          label={t('search.field')}
          labelHidden
          placeholder={t('search.field')}
          icon={<Search />}
          value={typed}
          autoComplete="off"
          onChange={(words) => {
            setTyped(words);
            search.look(words);
          }}
        />
      }
    >
      {found.state === 'none' ? (
        <EmptyState icon={<Search />} title={t('search.begin.title')} text={t('search.begin.text')} />
      ) : (
        <VirtualList
          label={t('search.messages')}
          items={found.messages}
          keyOf={({ key }) => key}
          state="ready"
          empty={found.state === 'done' ? <NotFound /> : end}
          end={end}
        >
          {(message) => <FoundMessageRow message={message} words={found.words} />}
        </VirtualList>
      )}
    </Pane>
  );
}

function NotFound() {
  const { t } = useTranslation('chats');
  return <EmptyState icon={<Search />} title={t('search.none.title')} text={t('search.none.text')} role="status" />;
}
