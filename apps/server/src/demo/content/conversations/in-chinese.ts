import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

/** What is for dinner tonight. */
const DINNER: ConversationStory = {
  group: { name: '今晚吃什么', topic: '每天下午四点，本群最重要的问题。', picture: 'dinner' },
  members: ['haiyan', 'xiaoman', 'jianguo', 'xiaoyu'],
  favourite: ['xiaoman'],
  unread: { xiaoman: 3 },
  talks: [
    {
      when: day(37, '16:00'),
      lines: [
        ['haiyan', '建群第一问：今晚吃什么？'],
        ['xiaoman', '火锅！'],
        ['jianguo', '清淡点。'],
        ['xiaoyu', '清淡的火锅。', { reactions: { '😂': ['haiyan', 'xiaoman'] } }],
        [
          'haiyan',
          '行，清汤锅底，辣的自己蘸。六点半，店里见。',
          { reactions: { '👍': ['xiaoman', 'jianguo', 'xiaoyu'] } },
        ],
      ],
    },
    {
      when: day(29, '15:58'),
      lines: [
        ['haiyan', '码头今天来了鲈鱼，很新鲜。清蒸？'],
        ['jianguo', '清蒸。少放点酱油。'],
        ['xiaoman', '外公上次说淡，这次说少放，到底听哪句？', { id: 'which' }],
        ['jianguo', '听鱼的。', { answers: 'which', reactions: { '😂': ['haiyan', 'xiaoman', 'xiaoyu'] } }],
      ],
    },
    {
      when: day(16, '16:05'),
      lines: [
        ['xiaoyu', '今天改作文改到这个点，求一碗热的。'],
        ['haiyan', '给你留了牛肉面，加蛋。'],
        [
          'xiaoyu',
          '海燕姐，我要给你写一篇报道。',
          { becomes: '海燕姐，我要给你写一篇报道，标题就叫《加蛋》。', reactions: { '❤️': ['haiyan'] } },
        ],
        ['xiaoman', '作文里有我的吗？'],
        [
          'xiaoyu',
          '有。你写的“灯塔是海的台灯”，我念给全班听了。',
          { reactions: { '🥹': ['xiaoman'], '👏': ['jianguo', 'haiyan'] } },
        ],
      ],
    },
    {
      when: day(8, '16:10'),
      lines: [
        ['haiyan', '明晚灯塔之夜，四十升汤，谁来帮我切萝卜？'],
        ['jianguo', '我来。我切得匀。'],
        ['xiaoman', '外公切的萝卜像齿轮。', { reactions: { '😂': ['haiyan', 'xiaoyu'] } }],
        ['jianguo', '咬合得好。'],
      ],
    },
    {
      when: day(5, '18:25'),
      lines: [
        ['xiaoyu', '报道登了！小满那句“原来星星一直都在，只是我们平时太亮了”，主编问是不是诗人说的。'],
        ['haiyan', '是吃我的面长大的诗人。', { reactions: { '❤️': ['xiaoman', 'jianguo', 'xiaoyu'] } }],
      ],
    },
    {
      when: minutesAgo(75),
      lines: [
        ['xiaoman', '雾这么大，渡轮一小时一班，我放学可能晚点。'],
        ['haiyan', '不急，姜汤在炉子上。'],
        ['jianguo', '我去码头接你，我带了手电。', { wait: 4 }],
        ['xiaoyu', '今晚吃什么？'],
      ],
    },
  ],
};

const GRANDFATHER: ConversationStory = {
  members: ['xiaoman', 'jianguo'],
  unread: { xiaoman: 1 },
  talks: [
    {
      when: day(31, '17:20'),
      lines: [
        ['xiaoman', { voice: 'noodles' }],
        ['jianguo', { voice: 'salt' }, { id: 'salt', wait: 55, reactions: { '😝': ['xiaoman'] } }],
        ['xiaoman', '那是因为医生让您少吃盐！', { answers: 'salt' }],
        ['jianguo', '医生没尝过这碗面。'],
      ],
    },
    {
      when: day(21, '12:40'),
      lines: [
        ['xiaoman', '外公，物理课讲单摆，老师问谁家有钟，全班都看我。'],
        ['jianguo', '你怎么说？'],
        ['xiaoman', '我说我家有七只，没一只准的。'],
        ['jianguo', '明天把口袋里这只带去，让他们见识见识。', { reactions: { '😎': ['xiaoman'] } }],
      ],
    },
    {
      when: day(9, '18:00'),
      lines: [
        ['jianguo', '今天在集市上量了血压，很好。赵医生说我像四十岁的钟。'],
        ['xiaoman', '四十岁的钟？'],
        ['jianguo', '走得慢，但是稳。', { reactions: { '❤️': ['xiaoman'] } }],
      ],
    },
    {
      when: minutesAgo(66),
      lines: [
        ['xiaoman', '外公别出来接我了，路滑。'],
        ['jianguo', '已经在码头了。这张新椅子挺好坐的，就是裤子上沾了点橘色。', { wait: 3 }],
      ],
    },
  ],
};

const XIAOYU_AND_XIAOMAN: ConversationStory = {
  members: ['xiaoyu', 'xiaoman'],
  talks: [
    {
      when: day(22, '19:05'),
      lines: [
        ['xiaoman', '陈老师，校报缺一张码头的照片，您有吗？'],
        [
          'xiaoyu',
          { picture: 'harbourAtDawn', name: '清晨.jpg', caption: '早上六点五十拍的，随便用，署名“路过的人”就行。' },
          { reactions: { '🙏': ['xiaoman'] } },
        ],
        ['xiaoman', '太好看了！我写“路过的陈老师”。'],
      ],
    },
    {
      when: day(4, '20:15'),
      lines: [
        ['xiaoman', '第五张椅子上的爪印是五个脚趾，您在群里说的，我数了，真的！'],
        ['xiaoyu', '观察得好。你觉得是谁画的？'],
        ['xiaoman', '我有一个猜测，但是他做的早饭很好吃，所以我不说。', { reactions: { '😂': ['xiaoyu'] } }],
      ],
    },
  ],
};

export const IN_CHINESE = [DINNER, GRANDFATHER, XIAOYU_AND_XIAOMAN] as const;
