import { UnreadDot } from '../../ui/lists/Unread.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';

/** A dot where an account that one follows has published something new; nothing else. */
export default function FollowingNews() {
  const { following } = usePublicAccounts();
  return useObservable(following.hasNews) ? <UnreadDot /> : null;
}
