import { day, minutesAgo } from '../../telling/when.ts';
import type { AccountStory } from '../words.ts';

export const CITY_HALL: AccountStory = {
  handle: 'cityhall',
  name: 'Linden City Hall',
  kind: 'government',
  category: 'public-services',
  description:
    'What the city decides, what it digs up, and when it closes the hole again. 林登市政厅：通知、施工与渡轮。Questions: at the counter, mornings.',
  owner: 'clara',
  operators: [],
  picture: 'cityHall',
  identity: {
    legal_name: 'City of Linden, represented by Clara Voss',
    document_kind: 'official-letter',
    document_number: '2217/4',
    country: 'NL',
  },
  paper: 'letterOfTheCity',
  applies: day(42, '09:00'),
  decisions: [
    {
      when: day(42, '11:10'),
      approves: 'The letter is on the city’s paper, and the city’s switchboard confirmed it when we called back.',
      label: 'government',
    },
  ],
  posts: [
    {
      when: day(40, '10:00'),
      content:
        'Good morning, Linden. This is City Hall, speaking for itself: somebody has checked that we are who we say, which is more than we can say of the pigeon on our roof. You will read here what concerns everyone, and nothing else.\n\n早上好，林登。这里是市政厅。凡是与大家有关的事，我们都会在这里说明。',
    },
    {
      when: day(37, '09:30'),
      content: {
        article: [
          '# The ferry sails more often in the evening',
          'From next week the Marguerite makes two more crossings after supper. We counted passengers for a month, and the crew counted them again because they did not believe us.',
          '## Working days',
          '- First boat from the Quay: 6:10',
          '- Every 40 minutes until 20:50',
          '- Last boat back: 22:30',
          '## Weekends',
          '- First boat: 7:30',
          '- Every 30 minutes while the market is open',
          '- Last boat back: 23:10',
          '## What stays as it is',
          'Children under six, bicycles and small dogs travel free. Large dogs pay what small children would pay if they were seven. The cat travels as crew.',
          '> A ferry is a street that happens to move. It should come as reliably as a street does. (The harbour master)',
        ],
      },
    },
    {
      when: day(33, '11:00'),
      content:
        'Found at the counter this month: eleven umbrellas, one trombone, a set of teeth, and a birthday cake, which we could not keep until its owner came. We are sorry about the cake. It was good.',
    },
    {
      when: day(28, '21:40'),
      content: {
        article: [
          '# From the council: twelve new benches',
          'The council met for three hours and ten minutes. One hour was about whether the quay needs new benches. Two were about their colour.',
          '## Decided',
          '- Twelve new benches along the quay, of oak from the old pier',
          '- Colour: “a calm grey-brown”, by seven votes to six',
          '- The playground at the Basin opens until dusk',
          '## Put off',
          'The question of the night gulls. The harbour master was asked to find out whether they can be reasoned with.',
          'The minutes can be read at the counter, and from tomorrow in the library.',
        ],
      },
    },
    {
      when: day(24, '08:15'),
      content: {
        picture: 'streetMap',
        name: 'rope-street.jpg',
        caption:
          'Rope Street is closed for two weeks: the water pipe below it is from 1911 and would like to retire. Please go round by the quay. 缆绳街封闭两周，请绕行码头。',
      },
    },
    {
      when: day(20, '17:05'),
      content:
        '渡轮小贴士：晚上八点五十以后改为每四十分钟一班，末班船二十二点三十分从对岸返回。六岁以下儿童、自行车和小型犬免费。带大狗的朋友，请别假装它是小狗，船长认得每一只。',
    },
    {
      when: day(16, '18:30'),
      content: { voice: 'mayor', caption: 'The mayor about Lighthouse Night' },
    },
    {
      when: day(15, '10:20'),
      content: {
        picture: 'waterChart',
        name: 'water.jpg',
        caption:
          'How far down can you see? At the Mole more than four metres now, the best since we began to measure. At the ferry stage it is the ferry’s fault.',
      },
    },
    {
      when: day(14, '09:00'),
      content: {
        picture: 'festivalPoster',
        name: 'poster.jpg',
        caption: 'Lighthouse Night is a week from today. The tower is open, all 199 steps of it.',
      },
      becomes: {
        picture: 'festivalPoster',
        name: 'poster.jpg',
        caption:
          'Lighthouse Night is a week from today. The tower is open, all 198 steps of it. (We wrote 199. Mr Janssen, who was its keeper for thirty years, has called.)',
      },
      after: 52,
    },
    {
      when: day(11, '12:00'),
      content:
        'To the eleven people who have written to us: no, the Admiral is not employed by the city. He came with the harbour. He has no duties, and he performs them faithfully.',
    },
    {
      when: day(6, '09:10'),
      content: {
        picture: 'lighthouseNight',
        name: 'lighthouse-night.jpg',
        caption:
          'Two hundred and twelve torches, forty litres of soup, nobody lost. Thank you, Linden. 谢谢每一位提灯上山的人。',
      },
    },
    {
      when: day(4, '08:40'),
      content:
        'A fifth bench has been painted in the night. The council’s position is unchanged: the benches are a calm grey-brown. We ask whoever it is to stop, or at least to use the same blue for both sides.',
    },
    {
      when: day(2, '16:00'),
      content:
        'Rope Street, even numbers: tomorrow there is no water from 9 to 12, while the new pipe meets the old one. Please fill a kettle tonight. 明天上午九点到十二点，缆绳街双号停水，请提前储水。',
    },
    {
      when: day(1, '15:30'),
      content: {
        article: [
          '# Tonight in the council',
          'At seven, in the great hall; everyone may listen, and there is tea.',
          '- Benches: whether the calm grey-brown should be given up',
          '- Gulls: the harbour master reports (in short: they can not)',
          '- A name for the lane behind the fish hall, which has none',
        ],
      },
    },
    {
      when: minutesAgo(95),
      content:
        'Thick fog: the Marguerite sails once an hour until it lifts, slowly and with the horn. You will hear her before you see her. 大雾：渡轮改为每小时一班。',
    },
  ],
};
