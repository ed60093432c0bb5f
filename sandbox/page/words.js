/** The page's own words in English, Simplified and Traditional Chinese. */

import { recall, remember } from "./memory.js";

export const LANGUAGES = [
  { code: "en", name: "English", intl: "en-GB" },
  { code: "zh-Hans", name: "简体中文", intl: "zh-CN" },
  { code: "zh-Hant", name: "繁體中文", intl: "zh-TW" },
];

/** Each phrase in the order of LANGUAGES; {x}, {n}, {time}, {ago}, {type} are filled in. */
export const WORDS = {
  actAs: ["Act as", "扮演", "扮演"],
  actingAs: ["Acting as", "当前身份", "目前身分"],
  anyMethod: ["Any method", "任意方法", "任何方法"],
  app: ["APP", "应用", "應用程式"],
  appSilent: ["The app did not answer within three seconds.", "应用在三秒内没有回应。", "應用程式三秒內沒有回應。"],
  apps: ["Apps", "应用", "應用程式"],
  archived: ["This channel is archived.", "此频道已归档。", "此頻道已封存。"],
  asPerson: ["As the person’s locale", "跟随人物的语言", "跟隨人物的語言"],
  attach: ["Attach a file", "添加文件", "附加檔案"],
  cancel: ["Cancel", "取消", "取消"],
  channelName: ["channel-name", "频道名称", "頻道名稱"],
  channels: ["Channels", "频道", "頻道"],
  choose: ["Choose", "请选择", "請選擇"],
  chooseFiles: ["Choose files", "选择文件", "選擇檔案"],
  clear: ["Clear", "清空", "清空"],
  clearFaults: ["Call off all faults", "取消所有故障", "取消所有故障"],
  clock: ["Workspace time", "工作区时间", "工作區時間"],
  clockTip: ["The workspace’s time: open to move it", "工作区时间：点开可调整", "工作區時間：點開可調整"],
  close: ["Close", "关闭", "關閉"],
  closeThread: ["Close the thread", "关闭消息列", "關閉討論串"],
  commands: ["Commands", "命令", "指令"],
  commandTimeout: ["{x} failed: the app did not answer within three seconds.", "{x} 失败：应用在三秒内没有回应。", "{x} 失敗：應用程式三秒內沒有回應。"],
  conversations: ["Conversations", "会话", "對話"],
  copyText: ["Copy text", "复制文字", "複製文字"],
  create: ["Create", "创建", "建立"],
  deletedMessage: ["This message was deleted.", "此消息已删除。", "此訊息已刪除。"],
  deleteMessage: ["Delete message", "删除消息", "刪除訊息"],
  directs: ["Direct messages", "私信", "私人訊息"],
  dismiss: ["Dismiss", "忽略", "略過"],
  earlier: ["Show earlier messages", "显示更早的消息", "顯示較早的訊息"],
  edited: ["edited", "已编辑", "已編輯"],
  editMessage: ["Edit message", "编辑消息", "編輯訊息"],
  emoji: ["Emoji", "表情符号", "表情符號"],
  enterSends: ["Enter sends, Shift+Enter begins a line", "Enter 发送，Shift+Enter 换行", "Enter 傳送，Shift+Enter 換行"],
  fault_delay: ["Answer four seconds late", "延迟四秒回应", "延遲四秒回應"],
  fault_disconnect: ["Cut the app’s connection", "断开应用的连接", "中斷應用程式的連線"],
  fault_drop: ["Lose the next event", "丢失下一个事件", "遺失下一個事件"],
  fault_ratelimited: ["Refuse the next call: too many", "拒绝下一次调用：过于频繁", "拒絕下一次呼叫：過於頻繁"],
  fault_reorder: ["Deliver events in the wrong order", "打乱事件顺序", "打亂事件順序"],
  fault_repeat: ["Deliver the next event twice", "下一个事件发送两次", "下一個事件傳送兩次"],
  fault_revoked: ["Revoke the app’s token", "吊销应用的令牌", "撤銷應用程式的權杖"],
  fault_server_error: ["Fail the next call: server error", "下一次调用报服务器错误", "下一次呼叫回報伺服器錯誤"],
  faults: ["Faults", "故障", "故障"],
  faultsNote: ["Let Slack misbehave, and see how the app takes it.", "让 Slack 出错，看应用如何应对。", "讓 Slack 出錯，看應用程式如何因應。"],
  faultSet: ["Ready: {x}", "已就绪：{x}", "已就緒：{x}"],
  filter: ["Filter", "筛选", "篩選"],
  fromApp: ["From the app", "来自应用", "來自應用程式"],
  guest: ["guest", "访客", "訪客"],
  home: ["Home", "主页", "首頁"],
  introApp: ["This is where {x} writes to you, and you to it.", "{x} 在这里给你发消息，你也可以在这里给它发消息。", "{x} 在這裡傳訊息給你，你也可以在這裡傳訊息給它。"],
  introChannel: ["This is the beginning of {x}.", "这是 {x} 的开始。", "這是 {x} 的開頭。"],
  introDirect: ["This conversation is between you and {x} alone.", "此会话只有你和 {x} 两人。", "此對話只有你和 {x} 兩人。"],
  join: ["Join", "加入", "加入"],
  language: ["Language", "语言", "語言"],
  lastReply: ["Last reply {ago}", "最近回复：{ago}", "最近回覆：{ago}"],
  light: ["Light or dark", "浅色或深色", "淺色或深色"],
  localTime: ["{time} local time", "当地时间 {time}", "當地時間 {time}"],
  lost: ["Connection lost; trying again…", "连接中断，正在重试…", "連線中斷，正在重試…"],
  "mark_after-quarter": ["the first working morning after the quarter", "季度结束后的第一个工作日早上", "季度結束後的第一個工作日早上"],
  "mark_before-deadline": ["a day before the next deadline", "下一个截止日的前一天", "下一個截止日的前一天"],
  "mark_month-end": ["the month’s end", "月末", "月底"],
  mark_tomorrow: ["tomorrow", "明天", "明天"],
  "mark_year-end": ["the year’s end", "年末", "年底"],
  members: ["Members", "成员", "成員"],
  mention: ["Mention somebody", "提及某人", "提及某人"],
  messageActions: ["What can be done with this message", "消息操作", "訊息操作"],
  messages: ["Messages", "消息", "訊息"],
  messagesIn: ["Messages in {x}", "{x} 中的消息", "{x} 中的訊息"],
  messageTo: ["Message {x}", "发消息到 {x}", "傳訊息到 {x}"],
  method: ["Method", "方法", "方法"],
  more: ["More", "更多", "更多"],
  needChoice: ["Please complete this required field.", "请填写此必填项。", "請填寫此必填欄位。"],
  needEmail: ["Enter a valid email address.", "请输入有效的邮箱地址。", "請輸入有效的電子郵件地址。"],
  needNumber: ["Enter a valid number.", "请输入有效的数字。", "請輸入有效的數字。"],
  needUrl: ["Enter a valid URL.", "请输入有效的网址。", "請輸入有效的網址。"],
  newChannel: ["New channel", "新建频道", "新增頻道"],
  newMessage: ["New message", "新消息", "新訊息"],
  nMembers: ["{n} members", "{n} 名成员", "{n} 名成員"],
  noCommandsHere: ["Commands cannot be used in threads.", "消息列中不能使用命令。", "討論串中不能使用指令。"],
  noHome: ["{x} has not published a Home for you yet.", "{x} 还没有为你发布主页。", "{x} 還沒有為你發布首頁。"],
  notDrawn: ["A block of the kind “{type}” stands here.", "此处有一个“{type}”类型的区块。", "此處有一個「{type}」類型的區塊。"],
  nothingFound: ["Nothing found", "没有结果", "沒有結果"],
  notMember: ["You are looking at #{x} without being in it.", "你正在查看 #{x}，但尚未加入。", "你正在查看 #{x}，但尚未加入。"],
  noTraffic: ["Nothing has passed between the workspace and the app yet.", "工作区与应用之间还没有往来。", "工作區與應用程式之間還沒有往來。"],
  nReplies: ["{n} replies", "{n} 条回复", "{n} 則回覆"],
  nUnread: ["{n} unread", "{n} 条未读", "{n} 則未讀"],
  oneReply: ["1 reply", "1 条回复", "1 則回覆"],
  onlyYou: ["Only visible to you", "仅你可见", "僅你可見"],
  optional: ["optional", "选填", "選填"],
  plusDay: ["+1 day", "+1 天", "+1 天"],
  plusHour: ["+1 hour", "+1 小时", "+1 小時"],
  private: ["Private", "私密", "私人"],
  react: ["Add a reaction", "添加回应", "新增回應"],
  readOnly: ["Nobody can write to this app.", "此应用不接收消息。", "此應用程式不接收訊息。"],
  removeX: ["Remove {x}", "移除 {x}", "移除 {x}"],
  replyHere: ["Reply…", "回复…", "回覆…"],
  replyInThread: ["Reply in thread", "在消息列中回复", "在討論串中回覆"],
  save: ["Save", "保存", "儲存"],
  search: ["Search", "搜索", "搜尋"],
  send: ["Send", "发送", "傳送"],
  shortcuts: ["Shortcuts", "快捷方式", "捷徑"],
  showMe: ["Show me", "带我去", "帶我去"],
  showSidebar: ["Show conversations", "显示会话", "顯示對話"],
  skip: ["Skip to the message box", "跳到输入框", "跳到輸入框"],
  submit: ["Submit", "提交", "提交"],
  table: ["Table", "表格", "表格"],
  thread: ["Thread", "消息列", "討論串"],
  toApp: ["To the app", "发往应用", "傳往應用程式"],
  today: ["Today", "今天", "今天"],
  tomorrow: ["Tomorrow", "明天", "明天"],
  toMark: ["To {x}", "到{x}", "到{x}"],
  toStart: ["Back to the start", "回到起点", "回到起點"],
  tour: ["Tour", "导览", "導覽"],
  tourTitle: ["Try these seven things", "试试这七件事", "試試這七件事"],
  traffic: ["Traffic", "流量", "流量"],
  typeToSearch: ["Type to search", "输入以搜索", "輸入以搜尋"],
  viewOf: ["View {n}", "第 {n} 层", "第 {n} 層"],
  workspace: ["Sandbox", "沙盒", "沙盒"],
  yes: ["Yes", "是", "是"],
  yesterday: ["Yesterday", "昨天", "昨天"],
  you: ["you", "你", "你"],
};

