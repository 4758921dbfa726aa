import type { Content, ConversationStory, Line } from '../content/words.ts';
import { Conversation } from './conversation.ts';
import type { Town } from './town.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Between two lines: somebody reads and types. */
const SHORTEST_PAUSE = 12 * SECOND;
const TYPING = 140;

/** Plans a conversation: its room, every line at its time, what happens to each line, and who reads it. */
export const planConversation = (town: Town, story: ConversationStory): void => {
  const conversation = new Conversation(town, story);
  const [first] = story.talks;
  if (first === undefined) throw new Error('In a conversation something is said.');
  town.at(town.time(first.when) - 10 * MINUTE, () => conversation.open());

  const ofAll = story.talks.reduce((sum, { lines }) => sum + lines.length, 0);
  let said = 0;
  for (const { when, lines } of story.talks) {
    let time = town.time(when);
    for (const line of lines) {
      time += pauseBefore(line);
      planLine(town, conversation, line, said, time);
      said += 1;
    }
    const read = said;
    town.at(Math.min(time + 2 * MINUTE, town.now - 1), () => conversation.read(read, ofAll));
  }
};

const planLine = (town: Town, conversation: Conversation, line: Line, index: number, time: number): void => {
  const [speaker, content, options = {}] = line;
  const { becomes, takenBack, reactions = {} } = options;
  town.at(time, () => conversation.say(speaker, content, options));
  if (becomes !== undefined) town.at(time + 40 * SECOND, () => conversation.change(index, becomes));
  if (takenBack === true) town.at(time + 50 * SECOND, () => conversation.takeBack(index));
  let later = time;
  for (const [emoji, people] of Object.entries(reactions)) {
    for (const person of people) {
      later += 9 * SECOND;
      town.at(later, () => conversation.react(person, index, emoji));
    }
  }
};

/** Milliseconds. */
export const pauseBefore = ([, content, { wait = 0 } = {}]: Line): number =>
  wait * MINUTE + SHORTEST_PAUSE + lengthOf(content) * TYPING;

const lengthOf = (content: Content): number => {
  if (typeof content === 'string') return content.length;
  return 60;
};
