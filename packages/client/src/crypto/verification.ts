import {
  VerificationPhase,
  type VerificationRequest,
  VerificationRequestEvent,
  type Verifier,
  VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Observable, Source } from '../observable.ts';
import { hasCamera } from './camera.ts';

/** One of the seven pictures that both sides see. `name`: its English name in the specification. */
export interface ComparedEmoji {
  readonly emoji: string;
  readonly name: string;
}

/** Why it ended without a result. */
export type WhyEnded = 'different' | 'declined' | 'too-late' | 'elsewhere' | 'failed';

/** What there is to do now. */
export type VerificationState =
  /** The other side has been asked, and has not answered yet. */
  | { readonly step: 'asked' }
  /** The other side asks. */
  | { readonly step: 'invited' }
  /** Both are there. `code`: what the other side can scan, when it can. `mayScan`: it shows one, and here is a camera. */
  | { readonly step: 'ready'; readonly code: Uint8Array | undefined; readonly mayScan: boolean }
  /** Emoji are being worked out. */
  | { readonly step: 'starting' }
  | { readonly step: 'compare'; readonly emoji: readonly ComparedEmoji[] }
  /** The other side's code was scanned here, and was right. */
  | { readonly step: 'read' }
  /** The other side says that it has scanned the code. */
  | { readonly step: 'scanned' }
  /** This side has confirmed, the other has not yet. */
  | { readonly step: 'waiting' }
  | { readonly step: 'done' }
  | { readonly step: 'ended'; readonly why: WhyEnded };

const SAS = 'm.sas.v1';
const SCAN = 'm.qr_code.scan.v1';
const SHOW = 'm.qr_code.show.v1';

const WHY: Readonly<Record<string, WhyEnded>> = {
  'm.mismatched_sas': 'different',
  'm.key_mismatch': 'different',
  'm.user': 'declined',
  'm.timeout': 'too-late',
  'm.accepted': 'elsewhere',
};

/** Comparing with one other device, of one's own or of somebody else, from the first question to the end. */
export class Verification {
  /** Whose device it is. */
  readonly userId: string;
  /** Of one's own devices, once it is known which. */
  readonly isOwn: boolean;
  readonly #request: VerificationRequest;
  readonly #state: Source<VerificationState>;
  #verifier: Verifier | undefined;
  #code: Uint8Array | undefined;
  #mayScan = false;
  #hasRead = false;
  #isPrepared = false;
  #isConfirmed = false;

  constructor(request: VerificationRequest) {
    this.#request = request;
    this.userId = request.otherUserId;
    this.isOwn = request.isSelfVerification;
    this.#state = new Source<VerificationState>(this.#now());
    request.on(VerificationRequestEvent.Change, this.#onChange);
    this.#onChange();
  }

  get state(): Observable<VerificationState> {
    return this.#state;
  }

  get deviceId(): string | undefined {
    return this.#request.otherDeviceId;
  }

  /** The same for the same request. */
  get id(): string {
    return this.#request.transactionId ?? '';
  }

  /** Agrees to compare. */
  async accept(): Promise<void> {
    await this.#request.accept();
  }

  /** Begins with emoji. */
  async compareEmoji(): Promise<void> {
    await this.#request.startVerification(SAS);
  }

  /** Reads the code that the other side shows. Throws when it is another one; then nothing has changed. */
  async scan(code: Uint8Array): Promise<void> {
    const verifier = await this.#request.scanQRCode(Uint8ClampedArray.from(code));
    this.#hasRead = true;
    // Until the other side has said yes, the library doesn't count it as begun.
    this.#use(verifier);
    this.#onChange();
  }

  /** They are the same on both sides, or the other side did scan the code. */
  async confirm(): Promise<void> {
    const sas = this.#verifier?.getShowSasCallbacks();
    const scanned = this.#verifier?.getReciprocateQrCodeCallbacks();
    this.#isConfirmed = true;
    this.#onChange();
    if (sas) await sas.confirm();
    else scanned?.confirm();
  }

  /** They are not the same. */
  refuse(): void {
    const sas = this.#verifier?.getShowSasCallbacks();
    if (sas) sas.mismatch();
    else void this.cancel();
  }

  /** Leaves it. What is over already stays as it is. */
  async cancel(): Promise<void> {
    if (this.#request.pending) await this.#request.cancel();
  }

  readonly #onChange = (): void => {
    this.#follow();
    this.#state.set(this.#now());
  };

  /** Takes each next step that needs nobody's decision. */
  #follow(): void {
    const { phase, verifier } = this.#request;
    if (phase === VerificationPhase.Ready && !this.#isPrepared) {
      this.#isPrepared = true;
      void this.#prepare();
    }
    if (verifier !== undefined && verifier !== this.#verifier) this.#use(verifier);
  }

  #use(verifier: Verifier): void {
    this.#verifier = verifier;
    verifier.on(VerifierEvent.ShowSas, this.#onChange);
    verifier.on(VerifierEvent.ShowReciprocateQr, this.#onChange);
    // What becomes of it is told by the request.
    verifier.verify().catch(() => undefined);
  }

  /** Where the other side can't scan there is but one way, so that nobody is asked; one of the two begins. */
  async #prepare(): Promise<void> {
    this.#mayScan = this.#request.otherPartySupportsMethod(SHOW) && (await hasCamera());
    // Without it emoji are left.
    if (this.#request.otherPartySupportsMethod(SCAN)) this.#code = await this.#codeOf();
    this.#onChange();
    if (this.#code !== undefined || this.#mayScan) return;
    if (this.#request.initiatedByMe) await this.compareEmoji().catch(() => this.cancel());
  }

  async #codeOf(): Promise<Uint8Array | undefined> {
    try {
      const code = await this.#request.generateQRCode();
      return code && Uint8Array.from(code);
    } catch {
      return undefined;
    }
  }

  #now(): VerificationState {
    const { phase, initiatedByMe } = this.#request;
    if (phase === VerificationPhase.Done) return { step: 'done' };
    if (phase === VerificationPhase.Cancelled)
      return { step: 'ended', why: WHY[this.#request.cancellationCode ?? ''] ?? 'failed' };
    if (this.#isConfirmed) return { step: 'waiting' };
    if (this.#hasRead) return { step: 'read' };
    if (phase === VerificationPhase.Started) return this.#comparing();
    if (phase === VerificationPhase.Ready)
      return this.#code !== undefined || this.#mayScan
        ? { step: 'ready', code: this.#code, mayScan: this.#mayScan }
        : { step: 'starting' };
    return initiatedByMe || this.#request.accepting ? { step: 'asked' } : { step: 'invited' };
  }

  #comparing(): VerificationState {
    if (this.#verifier?.getReciprocateQrCodeCallbacks()) return { step: 'scanned' };
    const emoji = this.#verifier?.getShowSasCallbacks()?.sas.emoji;
    if (emoji === undefined) return { step: 'starting' };
    return { step: 'compare', emoji: emoji.map(([picture, name]) => ({ emoji: picture, name })) };
  }
}
