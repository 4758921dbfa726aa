import { Compass, Search, Stamp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { TextField } from '../../ui/controls/TextField.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';

/** The directory of public accounts: `/discover` and `/discover/:handle`. */
export default function DiscoverPlace() {
  const { t } = useTranslation('discover');
  const { handle } = useParams<'/discover/:handle?'>();
  const [search, setSearch] = useState('');
  return (
    <Panes
      list={
        <Pane
          title={t('title')}
          body="fill"
          top={
            <TextField
              type="search"
              label={t('search')}
              labelHidden
              placeholder={t('searchHint')}
              icon={<Search />}
              value={search}
              onChange={setSearch}
            />
          }
        >
          <EmptyState icon={<Compass />} title={t('empty.title')} text={t('empty.text')} />
        </Pane>
      }
      content={
        handle && (
          <Pane title={t('account')} backTo="/discover">
            <EmptyState icon={<Stamp />} title={t('choose.title')} text={t('choose.text')} />
          </Pane>
        )
      }
      placeholder={<EmptyState icon={<Stamp />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
