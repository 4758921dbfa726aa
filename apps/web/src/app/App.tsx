import type { Session } from '@byline/client/session/session.ts';
import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { SessionGate } from '../features/session/SessionGate.tsx';
import { SessionContext } from '../features/session/session.tsx';
import { ToastProvider } from '../ui/overlays/Toast.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { DOORS } from './places.ts';
import { Screen } from './Screen.tsx';
import { Shell } from './shell/Shell.tsx';

/** Everything, around the address that is open. */
export function App({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <ToastProvider>
        <ErrorBoundary>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/">
                <Redirect to="/chats" replace />
              </Route>
              {DOORS.map(({ path, load }) => (
                <Route key={path} path={path}>
                  <Screen load={load} />
                </Route>
              ))}
              <Route>
                <SessionGate>
                  <Shell />
                </SessionGate>
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </ToastProvider>
    </SessionContext>
  );
}
