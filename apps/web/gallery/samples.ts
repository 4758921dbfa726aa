import { createContext, useContext } from 'react';
import type { Language } from '../src/locales/languages.ts';

/** What the gallery's components say, in both languages. It is not part of the app, so it isn't among its texts. */
const english = {
  title: 'Gallery',
  shown: 'Show what was sent',
  ink: 'Ink',
  paper: 'Paper',
  sections: {
    identity: 'Identity',
    controls: 'Controls',
    lists: 'Lists',
    talk: 'Talk',
    media: 'Sound',
    voice: 'Voice notes',
    feedback: 'Feedback',
    overlays: 'Overlays',
    reading: 'Reading',
  },
  buttons: {
    strong: 'Send',
    soft: 'Save draft',
    quiet: 'Not now',
    danger: 'Delete',
    pending: 'Sending',
    small: 'Follow',
    link: 'Open the account',
    disabled: 'Not yet',
  },
  icons: { call: 'Attach a file', record: 'Record', pin: 'Pin', remove: 'Throw away' },
  fields: {
    name: 'Name of the account',
    nameValue: 'Harbour Town Hall',
    nameHint: 'Readers see it with every post.',
    handle: 'Handle',
    handleValue: 'harbour town',
    handleError: 'A handle has no spaces. Try harbour-town.',
    password: 'Password',
    search: 'Search chats',
    about: 'About',
    aboutValue: 'News from the council, the library and the ferries.',
    kind: 'Kind of publisher',
    choose: 'Please choose',
    disabled: 'Server',
    rules: 'I agree to the rules of this provider',
    rulesHint: 'They bind the provider, too.',
    rulesError: 'Please agree to the rules to go on.',
    receipts: 'Read receipts',
    receiptsHint: 'Others see that you read their messages.',
    previews: 'Show previews',
    document: 'Picture of the document',
    documentHint: 'It is sealed on arrival and deleted after the decision.',
  },
  kinds: {
    person: 'Person',
    company: 'Company',
    media: 'Media',
    government: 'Public authority',
    organisation: 'Organisation',
  },
  kindHint: 'You speak in your own name.',
  people: ['Ada Lovelace', 'Tariq Hassan', 'Émile Zola', '王小明', 'Ingrid Berg', 'Night Shift', 'Ravi Kumar', '李雷'],
  accounts: [
    { name: 'Harbour Town Hall', kind: 'government', text: 'The ferry to the islands runs every hour from Monday on.' },
    { name: 'The Harbour Gazette', kind: 'media', text: 'How the old lighthouse came back to life' },
    { name: 'Linden Clinic', kind: 'company', text: 'Voice note, 0:43' },
    { name: 'Dr. Mei Tan', kind: 'person', text: 'Flu season: what helps and what does not' },
    { name: 'Friends of the River', kind: 'organisation', text: 'Three pictures from Saturday’s clean-up' },
  ],
  message: 'The tickets are on the kitchen table, next to the keys. See you at eight.',
  you: 'You: ',
  seal: 'A person at this provider checked the register of companies on 4 May 2026. It holds until 4 May 2027.',
  sealHistory: 'History of this account',
  banner: {
    info: ['You are offline', 'What you write is kept and sent when the connection is back.'],
    warning: [
      'Verify who you are',
      'This provider asks everyone to be verified before they talk. You can read in the meantime.',
    ],
    danger: [
      'This account may not publish until 3 June',
      'Rule 4, false medical claims. The reasons and how to appeal are in the decision.',
    ],
    action: 'Read the decision',
  },
  progress: ['Uploading harbour.jpg', 'Sealing the document'],
  empty: ['No drafts', 'What you begin to write is kept here.', 'Write a post'],
  listEnd: 'These are all the accounts you follow.',
  tabs: ['Posts', 'Pictures', 'About'],
  tabPanel: 'The newest first. Nothing is ranked.',
  toast: { sent: 'The chat was archived', failed: 'The picture could not be sent' },
  open: {
    dialog: 'Open a dialog',
    sheet: 'Open a sheet',
    menu: 'Open a menu',
    popover: 'Open a popover',
    toast: 'Show a notice',
    problem: 'Show a problem',
  },
  dialog: {
    title: 'Leave this group?',
    text: 'You will not receive what is said in it. What you wrote stays with the others.',
    stay: 'Stay',
    leave: 'Leave',
  },
  menu: { reply: 'Reply', copy: 'Copy text', edit: 'Edit', remove: 'Delete for everyone' },
  article: `<h1>How the old lighthouse came back to life</h1><p>For eleven years the lamp on the point was dark. The ships had found other ways to know where they were, and the town had found other things to pay for. <em>Then the fishermen asked for it back.</em></p><h2>A light for those without a screen</h2><p>“A satellite tells me where I am,” says one of them. “The light tells me where <strong>home</strong> is.” The council voted in March, and by the first storm of autumn it turned again.</p><blockquote>The light tells me where home is.</blockquote><ul><li>Built in 1874, of granite from the islands</li><li>Seen from nineteen miles away</li></ul>`,
  formatted: `Meet at <code>pier 4</code>, and bring the <a href="https://example.org/list">list</a>. <span data-mx-spoiler>It is a lighthouse</span><blockquote>Is eight too early?</blockquote>`,
} as const;

type Deep<Value> = Value extends string ? string : { readonly [Key in keyof Value]: Deep<Value[Key]> };
export type Samples = Omit<Deep<typeof english>, 'accounts'> & {
  readonly accounts: readonly {
    readonly name: string;
    readonly kind: (typeof english.accounts)[number]['kind'];
    readonly text: string;
  }[];
};

