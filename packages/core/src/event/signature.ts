import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import type { EventId, ServerName } from '@byline/protocol/ids.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Numbers } from './canonical-json.ts';
import { eventIdOfSigned, sha256Base64, signedJson } from './hash.ts';
import { redactedContent } from './redaction.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { unpaddedBase64 } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';

export interface SignedEvent {
  readonly pdu: Pdu;
  readonly eventId: EventId;
  /** The whole PDU as canonical JSON, ready to store and to measure against the size limit; without `unsigned`. */
  readonly json: string;
}

/**
 * Gives an event its content hash, the server's signature and its id
 * (server-server API: "Adding hashes and signatures to outgoing events").
 *
 * @throws DomainError `M_BAD_JSON` if the event has no canonical form.
 */
export const signEvent = (event: UnsignedPdu, version: RoomVersion, key: SigningKey): SignedEvent => {
  // Each member is serialised once; the hashed, the signed and the stored text are put together from the same pieces.
  const members = membersOf(event, ROOM_VERSION_RULES[version].numbers);
  const sha256 = sha256Base64(objectOf(members));
  const hashes: Member = ['hashes', `{"sha256":"${sha256}"}`];

  const signed = objectOf(inserted(redactedMembers(members, event, version), hashes));
  const signature = unpaddedBase64(sign(null, Buffer.from(signed), key.privateKey));
  const signatures = { [key.serverName]: { [key.keyId]: signature } };

  return {
    pdu: { ...event, hashes: { sha256 }, signatures },
    eventId: eventIdOfSigned(signed, version),
    json: objectOf(inserted(inserted(members, hashes), ['signatures', canonicalJson(signatures)])),
  };
};

/** Whether the server has signed the event with this key (appendices: "Checking for a Signature"). */
export const verifyEvent = (
  pdu: Pdu,
  version: RoomVersion,
  serverName: ServerName,
  keyId: string,
  verifyKey: KeyObject,
): boolean => {
  const signature = pdu.signatures[serverName]?.[keyId];
  return signature !== undefined && verifySignature(signedJson(pdu, version), signature, verifyKey);
};

/** Whether an Ed25519 signature in base64 is of this text. */
export const verifySignature = (text: string, signature: string, verifyKey: KeyObject): boolean =>
  verify(null, Buffer.from(text), verifyKey, Buffer.from(signature, 'base64'));

/** A member of a JSON object whose value is canonical JSON already. Names of event members need no quoting. */
type Member = readonly [name: string, json: string];

/** What the content hash covers, sorted. */
const membersOf = (event: UnsignedPdu, numbers: Numbers): readonly Member[] =>
  Object.entries(event)
    .filter(([name, value]) => value !== undefined && !UNHASHED.has(name))
    .map(([name, value]): Member => [name, canonicalJson(value, numbers)])
    .toSorted(byName);

const UNHASHED: ReadonlySet<string> = new Set(['hashes', 'signatures', 'unsigned']);

const redactedMembers = (members: readonly Member[], event: UnsignedPdu, version: RoomVersion): readonly Member[] => {
  const { keptKeys, numbers } = ROOM_VERSION_RULES[version];
  const content = redactedContent(event.type, event.content, version);
  return members
    .filter(([name]) => keptKeys.has(name))
    .map((member): Member => {
      if (member[0] !== 'content' || content === event.content) return member;
      return ['content', canonicalJson(content, numbers)];
    });
};

const inserted = (members: readonly Member[], added: Member): readonly Member[] => {
  const place = members.findIndex(([name]) => name > added[0]);
  return place === -1 ? [...members, added] : members.toSpliced(place, 0, added);
};

const objectOf = (members: readonly Member[]): string =>
  `{${members.map(([name, json]) => `"${name}":${json}`).join(',')}}`;

const byName = ([left]: Member, [right]: Member): number => (left < right ? -1 : 1);
