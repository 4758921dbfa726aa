import { Avatar } from '../src/ui/identity/Avatar.tsx';
import { LockMark } from '../src/ui/identity/LockMark.tsx';
import { Seal } from '../src/ui/identity/Seal.tsx';
import type { SealKind } from '../src/ui/identity/Seal.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

const KINDS: readonly SealKind[] = ['person', 'company', 'media', 'government', 'organisation'];

export function Identity() {
  const texts = useSamples();
  const explanation = (
    <div>
      <p>{texts.seal}</p>
      <p>
        <a href="#identity">{texts.sealHistory}</a>
      </p>
    </div>
  );
  return (
    <>
      <div className={styles.row}>
        {KINDS.map((kind) => (
          <Seal key={kind} kind={kind} size="l" explanation={explanation} />
        ))}
      </div>
      <div className={styles.column}>
        {texts.accounts.map(({ name, kind }) => (
          <div key={name} className={styles.named}>
            <Avatar name={name} size={32} shape="square" />
            {name}
            <Seal kind={kind} size="s" />
            <Seal kind={kind} />
          </div>
        ))}
      </div>
      <div className={styles.row}>
        {texts.people.map((name) => (
          <Avatar key={name} name={name} size={40} />
        ))}
      </div>
      <div className={styles.row}>
        {([24, 32, 40, 48, 64, 96] as const).map((size) => (
          <Avatar key={size} name={texts.people[0] ?? ''} size={size} />
        ))}
      </div>
      <div className={styles.named}>
        {texts.people[1]} <LockMark />
      </div>
    </>
  );
}
