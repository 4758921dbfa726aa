import { Mic, Paperclip, Pin, Search, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '../src/ui/controls/Button.tsx';
import { Checkbox } from '../src/ui/controls/Checkbox.tsx';
import { FileField } from '../src/ui/controls/FileField.tsx';
import { IconButton } from '../src/ui/controls/IconButton.tsx';
import { RadioGroup } from '../src/ui/controls/RadioGroup.tsx';
import { Select } from '../src/ui/controls/Select.tsx';
import { Switch } from '../src/ui/controls/Switch.tsx';
import { TextArea } from '../src/ui/controls/TextArea.tsx';
import { TextField } from '../src/ui/controls/TextField.tsx';
import type { SealKind } from '../src/ui/identity/Seal.tsx';
import { Tabs } from '../src/ui/navigation/Tabs.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

export function Controls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Choices />
    </>
  );
}

function Buttons() {
  const { buttons, icons } = useSamples();
  const [pinned, setPinned] = useState(true);
  return (
    <>
      <div className={styles.row}>
        <Button tone="strong" icon={<Send />}>
          {buttons.strong}
        </Button>
        <Button>{buttons.soft}</Button>
        <Button tone="quiet">{buttons.quiet}</Button>
        <Button tone="danger">{buttons.danger}</Button>
        <Button tone="strong" pending>
          {buttons.pending}
        </Button>
        <Button size="s">{buttons.small}</Button>
        <LinkButton href="/gallery">{buttons.link}</LinkButton>
        <Button disabled>{buttons.disabled}</Button>
      </div>
      <div className={styles.row}>
        <IconButton label={icons.call} icon={<Paperclip />} />
        <IconButton label={icons.record} icon={<Mic />} tone="strong" />
        <IconButton label={icons.pin} icon={<Pin />} pressed={pinned} onClick={() => setPinned(!pinned)} />
        <IconButton label={icons.remove} icon={<Trash2 />} tone="danger" />
      </div>
    </>
  );
}

function Fields() {
  const { fields } = useSamples();
  const [name, setName] = useState<string>(fields.nameValue);
  const [handle, setHandle] = useState<string>(fields.handleValue);
  const [password, setPassword] = useState('correct horse');
  const [search, setSearch] = useState('');
  const [about, setAbout] = useState<string>(fields.aboutValue);
  const [file, setFile] = useState<File>();
  return (
    <div className={styles.column}>
      <TextField label={fields.name} hint={fields.nameHint} value={name} onChange={setName} />
      <TextField label={fields.handle} error={fields.handleError} value={handle} onChange={setHandle} />
      <TextField type="password" label={fields.password} autoComplete="off" value={password} onChange={setPassword} />
      <TextField
        type="search"
        label={fields.search}
        labelHidden
        placeholder={fields.search}
        icon={<Search />}
        value={search}
        onChange={setSearch}
      />
      <TextField label={fields.disabled} disabled value="example.org" onChange={() => undefined} />
      <TextArea label={fields.about} optional maxLength={240} value={about} onChange={setAbout} />
      <FileField
        label={fields.document}
        hint={fields.documentHint}
        accept="image/*"
        maxBytes={5_000_000}
        file={file}
        onChange={setFile}
      />
    </div>
  );
}

function Choices() {
  const { fields, kinds, kindHint, tabs, tabPanel } = useSamples();
  const [kind, setKind] = useState<SealKind>();
  const [chosen, setChosen] = useState<SealKind>('person');
  const [agreed, setAgreed] = useState(true);
  const [notAgreed, setNotAgreed] = useState(false);
  const [receipts, setReceipts] = useState(true);
  const [previews, setPreviews] = useState(false);
  const [tab, setTab] = useState('0');
  return (
    <div className={styles.column}>
      <Select
        label={fields.kind}
        placeholder={fields.choose}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'person', label: kinds.person },
          { value: 'company', label: kinds.company },
          { value: 'media', label: kinds.media },
        ]}
      />
      <RadioGroup<SealKind>
        label={fields.kind}
        value={chosen}
        onChange={setChosen}
        options={[
          { value: 'person', label: kinds.person, hint: kindHint },
          { value: 'company', label: kinds.company },
          { value: 'government', label: kinds.government, disabled: true },
        ]}
      />
      <div>
        <Checkbox label={fields.rules} hint={fields.rulesHint} checked={agreed} onChange={setAgreed} />
        <Checkbox label={fields.rules} error={fields.rulesError} checked={notAgreed} onChange={setNotAgreed} />
      </div>
      <div>
        <Switch label={fields.receipts} hint={fields.receiptsHint} checked={receipts} onChange={setReceipts} />
        <Switch label={fields.previews} checked={previews} onChange={setPreviews} />
      </div>
      <Tabs
        label={fields.name}
        value={tab}
        onChange={setTab}
        tabs={tabs.map((label, at) => ({ value: String(at), label, panel: tabPanel }))}
      />
    </div>
  );
}
