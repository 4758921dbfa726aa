import { day, minutesAgo } from '../../telling/when.ts';
import type { AccountStory } from '../words.ts';
import { COURIER_ARTICLES as ARTICLES } from './courier-articles.ts';

export const COURIER: AccountStory = {
  handle: 'courier',
  name: 'The Linden Courier',
  kind: 'media',
  category: 'news',
  description:
    'The newspaper of Linden since 1887: harbour, town and weather, on paper in the morning and here all day. 《林登信使报》，中文版由陈晓雨编写。',
  owner: 'ben',
  operators: ['xiaoyu'],
  picture: 'courier',
  identity: {
    legal_name: 'Adler & Daughter, publishers of The Linden Courier',
    document_kind: 'press-licence',
    document_number: 'PL-1887-03',
    country: 'NL',
  },
  paper: 'pressLicence',
  applies: day(42, '09:40'),
  decisions: [
    {
      when: day(42, '12:05'),
      approves: 'The licence is valid, and its number is in the press register.',
      label: 'news',
    },
  ],
  posts: [
    {
      when: day(40, '12:00'),
      content:
        'The Courier is here now too. On paper we have come out every morning since 1887, except once, when the editor’s goat ate the type. Same people, same mistakes, quicker corrections.',
    },
    {
      when: day(39, '08:05'),
      content:
        'Overnight somebody painted a bench on the quay a very good blue. City Hall had planned no blue. The paint is dry, the brush strokes are careful, and nobody saw anything.',
    },
    {
      when: day(38, '06:50'),
      content: {
        picture: 'harbourAtDawn',
        name: 'dawn.jpg',
        caption: 'This morning, ten to seven. Nobody wanted anything from anybody.',
      },
    },
    { when: day(34, '17:00'), content: { article: ARTICLES.foghorn } },
    {
      when: day(33, '18:10'),
      content: { voice: 'foghorn', caption: 'The new old horn, recorded from the Steps. Mind your headphones.' },
    },
    {
      when: day(32, '07:55'),
      content: {
        picture: 'twoBenches',
        name: 'benches.jpg',
        caption: 'A second bench: yellow. The Courier has opened a file. It is a thin file.',
      },
    },
    { when: day(30, '16:30'), by: 'xiaoyu', content: { article: ARTICLES.clocks } },
    {
      when: day(30, '16:40'),
      by: 'xiaoyu',
      content: {
        picture: 'workshop',
        name: '老王的工作台.jpg',
        caption: '老王的工作台。墙上七只钟，没有两只走得一样，他说这样才热闹。',
      },
    },
    {
      when: day(26, '09:20'),
      content:
        'Correction: yesterday we wrote that the harbour master wrestles with gulls. He wrestles with the question of the gulls. We regret the picture this may have given.',
    },
    {
      when: day(25, '08:00'),
      content:
        'Bench number three is green. A reader on the Basin reports “a shadow with a ladder, or possibly a tall person with a short ladder”.',
    },
    {
      when: day(21, '12:15'),
      content: {
        picture: 'ferryChart',
        name: 'ferry.jpg',
        caption:
          'Who takes the ferry? On Saturdays nearly everyone: the market is over there, and the good coffee is over here.',
      },
    },
    {
      when: day(19, '15:40'),
      content: {
        picture: 'catOnRope',
        name: 'admiral.jpg',
        caption: 'The Admiral, receiving. Audiences until four; after that he is tired.',
      },
    },
    {
      when: day(18, '10:30'),
      by: 'xiaoyu',
      content:
        '码头边的那只花猫，大家叫它“将军”。今天它在新缆绳上睡了三个小时，于是渡轮也等了它三分钟。船长说：这是规矩。',
    },
    {
      when: day(14, '08:10'),
      content: {
        picture: 'fourBenches',
        name: 'four-benches.jpg',
        caption:
          'Four now: blue, yellow, green, rose. Sat on by more people this month than in all of last year. The council calls it damage. The florist calls it a good start.',
      },
    },
    { when: day(12, '17:30'), content: { article: ARTICLES.swim } },
    {
      when: day(10, '09:00'),
      content: {
        picture: 'ferryInWind',
        name: 'marguerite.jpg',
        caption: 'Wind seven, the Marguerite nine minutes late, the captain’s hat found in the next town.',
      },
    },
    { when: day(6, '08:00'), content: { article: ARTICLES.night } },
    { when: day(5, '18:20'), by: 'xiaoyu', content: { article: ARTICLES.lanterns } },
    {
      when: day(4, '08:20'),
      content: {
        picture: 'signedBench',
        name: 'bench-five.jpg',
        caption: 'Bench number five is signed. Experts have examined the paw. The Admiral declines to comment.',
      },
    },
    {
      when: day(2, '12:40'),
      content:
        'The ferry left four minutes late at noon because of “an animal on the ramp who had not finished thinking”.',
    },
    {
      when: day(1, '07:10'),
      content: {
        picture: 'market',
        name: 'market.jpg',
        caption: 'Market morning. Small plums: sold out. Large plums: sat on.',
      },
    },
    {
      when: minutesAgo(170),
      content:
        'From the council, last night: eight to five. The benches may stay as they are. The grey-brown paint, forty litres of it, will be given to the fish hall, which did not ask for it.',
    },
    {
      when: minutesAgo(62),
      content: { picture: 'harbourInFog', name: 'fog.jpg', caption: 'The harbour, we believe.' },
    },
    { when: minutesAgo(24), by: 'xiaoyu', content: '大雾锁港。听见雾笛了吗？两声长音，是渡轮在说：我在这里，别着急。' },
  ],
};
