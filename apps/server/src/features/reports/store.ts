import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { Engine } from '../../platform/engine/engine.ts';

/** What was reported. */
export type Reported =
  | { readonly kind: 'room'; readonly roomId: RoomId }
  | { readonly kind: 'event'; readonly roomId: RoomId; readonly eventId: EventId; readonly userId: UserId }
  | { readonly kind: 'user'; readonly userId: UserId };

export interface Report {
  readonly id: string;
  readonly reporter: UserId;
  readonly reported: Reported;
  readonly reason: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

type Tables = {
  reports: {
    id: string;
    reporter: UserId;
    kind: Reported['kind'];
    room_id: RoomId | null;
    event_id: EventId | null;
    user_id: UserId | null;
    reason: string;
    reported_at: number;
  };
};

/** Keeps reports until the provider has dealt with them. */
export class ReportStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async insert({ id, reporter, reported, reason, at }: Report): Promise<void> {
    await this.#engine.transaction((writer) =>
      writer
        .withTables<Tables>()
        .insertInto('reports')
        .values({
          id,
          reporter,
          kind: reported.kind,
          room_id: 'roomId' in reported ? reported.roomId : null,
          event_id: 'eventId' in reported ? reported.eventId : null,
          user_id: 'userId' in reported ? reported.userId : null,
          reason,
          reported_at: at,
        })
        .execute(),
    );
  }
}
