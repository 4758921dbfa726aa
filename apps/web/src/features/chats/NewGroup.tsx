import { startGroup } from '@byline/client/conversations/start.ts';
import { sendableOf } from '@byline/client/composer/attachment.ts';
import type { Person } from '@byline/client/timeline/message.ts';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useAccount } from '../session/session.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { chatPath } from './chatPath.ts';
import { ChosenPeople } from './ChosenPeople.tsx';
import styles from './NewGroup.module.css';
import { PeopleSearch } from './PeopleSearch.tsx';
import { PersonChoice } from './PersonChoice.tsx';
import { PictureChoice } from './PictureChoice.tsx';

/** Makes a group, with a name, a picture, and people: `/chats/new-group`. */
export function NewGroup() {
  const { t } = useTranslation('chats');
  const { api, userId } = useAccount();
  const problemText = useProblemText();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [picture, setPicture] = useState<File>();
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (pending || name.trim() === '') return;
    setPending(true);
    setProblem(undefined);
    try {
      const file = picture && (await sendableOf(picture)).file;
      const uploaded = file && (await api.upload(uploadMedia, {}, file));
      const invited = people.map(({ id }) => id);
      const roomId = await startGroup(api, { name: name.trim(), picture: uploaded?.content_uri, people: invited });
      navigate(chatPath(roomId), { replace: true });
    } catch (error) {
      setProblem(error);
      setPending(false);
    }
  };
  const toggle = (person: Person): void =>
    setPeople((before) =>
      before.some(({ id }) => id === person.id) ? before.filter(({ id }) => id !== person.id) : [...before, person],
    );

  return (
    <Pane title={t('new.group')} backTo="/chats/new" deep body="fill">
      <form className={styles.form} noValidate onSubmit={(event) => void make(event)}>
        {problem !== undefined && <Banner tone="danger">{problemText(problem)}</Banner>}
        <div className={styles.head}>
          <PictureChoice name={name || t('new.group')} file={picture} onChange={setPicture} />
          <div className={styles.name}>
            <TextField
              label={t('group.name')}
              value={name}
              onChange={setName}
              maxLength={100}
              error={tried && name.trim() === '' ? t('group.nameMissing') : undefined}
            />
          </div>
        </div>
        <ChosenPeople people={people} onRemove={toggle} />
        <div className={styles.people}>
          <PeopleSearch without={new Set([userId])}>
            {(person) => (
              <PersonChoice person={person} chosen={people.some(({ id }) => id === person.id)} onToggle={toggle} />
            )}
          </PeopleSearch>
        </div>
        <div className={styles.action}>
          <Button type="submit" tone="strong" wide pending={pending}>
            {t('group.make')}
          </Button>
        </div>
      </form>
    </Pane>
  );
}
