import type { Person } from '@byline/client/timeline/message.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './ChosenPeople.module.css';
import { Face } from './Face.tsx';

/** Who was chosen; press one to leave them out. */
export function ChosenPeople({ people, onRemove }: { people: readonly Person[]; onRemove: (person: Person) => void }) {
  const { t } = useTranslation('chats');
  if (people.length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={t('people.chosen')}>
      {people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            className={styles.person}
            aria-label={t('people.remove', { name: person.name })}
            onClick={() => onRemove(person)}
          >
            <Face name={person.name} id={person.id} picture={person.picture} size={24} />
            <span className={styles.name}>{person.name}</span>
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
