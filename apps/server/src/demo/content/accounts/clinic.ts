import { day, minutesAgo } from '../../telling/when.ts';
import type { AccountStory } from '../words.ts';

export const CLINIC: AccountStory = {
  handle: 'clinic',
  name: 'Harbour Clinic 港口诊所',
  kind: 'other',
  category: 'health',
  description:
    'Opening hours, vaccinations and plain words about staying well. 门诊时间、疫苗和好懂的健康知识。In an emergency call 112, not us: we would only call 112.',
  owner: 'yun',
  operators: [],
  picture: 'clinic',
  identity: {
    legal_name: 'Stichting Harbour Clinic Linden, represented by Zhao Yun',
    document_kind: 'register-extract',
    document_number: 'HC-0412',
    country: 'NL',
  },
  paper: 'extractOfTheClinic',
  applies: day(42, '10:15'),
  decisions: [
    {
      when: day(42, '13:00'),
      asksForChanges:
        'The lower half of the extract lies in the shade of what we take to be a coffee cup. Please photograph it again; everything else is in order.',
      sentAgain: day(42, '14:10'),
    },
    {
      when: day(42, '15:20'),
      approves: 'Now it can be read, and the register confirms it. Thank you, and enjoy the coffee.',
      label: 'health',
    },
  ],
  posts: [
    {
      when: day(40, '13:30'),
      content:
        'Harbour Clinic is open Monday to Friday from 8 to 17, Thursdays until 20. You need no appointment before ten, only patience and something to read.\n\n周一至周五8:00–17:00，周四到20:00。上午十点前无需预约。',
    },
    {
      when: day(35, '09:00'),
      content: '换季提醒：海边风大，早晚温差也大。老人家出门多带一件外套，不是怕冷，是给别人看着放心。',
    },
    {
      when: day(27, '11:00'),
      content: {
        article: [
          '# Five things for people who work outdoors',
          'Half of Linden works in wind, salt and sun. Dr. Zhao sees the same five things every week, so here they are once, in writing.',
          '## 1. Hands',
          'Salt dries, rope burns. Wash, dry, cream; in that order, every evening. The good cream is the cheap one.',
          '## 2. Eyes',
          'Water doubles the sun. A hat with a brim is worth more than dark glasses, and both together are worth a photograph.',
          '## 3. Back',
          'Lift with the legs. Everybody knows it, nobody does it. Try it with the first crate each day; the others follow.',
          '## 4. Ears',
          'The horn is a hundred and ten decibels. If you work on the Mole, wear the muffs. We say this as friends of the horn.',
          '## 5. Lunch',
          '- Sit down for it',
          '- Something warm',
          '- Not facing the gulls',
        ],
      },
    },
    { when: day(22, '08:30'), content: { voice: 'vaccine', caption: '赵医生：流感疫苗到了' } },
    {
      when: day(22, '08:45'),
      content:
        'The flu vaccine is here. Mornings, no appointment, roll up your sleeve in the corridor and we are quicker. (The voice note above says the same in Mandarin.)',
    },
    {
      when: day(17, '10:00'),
      content:
        'A kind word about cats: we are a clinic for people. The Admiral has now been brought to us three times. He is in excellent health, and he has bitten nobody we know. The vet is next door.',
    },
    {
      when: day(9, '12:30'),
      content: {
        picture: 'clinicAtMarket',
        name: 'market.jpg',
        caption:
          'We measure blood pressure at the market until two, between the cheese and the plums. It costs nothing and takes four minutes. 免费量血压，四分钟。',
      },
    },
    {
      when: day(3, '09:15'),
      content:
        'Several people who carried soup up 198 steps have asked whether it is normal to feel one’s knees three days later. It is. Warmth, short walks, and next year smaller pots.',
    },
    { when: minutesAgo(200), content: '今天大雾，路滑。步行慢一点，骑车亮灯，诊所的热水随时有。' },
  ],
};
