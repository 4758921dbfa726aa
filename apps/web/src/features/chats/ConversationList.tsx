import { wordsOf } from '@byline/client/conversations/summary.ts';
import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import { searchTerms, searchText } from '@byline/core/account/search-text.ts';
import { MessagesSquare, Search, SquarePen } from 'lucide-react';
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
import { useTalk } from './useTalk.ts';

/** So many are seen at a glance; more want a search. */
const SEARCH_FROM = 8;

/** All conversations, the latest first, with what one looks for among them. */
export function ConversationList({ current }: { current: string | undefined }) {
  const { t } = useTranslation('chats');
  const [, navigate] = useLocation();
  const { conversations } = useTalk();
  const list = useObservable(conversations.list);
  const [search, setSearch] = useState('');
  const found = search.trim() === '' ? list.conversations : list.conversations.filter(matching(search));
  const hasSearch = list.conversations.length >= SEARCH_FROM || search !== '';
  return (
    <Pane
      title={t('title')}
      body="fill"
      actions={<IconButton label={t('new.title')} icon={<SquarePen />} onClick={() => navigate('/chats/new')} />}
      top={
        <>
          <ConnectionNotice />
          {hasSearch && (
            <TextField
              type="search"
              label={t('list.search')}
              labelHidden
              placeholder={t('list.search')}
              icon={<Search />}
              value={search}
              onChange={setSearch}
            />
          )}
        </>
      }
    >
      <VirtualList
        label={t('title')}
        items={found}
        keyOf={({ key }) => key}
        state={list.state}
        empty={
          search === '' ? (
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
          ) : (
            <EmptyState icon={<Search />} title={t('list.none')} text={t('list.noneHint')} role="status" />
          )
        }
      >
        {(conversation) =>
          conversation.invitedBy === undefined ? (
            <ConversationRow conversation={conversation} current={conversation.key === current} />
          ) : (
            <InvitationRow conversation={conversation} />
          )
        }
      </VirtualList>
    </Pane>
  );
}

const matching = (search: string): ((conversation: ConversationSummary) => boolean) => {
  const terms = searchTerms(search);
  return (conversation) => {
    const words = searchText(wordsOf(conversation), conversation.partner ?? '');
    return terms.every((term) => words.includes(term));
  };
};
