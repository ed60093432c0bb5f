/**
 * The tour as data: what to try, in order. `show` says what "show me" does: act as somebody with a title, open a channel,
 * put a text into the composer, or move the clock. Texts are in the order of LANGUAGES.
 */
export const STEPS = [
  {
    id: "act-as",
    title: ["Be the engineer", "成为工程师", "成為工程師"],
    text: [
      "Everything you do here is done as somebody. Start as a pre-sales engineer.",
      "这里的一切操作都以某个人的身份进行。先扮演一位售前工程师。",
      "這裡的一切操作都以某個人的身分進行。先扮演一位售前工程師。",
    ],
    show: { actAs: "engineer|工程师|工程師" },
  },
  {
    id: "bid-new",
    title: ["Open a bid", "登记一个投标", "登記一個投標"],
    text: [
      "One line opens it. Press Enter and see what was understood.",
      "一行即可登记。按 Enter，看看它理解成了什么。",
      "一行即可登記。按 Enter，看看它理解成了什麼。",
    ],
    show: { channel: "presales", compose: "/bid new ACME 1.2m due Fri 5pm" },
  },
  {
    id: "bid-list",
    title: ["See what is open", "查看进行中的投标", "查看進行中的投標"],
    text: ["The list shows what each bid waits for.", "列表显示每个投标在等什么。", "清單顯示每個投標在等什麼。"],
    show: { channel: "presales", compose: "/bid list" },
  },
  {
    id: "bid-won",
    title: ["Win it", "中标", "得標"],
    text: [
      "Nobody has handed it in yet, so it asks first. One press records both, and every measure follows.",
      "还没有人提交，所以会先询问。按一下即可一并记录，各项指标随之更新。",
      "還沒有人提交，所以會先詢問。按一下即可一併記錄，各項指標隨之更新。",
    ],
    show: { channel: "presales", compose: "/bid won ACME" },
  },
  {
    id: "wins",
    title: ["Read the announcement", "查看公告", "查看公告"],
    text: [
      "It is in #wins. Press Undo where you won it, and the announcement says so.",
      "公告在 #wins 中。在中标处点撤销，公告会随之更新。",
      "公告在 #wins 中。在得標處按復原，公告會隨之更新。",
    ],
    show: { channel: "wins" },
  },
  {
    id: "deadline",
    title: ["Let time pass", "让时间流逝", "讓時間流逝"],
    text: ["A day before a deadline, a reminder comes by direct message.", "截止前一天，提醒会以私信送达。", "截止前一天，提醒會以私人訊息送達。"],
    show: { toDeadline: true, openApp: true },
  },
];