let followed = "en";
const listeners = [];

/** Return the language in use: its code, its own name and its Intl tag. */
export function language() {
  return LANGUAGES.find(({ code }) => code === (chosenLanguage() || followed));
}

/** Return the language chosen by the switch, or "" when it follows the acting person. */
export function chosenLanguage() {
  return recall("language") || "";
}

/** Choose a language; "" follows the acting person's locale. */
export function setLanguage(code) {
  remember("language", code);
  tell();
}

/** Follow a person's Slack locale. */
export function followLocale(locale = "") {
  const chinese = /^zh/i.test(locale);
  const before = language().code;
  followed = chinese ? (/TW|HK|MO|Hant/i.test(locale) ? "zh-Hant" : "zh-Hans") : "en";
  if (language().code !== before) tell();
}

/** Call a function whenever the language changes. */
export function onLanguage(listener) {
  listeners.push(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

/** Return a phrase in the language in use, its gaps filled. */
export function t(key, gaps = {}) {
  const phrase = WORDS[key]?.[LANGUAGES.indexOf(language())] ?? key;
  return phrase.replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
}

const COMPLAINTS = ["needChoice", "needEmail", "needNumber", "needUrl"];

/** Return one of the form's own complaints in the language in use; any other text as it is. */
export function complaint(text) {
  const key = COMPLAINTS.find((each) => WORDS[each][0] === text);
  return key ? t(key) : text;
}
