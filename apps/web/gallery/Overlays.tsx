import { Copy, Pencil, Reply, Trash2 } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { Button } from '../src/ui/controls/Button.tsx';
import { Dialog } from '../src/ui/overlays/Dialog.tsx';
import { Menu } from '../src/ui/overlays/Menu.tsx';
import { Popover } from '../src/ui/overlays/Popover.tsx';
import { Sheet } from '../src/ui/overlays/Sheet.tsx';
import { useToasts } from '../src/ui/overlays/Toast.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

const EmojiPicker = lazy(async () => ({ default: (await import('../src/ui/emoji/EmojiPicker.tsx')).EmojiPicker }));

const nothing = (): void => undefined;

export function Overlays() {
  const { open, menu, seal, fields, toast } = useSamples();
  const toasts = useToasts();
  const [picked, setPicked] = useState('');
  return (
    <>
      <div className={styles.row}>
        <DialogSample />
        <SheetSample />
        <Menu
          trigger={<Button>{open.menu}</Button>}
          align="start"
          groups={[
            [
              { key: 'reply', label: menu.reply, icon: <Reply />, onSelect: nothing },
              { key: 'copy', label: menu.copy, icon: <Copy />, onSelect: nothing },
              { key: 'edit', label: menu.edit, icon: <Pencil />, disabled: true, onSelect: nothing },
            ],
            [{ key: 'remove', label: menu.remove, icon: <Trash2 />, tone: 'danger', onSelect: nothing }],
          ]}
        />
        <Popover trigger={<Button>{open.popover}</Button>} title={fields.name}>
          {seal}
        </Popover>
        <Button onClick={() => toasts.show({ message: toast.sent, undo: nothing })}>{open.toast}</Button>
        <Button onClick={() => toasts.show({ message: toast.failed, tone: 'problem', tryAgain: nothing })}>
          {open.problem}
        </Button>
      </div>
      <Suspense fallback={null}>
        <EmojiPicker onPick={setPicked} />
      </Suspense>
      <output>{picked}</output>
    </>
  );
}

function DialogSample() {
  const { open, dialog } = useSamples();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button onClick={() => setShown(true)}>{open.dialog}</Button>
      <Dialog
        open={shown}
        onOpenChange={setShown}
        title={dialog.title}
        description={dialog.text}
        actions={
          <>
            <Button tone="quiet" onClick={() => setShown(false)}>
              {dialog.stay}
            </Button>
            <Button tone="danger" onClick={() => setShown(false)}>
              {dialog.leave}
            </Button>
          </>
        }
      />
    </>
  );
}

function SheetSample() {
  const { open, message, sections } = useSamples();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button onClick={() => setShown(true)}>{open.sheet}</Button>
      <Sheet open={shown} onOpenChange={setShown} title={sections.overlays}>
        {message}
      </Sheet>
    </>
  );
}
