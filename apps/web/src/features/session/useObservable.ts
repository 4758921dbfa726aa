import type { Observable } from '@byline/client/observable.ts';
import { useSyncExternalStore } from 'react';

/** The value of an observable now; draws again when it changes. */
export const useObservable = <Value>(observable: Observable<Value>): Value =>
  useSyncExternalStore(observable.subscribe, observable.get);
