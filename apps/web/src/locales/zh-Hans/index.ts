import account from './account.json';
import app from './app.json';
import apply from './apply.json';
import auth from './auth.json';
import chats from './chats.json';
import desk from './desk.json';
import discover from './discover.json';
import following from './following.json';
import me from './me.json';
import problems from './problems.json';
import provider from './provider.json';
import publish from './publish.json';
import standing from './standing.json';
import trust from './trust.json';
import ui from './ui.json';
import voice from './voice.json';

export default {
  account,
  app,
  apply,
  auth,
  chats,
  desk,
  discover,
  following,
  me,
  problems,
  provider,
  publish,
  standing,
  trust,
  ui,
  voice,
};
