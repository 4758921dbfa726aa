import { askForIndex } from '@byline/core/identity/blind-index.ts';
import { openEvidence, openIdentity, sealEvidence, sealIdentity } from '@byline/core/identity/seal-identity.ts';
import { addOperator } from '@byline/protocol/byline/accounts.ts';
import {
  createApplication,
  saveApplication,
  submitApplication,
  uploadEvidence,
} from '@byline/protocol/byline/applications.ts';
import { evaluateBlindIndex, getBlindIndexKey } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId, EvidencePiece } from '@byline/protocol/byline/identity.ts';
import { LABELS } from '@byline/protocol/byline/labels.ts';
import { getReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { claimCase, confirmCase, decideCase, getCaseEvidence } from '@byline/protocol/byline/review.ts';
import { STAFF } from '../content/people.ts';
import type { AccountStory, Ruling } from '../content/words.ts';
import type { Resident } from '../http/resident.ts';
import { PICTURE_TYPE } from '../pictures/pictures.ts';
import { upload } from './message.ts';
import type { Office } from './office.ts';
import type { Town } from './town.ts';

const MINUTE = 60_000;
const PIECE = 'document-front';

/** An account is applied for, its identity sealed where it is typed, and reviewed by who has the key. */
export const planApplication = (town: Town, office: Office, story: AccountStory): void => {
  const application = new Application(town, office, story);
  town.at(story.applies, () => application.apply());
  for (const ruling of story.decisions) {
    town.at(ruling.when, () => application.decide(ruling));
    if ('sentAgain' in ruling) town.at(ruling.sentAgain, () => application.sendAgain());
    else town.at(town.time(ruling.when) + MINUTE, () => nameOperators(town, story));
  }
};

class Application {
  readonly #town: Town;
  readonly #office: Office;
  readonly #story: AccountStory;
  #id: ApplicationId | undefined;

  constructor(town: Town, office: Office, story: AccountStory) {
    this.#town = town;
    this.#office = office;
    this.#story = story;
  }

  async apply(): Promise<void> {
    const { owner, kind, name, handle, category, description, picture } = this.#story;
    const applicant = this.#town.resident(owner);
    const shown = await upload(applicant, this.#town.pictures.get(picture).bytes, PICTURE_TYPE, `${handle}.jpg`);
    const { id } = await applicant.call(createApplication, {
      body: {
        purpose: 'public-account',
        public: { kind, name, handle, category, description, picture: shown },
      },
    });
    this.#id = id;
    await this.#seal();
    await applicant.call(submitApplication, { params: { id } });
  }

  async sendAgain(): Promise<void> {
    await this.#seal();
    await this.#applicant.call(submitApplication, { params: { id: this.#requireId() } });
  }

  async decide(ruling: Ruling): Promise<void> {
    const id = this.#requireId();
    await this.#read(this.#reviewer);
    const { stage } = await this.#reviewer.call(decideCase, {
      params: { id },
      body:
        'approves' in ruling
          ? { decision: 'approve', reason: ruling.approves, label: ruling.label }
          : { decision: 'ask-for-changes', reason: ruling.asksForChanges },
    });
    if (stage === 'second') await this.#confirm();
  }

  async #seal(): Promise<void> {
    const { kind, identity, paper } = this.#story;
    const id = this.#requireId();
    const { public_key: publicKey, kid } = await this.#applicant.call(getReviewersKey);
    const sealed = await sealIdentity(publicKey, id, { subject_kind: kind, ...identity });
    const blind_index = await this.#blindIndex();
    await this.#applicant.call(saveApplication, { params: { id }, body: { identity: { ...sealed, blind_index } } });
    for (const piece of this.#pieces()) {
      const picture = await sealEvidence(publicKey, id, piece, this.#town.pictures.get(paper).bytes);
      const query = { piece, kid };
      await this.#applicant.upload(uploadEvidence, { params: { id }, query }, picture, 'application/octet-stream');
    }
  }

  /** The document, and what proves the label that will be asked for. Here one paper proves both. */
  #pieces(): EvidencePiece[] {
    const labels = this.#story.decisions.flatMap((ruling) => ('approves' in ruling ? [ruling.label] : []));
    return [PIECE, ...labels.map((label) => LABELS[label].evidence)];
  }

  async #blindIndex() {
    const { blinded, finish } = askForIndex(this.#story.identity);
    const { public_key: key } = await this.#applicant.call(getBlindIndexKey);
    return finish(await this.#applicant.call(evaluateBlindIndex, { body: { blinded } }), key);
  }

  /** What a town relies on, a second reviewer looks at too. */
  async #confirm(): Promise<void> {
    const second = this.#town.resident(STAFF.second);
    await this.#read(second);
    await second.call(confirmCase, { params: { id: this.#requireId() }, body: { verdict: 'confirm' } });
  }

  /** Nobody decides on what they have not read. */
  async #read(reviewer: Resident): Promise<void> {
    const id = this.#requireId();
    const { identity, evidence } = await reviewer.call(claimCase, { params: { id } });
    if (identity === null) throw new Error('The reviewer was given no identity.');
    const { legal_name: legalName } = await openIdentity(this.#office.key, id, identity);
    if (legalName !== this.#story.identity.legal_name) throw new Error('The reviewer read another name.');
    for (const { id: evidenceId, piece } of evidence) {
      const sealed = await reviewer.download(getCaseEvidence, { params: { id, evidenceId } });
      await openEvidence(this.#office.key, id, piece, sealed);
    }
  }

  get #applicant() {
    return this.#town.resident(this.#story.owner);
  }

  get #reviewer() {
    return this.#town.resident(STAFF.reviewer);
  }

  #requireId(): ApplicationId {
    if (this.#id === undefined) throw new Error(`Nobody has applied for "${this.#story.handle}" yet.`);
    return this.#id;
  }
}

const nameOperators = async (town: Town, { owner, handle, operators }: AccountStory): Promise<void> => {
  for (const operator of operators) {
    const { userId } = town.resident(operator);
    await town.resident(owner).call(addOperator, { params: { handle, userId } });
  }
};
