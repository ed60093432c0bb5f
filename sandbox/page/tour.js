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
    text: [
      "Your open bids, the most urgent first: where each stands and when it is due.",
      "您进行中的投标，最紧迫的在前：各自的状态和截止时间。",
      "您進行中的投標，最緊迫的在前：各自的狀態和截止時間。",
    ],
    show: { channel: "presales", compose: "/bid list" },
  },
  {
    id: "bid-won",
    title: ["Win it", "中标", "得標"],
    text: [
      "Nobody has handed it in yet, so it asks first. Press the button: it records both, the gap too.",
      "还没有人提交，所以会先询问。按下按钮：两者一并记录，缺失的步骤也会注明。",
      "還沒有人提交，所以會先詢問。按下按鈕：兩者一併記錄，缺少的步驟也會註明。",
    ],
    show: { channel: "presales", compose: "/bid won ACME" },
  },
  {
    id: "wins",
    title: ["Read the announcement", "查看公告", "查看公告"],
    text: [
      "It is in #wins, the detail in its thread. Press Undo where you won it, and the announcement says so.",
      "公告在 #wins 中，详情在其消息列中。在中标处点撤销，公告会随之更正。",
      "公告在 #wins 中，詳情在其討論串中。在得標處按撤銷，公告會隨之更正。",
    ],
    show: { channel: "wins" },
  },
  {
    id: "grade",
    title: ["See your grade", "查看考核结果", "查看考核結果"],
    text: [
      "Your last appraisal. Press Why beside a measure to see the records that it is made of.",
      "您最近一次绩效考核。按指标旁的“原因”，查看它由哪些记录得出。",
      "您最近一次績效考核。按指標旁的「原因」，查看它由哪些記錄得出。",
    ],
    show: { channel: "presales", compose: "/review result" },
  },
  {
    id: "deadline",
    title: ["Let time pass", "让时间流逝", "讓時間流逝"],
    text: [
      "Before a deadline, reminders come by direct message; one press answers them. This moves the clock on by a day.",
      "截止之前，提醒会以私信送达，按一下即可回应。这会把时钟拨快一天。",
      "截止之前，提醒會以私人訊息送達，按一下即可回應。這會把時鐘撥快一天。",
    ],
    show: { toDeadline: true, openApp: true },
  },
];
