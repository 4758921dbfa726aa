import type { Pdu, UnsignedPdu } from '@byline/protocol/event.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { entryOf, isJsonObject } from '../json.ts';
import { thirdPartyInviteToken } from './auth-events.ts';
import { canonicalJson } from './canonical-json.ts';
import { membershipOf } from './room-state.ts';
import type { AuthState } from './room-state.ts';
import { verifySignature } from './signature.ts';
import { verifyKeyFrom } from './signing-key.ts';
import { allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The rules for an invitation that answers an `m.room.third_party_invite`. */
export const thirdPartyInviteVerdict = (event: Pdu | UnsignedPdu, state: AuthState): Verdict => {
  const target = event.state_key ?? '';
  if (membershipOf(target, state) === 'ban') return refused('This person is banned from the room.');
  const signed = entryOf(event.content['third_party_invite'], 'signed');
  const token = thirdPartyInviteToken(event);
  if (!isJsonObject(signed) || token === undefined) return refused('The invitation lacks its signed part.');
  if (signed['mxid'] !== target) return refused('The invitation is for somebody else.');
  const promise = state.get('m.room.third_party_invite', token);
  if (promise === undefined) return refused('The room does not know this invitation.');
  if (promise.sender !== event.sender) return refused('The invitation was made by somebody else.');
  return allowedIf(isSignedByOneOf(signed, publicKeysOf(promise)), 'The invitation is not signed by its issuer.');
};

/** Older invitations have one key, newer ones a list. */
const publicKeysOf = ({ content }: Pdu): readonly string[] => {
  const listed = Array.isArray(content['public_keys']) ? content['public_keys'] : [];
  const keys: readonly (Json | undefined)[] = [
    content['public_key'],
    ...listed.map((item: Json) => entryOf(item, 'public_key')),
  ];
  return keys.filter((key) => typeof key === 'string');
};

const isSignedByOneOf = (signed: JsonObject, publicKeys: readonly string[]): boolean => {
  const { signatures, unsigned: _unsigned, ...covered } = signed;
  const text = canonicalJson(covered);
  const ed25519 = Object.values(isJsonObject(signatures) ? signatures : {})
    .flatMap((ofServer) => Object.entries(isJsonObject(ofServer) ? ofServer : {}))
    .filter(([keyId]) => keyId.startsWith('ed25519:'))
    .map(([, signature]) => signature)
    .filter((signature) => typeof signature === 'string');
  const keys = publicKeys.map(verifyKeyFrom).filter((key) => key !== undefined);
  return ed25519.some((signature) => keys.some((key) => verifySignature(text, signature, key)));
};
