import type { Person } from '@byline/client/timeline/message.ts';
import { Check } from 'lucide-react';
import { Face } from './Face.tsx';
import styles from './PersonChoice.module.css';

/** Somebody to be chosen or not. */
export function PersonChoice({
  person,
  chosen,
  onToggle,
}: {
  person: Person;
  chosen: boolean;
  onToggle: (person: Person) => void;
}) {
  return (
    <button type="button" className={styles.choice} aria-pressed={chosen} onClick={() => onToggle(person)}>
      <Face name={person.name} id={person.id} picture={person.picture} size={40} />
      <span className={styles.words}>
        <span className={styles.name}>{person.name}</span>
        <span className={styles.id}>{person.id}</span>
      </span>
      <span className={styles.mark} aria-hidden="true">
        {chosen && <Check />}
      </span>
    </button>
  );
}
