/** Emoji: the shortcodes that are drawn, and the few offered for picking. */

const TABLE =
  "+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 v ✌️ 100 💯 raised_hands 🙌 pray 🙏 muscle 💪 handshake 🤝 point_right 👉 point_left 👈 " +
  "point_up ☝️ point_down 👇 eyes 👀 brain 🧠 smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂 slightly_smiling_face 🙂 blush 😊 wink 😉 heart_eyes 😍 " +
  "thinking_face 🤔 neutral_face 😐 confused 😕 worried 😟 cry 😢 laughing 😆 rage 😡 scream 😱 face_with_rolling_eyes 🙄 see_no_evil 🙈 sob 😭 sweat_smile 😅 sunglasses 😎 sleeping 😴 partying_face 🥳 star-struck 🤩 " +
  "heart ❤️ blue_heart 💙 green_heart 💚 yellow_heart 💛 broken_heart 💔 star ⭐ star2 🌟 sparkles ✨ fire 🔥 zap ⚡ boom 💥 tada 🎉 confetti_ball 🎊 " +
  "trophy 🏆 medal 🎖️ sports_medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 dart 🎯 rocket 🚀 bulb 💡 seedling 🌱 herb 🌿 " +
  "white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕ heavy_minus_sign ➖ " +
  "warning ⚠️ no_entry ⛔ no_entry_sign 🚫 exclamation ❗ bangbang ‼️ question ❓ information_source ℹ️ sos 🆘 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 " +
  "speech_balloon 💬 thought_balloon 💭 calendar 📅 date 📅 spiral_calendar_pad 🗓️ alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛ hourglass_flowing_sand ⏳ " +
  "clock1 🕐 clock3 🕒 clock5 🕔 clock9 🕘 watch ⌚ moneybag 💰 dollar 💵 yen 💴 euro 💶 credit_card 💳 chart 💹 bar_chart 📊 " +
  "chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 briefcase 💼 office 🏢 house 🏠 factory 🏭 bank 🏦 handbag 👜 gift 🎁 balloon 🎈 cake 🎂 " +
  "books 📚 book 📖 notebook 📓 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 page_facing_up 📄 file_folder 📁 open_file_folder 📂 paperclip 📎 pushpin 📌 " +
  "round_pushpin 📍 link 🔗 mag 🔍 lock 🔒 unlock 🔓 key 🔑 shield 🛡️ scales ⚖️ hammer 🔨 wrench 🔧 gear ⚙️ package 📦 inbox_tray 📥 outbox_tray 📤 " +
  "email 📧 envelope ✉️ phone ☎️ telephone_receiver 📞 computer 💻 desktop_computer 🖥️ mortar_board 🎓 running 🏃 arrow_right ➡️ arrow_left ⬅️ " +
  "arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄 repeat 🔁 rewind ⏪ " +
  "fast_forward ⏩ pause_button ⏸️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 " +
  "white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_yellow_square 🟨 large_red_square 🟥 white_large_square ⬜ black_large_square ⬛ " +
  "small_blue_diamond 🔹 small_orange_diamond 🔸 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ crown 👑 robot_face 🤖 bust_in_silhouette 👤 " +
  "busts_in_silhouette 👥 umbrella ☔ sunny ☀️ cloud ☁️ snowflake ❄️ coffee ☕ beer 🍺 beers 🍻 rotating_light 🚨 clinking_glasses 🥂 apple 🍎 palm_tree 🌴 airplane ✈️ car 🚗";

const words = TABLE.split(" ");
const GLYPHS = new Map(words.flatMap((word, index) => (index % 2 ? [] : [[word, words[index + 1]]])));

/** The shortcodes a picker offers. */
export const COMMON = (
  "+1 -1 white_check_mark eyes tada raised_hands pray clap muscle heart fire rocket trophy star sparkles bulb " +
  "smile joy slightly_smiling_face thinking_face cry sweat_smile sunglasses wave warning x question bell calendar hourglass_flowing_sand moneybag memo"
).split(" ");

/** Return the character of a shortcode; null for an unknown one, and for one that no font here can draw. */
export function glyph(name) {
  const plain = name.replace(/::skin-tone-\d$/, "");
  const found = /^flag-[a-z]{2}$/.test(plain) ? flag(plain.slice(5)) : GLYPHS.get(plain);
  return found && drawable(found) ? found : null;
}

const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const drawn = new Map();

/** Tell whether some font has a character: if not, it looks like one that does not exist. */
function drawable(character) {
  if (!drawn.has(character)) drawn.set(character, pictureOf(character) !== pictureOf("\u{10fffe}"));
  return drawn.get(character);
}

function pictureOf(character) {
  pen.clearRect(0, 0, 40, 40);
  pen.font = "24px sans-serif";
  pen.fillText([...character][0], 4, 30);
  return pen.getImageData(0, 0, 40, 40).data.join();
}

function flag(country) {
  return String.fromCodePoint(...[...country].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 97));
}

/** Return up to `limit` shortcodes that contain a word, those that begin with it first. */
export function matching(word, limit = 8) {
  const found = [...GLYPHS.keys()].filter((name) => name.includes(word));
  return found.sort((a, b) => b.startsWith(word) - a.startsWith(word)).slice(0, limit);
}

/** Replace the shortcodes in plain text by their characters. */
export function withGlyphs(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/g, (whole, name) => glyph(name) || whole);
}
