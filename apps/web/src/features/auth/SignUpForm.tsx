import { isApiError } from '@byline/client/api/errors.ts';
import { Resource } from '@byline/client/resource.ts';
import { RulesChanged } from '@byline/client/session/sign-up.ts';
import { strengthOf } from '@byline/client/session/password-strength.ts';
import { UsernameCheck } from '@byline/client/session/username-check.ts';
import { getRules } from '@byline/protocol/byline/rules.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useSession } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { deviceName } from './deviceName.ts';
import { Form } from './Form.tsx';
import { NewPassword } from './NewPassword.tsx';
import { RulesAgreement } from './RulesAgreement.tsx';
import { setupToken } from './setupToken.ts';
import { UsernameField } from './UsernameField.tsx';

/** Name, password, and the rules to agree to. */
export function SignUpForm() {
  const { t } = useTranslation('auth');
  const session = useSession();
  const problemText = useProblemText();
  const toasts = useToasts();
  const [rules] = useState(() => new Resource(() => session.api.call(getRules)));
  const [check] = useState(() => new UsernameCheck(session.api));
  const { value: current } = useObservable(rules);
  const usernameState = useObservable(check.state);
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const isWhole = ['free', 'unknown', 'checking'].includes(usernameState) && agreed && current !== undefined;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (pending || !isWhole || strengthOf(password, username) === 'too-short') return;
    setPending(true);
    setProblem(undefined);
    try {
      const isNameKept = await session.signUp({
        name: name.trim(),
        username,
        password,
        rulesVersion: current.version,
        deviceName: deviceName(navigator),
        setupToken: setupToken.read(),
      });
      if (!isNameKept) toasts.show({ message: t('name.notKept') });
    } catch (error) {
      setPending(false);
      if (isApiError(error, 'M_USER_IN_USE', 'M_INVALID_USERNAME')) check.refused();
      else setProblem(error);
      if (!(error instanceof RulesChanged)) return;
      setAgreed(false);
      void rules.reload();
    }
  };

  return (
    <Form onSubmit={send}>
      {problem !== undefined && (
        <Banner tone="danger">
          {problem instanceof RulesChanged
            ? t('rules.changed')
            : problemText(problem, { M_FORBIDDEN: t('signUp.closed'), M_UNAUTHORIZED: t('signUp.closed') })}
        </Banner>
      )}
      <TextField
        label={t('name.label')}
        hint={t('name.hint')}
        optional
        value={name}
        onChange={setName}
        autoComplete="name"
        maxLength={100}
      />
      <UsernameField
        value={username}
        state={usernameState}
        tried={tried}
        onChange={(value) => {
          setUsername(value);
          check.look(value);
        }}
      />
      <NewPassword value={password} username={username} tried={tried} onChange={setPassword} />
      <RulesAgreement rules={rules} agreed={agreed} tried={tried} onChange={setAgreed} />
      <Button type="submit" tone="strong" wide pending={pending}>
        {t('signUp.action')}
      </Button>
    </Form>
  );
}
