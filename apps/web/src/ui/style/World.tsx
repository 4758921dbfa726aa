import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

/** Private talk is ink, public accounts are paper. */
export type WorldName = 'ink' | 'paper';

const WorldContext = createContext<WorldName>('ink');

/** The world around a component. What is drawn outside of its parent (dialogs, menus) asks for it, to wear the same colours. */
export const useWorld = (): WorldName => useContext(WorldContext);

/** Puts everything inside into one of the two worlds. */
export function World({
  name,
  className,
  children,
}: {
  name: WorldName;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <WorldContext value={name}>
      <div data-world={name} className={className}>
        {children}
      </div>
    </WorldContext>
  );
}