const chinese: Samples = {
  title: '陈列室',
  shown: '显示已发送的',
  ink: '墨',
  paper: '纸',
  sections: {
    identity: '身份',
    controls: '控件',
    lists: '列表',
    talk: '交谈',
    media: '声音',
    voice: '语音',
    feedback: '反馈',
    overlays: '浮层',
    reading: '阅读',
  },
  buttons: {
    strong: '发送',
    soft: '存为草稿',
    quiet: '以后再说',
    danger: '删除',
    pending: '发送中',
    small: '关注',
    link: '打开账号',
    disabled: '暂不可用',
  },
  icons: { call: '添加附件', record: '录音', pin: '置顶', remove: '丢弃' },
  fields: {
    name: '账号名称',
    nameValue: '港城市政厅',
    nameHint: '读者在每条内容旁都能看到。',
    handle: '账号代称',
    handleValue: '港城 市政',
    handleError: '代称里不能有空格，可以试试 harbour-town。',
    password: '密码',
    search: '搜索聊天',
    about: '简介',
    aboutValue: '来自议会、图书馆和渡轮的消息。',
    kind: '发布者类型',
    choose: '请选择',
    disabled: '服务器',
    rules: '我同意本服务商的规则',
    rulesHint: '这些规则同样约束服务商。',
    rulesError: '请先同意规则，再继续。',
    receipts: '已读回执',
    receiptsHint: '对方能看到您已读消息。',
    previews: '显示预览',
    document: '证件照片',
    documentHint: '上传后即加密封存，作出决定后删除。',
  },
  kinds: { person: '个人', company: '企业', media: '媒体', government: '政府机构', organisation: '组织' },
  kindHint: '以您自己的名义发声。',
  people: ['王小明', '李雷', '韩梅梅', 'Ada Lovelace', '欧阳修', '夜班小组', 'Ravi Kumar', '陈静'],
  accounts: [
    { name: '港城市政厅', kind: 'government', text: '从周一起，开往群岛的渡轮每小时一班。' },
    { name: '港城日报', kind: 'media', text: '老灯塔是怎样重新亮起来的' },
    { name: '菩提诊所', kind: 'company', text: '语音，0:43' },
    { name: '陈美医生', kind: 'person', text: '流感季节：哪些有用，哪些没用' },
    { name: '江河之友', kind: 'organisation', text: '周六清理活动的三张照片' },
  ],
  message: '票在厨房的桌子上，钥匙旁边。八点见。',
  you: '您：',
  seal: '本服务商的工作人员于 2026 年 5 月 4 日查对了企业登记，有效期至 2027 年 5 月 4 日。',
  sealHistory: '该账号的历史记录',
  banner: {
    info: ['当前没有网络', '您写的内容会保留，恢复连接后自动发送。'],
    warning: ['请核实身份', '本服务商要求先核实身份再发言。在此期间您可以照常阅读。'],
    danger: ['该账号在 6 月 3 日前不能发布', '依据规则第 4 条“虚假医疗信息”。理由和申诉办法见决定书。'],
    action: '查看决定书',
  },
  progress: ['正在上传 港口.jpg', '正在封存证件'],
  empty: ['没有草稿', '写到一半的内容会保存在这里。', '写一篇'],
  listEnd: '您关注的账号都在这里了。',
  tabs: ['内容', '图片', '简介'],
  tabPanel: '最新的在前，没有排名。',
  toast: { sent: '聊天已归档', failed: '图片没能发出' },
  open: {
    dialog: '打开对话框',
    sheet: '打开底部面板',
    menu: '打开菜单',
    popover: '打开气泡',
    toast: '显示提示',
    problem: '显示问题',
  },
  dialog: {
    title: '要退出这个群组吗？',
    text: '退出后不再收到群里的消息，您写过的内容仍留在其他人那里。',
    stay: '留下',
    leave: '退出',
  },
  menu: { reply: '回复', copy: '复制文字', edit: '编辑', remove: '为所有人删除' },
  article: `<h1>老灯塔是怎样重新亮起来的</h1><p>岬角上的灯熄了十一年。船只有了别的办法知道自己在哪里，小城也有了别的地方要花钱。<em>后来，渔民们要它回来。</em></p><h2>给没有屏幕的人一束光</h2><p>“卫星告诉我我在哪里，”其中一位说，“那束光告诉我<strong>家</strong>在哪里。”议会在三月投了票，秋天第一场风暴来临之前，它又转了起来。</p><blockquote>那束光告诉我家在哪里。</blockquote><ul><li>建于 1874 年，用的是岛上的花岗岩</li><li>十九海里外也能看见</li></ul>`,
  formatted: `在 <code>4 号码头</code> 见，带上<a href="https://example.org/list">清单</a>。<span data-mx-spoiler>是一座灯塔</span><blockquote>八点会不会太早？</blockquote>`,
};

const samples: Readonly<Record<Language, Samples>> = { en: english, 'zh-Hans': chinese };

const SamplesContext = createContext<Samples>(english);
export const SamplesProvider = SamplesContext.Provider;
export const useSamples = (): Samples => useContext(SamplesContext);
export const samplesFor = (language: Language): Samples => samples[language];

/** Monday, 23 November 2026, 14:30 UTC: the gallery's time stands still. */
export const NOW = Date.UTC(2026, 10, 23, 14, 30);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A voice note's loudness, the same every time. */
export const PEAKS: readonly number[] = Array.from({ length: 120 }, (_, index) => {
  const swell = Math.sin(index / 9) * 0.5 + 0.5;
  const grain = Math.abs(Math.sin(index * 12.9898) * 43_758.5453) % 1;
  return index % 31 < 3 ? 0.06 : 0.15 + 0.85 * swell * grain;
});
