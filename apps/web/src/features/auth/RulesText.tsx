import type { Clause, RulesText as Text } from '@byline/protocol/byline/rules.ts';
import { useTranslation } from 'react-i18next';
import styles from './RulesText.module.css';

const BOUND = ['publishers', 'provider'] as const satisfies readonly Clause['binds'][];

/** The rules in one language: what binds whoever speaks to the public, then what binds the provider. */
export function RulesText({ text }: { text: Text }) {
  const { t } = useTranslation('auth');
  return (
    <div className={styles.text}>
      <p>{text.introduction}</p>
      {BOUND.map((bound) => (
        <section key={bound} className={styles.part}>
          <h3 className={styles.heading}>{t(`rules.binds.${bound}`)}</h3>
          {text.clauses
            .filter(({ binds }) => binds === bound)
            .map((clause) => (
              <div key={clause.id}>
                <h4 className={styles.clause}>{clause.title}</h4>
                <p>{clause.text}</p>
              </div>
            ))}
        </section>
      ))}
    </div>
  );
}
