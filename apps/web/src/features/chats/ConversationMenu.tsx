import { Bell, BellOff, EllipsisVertical, Info, LogOut, MessagesSquare, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import type { CameFrom } from '../../ui/layout/navigation.ts';
import { Menu } from '../../ui/overlays/Menu.tsx';
import { aboutPath, searchPath, threadsPath } from './chatPath.ts';
import { useConversation } from './conversation.tsx';
import { useConversationActions } from './useConversationActions.ts';

/** What may be done with a whole conversation. */
export function ConversationMenu() {
  const { t } = useTranslation('chats');
  const [location, navigate] = useLocation();
  const { summary } = useConversation();
  const { setMuted, leave } = useConversationActions(summary);
  const { isNotices } = summary;
  const isGroup = summary.kind === 'group' && !isNotices;
  const state: CameFrom = { from: location };
  return (
    <Menu
      trigger={<IconButton label={t('menu.label')} icon={<EllipsisVertical />} tooltip={false} />}
      groups={[
        [
          {
            key: 'about',
            label: isGroup ? t('menu.aboutGroup') : t('menu.about'),
            icon: <Info />,
            onSelect: () => navigate(aboutPath(summary.key)),
          },
          {
            key: 'search',
            label: t('menu.search'),
            icon: <Search />,
            onSelect: () => navigate(searchPath(summary.key)),
          },
          {
            key: 'threads',
            label: t('threads.title'),
            icon: <MessagesSquare />,
            onSelect: () => navigate(threadsPath(summary.key), { state }),
          },
          summary.muted
            ? { key: 'unmute', label: t('menu.unmute'), icon: <Bell />, onSelect: () => setMuted(false) }
            : { key: 'mute', label: t('menu.mute'), icon: <BellOff />, onSelect: () => setMuted(true) },
        ],
        isNotices
          ? []
          : [
              {
                key: 'leave',
                label: isGroup ? t('menu.leaveGroup') : t('menu.leave'),
                icon: <LogOut />,
                tone: 'danger',
                onSelect: leave,
              },
            ],
      ]}
    />
  );
}
