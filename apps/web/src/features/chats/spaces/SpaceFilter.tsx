import type { Space } from '@byline/client/spaces/spaces.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Face } from '../Face.tsx';
import { spacePath } from '../chatPath.ts';
import styles from './Spaces.module.css';

/** Above the list of chats, for who is in a space: which of them to show; and the way to what else is in it. */
export function SpaceFilter({
  spaces,
  chosen,
  onChoose,
}: {
  spaces: readonly Space[];
  /** `undefined` for all chats. */
  chosen: Space | undefined;
  onChoose: (spaceId: string | undefined) => void;
}) {
  const { t } = useTranslation('chats');
  if (spaces.length === 0) return null;
  return (
    <div className={styles.filter}>
      <div className={styles.chips} role="group" aria-label={t('spaces.filter')}>
        <button
          type="button"
          className={styles.chip}
          aria-pressed={chosen === undefined}
          onClick={() => onChoose(undefined)}
        >
          {t('spaces.all')}
        </button>
        {spaces.map(({ key, name, picture }) => (
          <button
            key={key}
            type="button"
            className={styles.chip}
            aria-pressed={chosen?.key === key}
            onClick={() => onChoose(key)}
          >
            <Face name={name} id={key} picture={picture} size={24} />
            <span className={styles.name}>{name}</span>
          </button>
        ))}
      </div>
      {chosen && (
        <Link href={spacePath(chosen.key)} className={styles.more}>
          {chosen.isInvited ? t('spaces.invited', { name: chosen.name }) : t('spaces.rooms', { name: chosen.name })}
        </Link>
      )}
    </div>
  );
}
