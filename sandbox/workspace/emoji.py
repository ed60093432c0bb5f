"""The emoji that people type most, and the names that Slack turns them into."""

import re

NAMES = {
    "😀": "grinning", "😃": "smiley", "😄": "smile", "😁": "grin", "😆": "laughing", "😅": "sweat_smile", "😂": "joy",
    "🙂": "slightly_smiling_face", "😉": "wink", "😊": "blush", "😍": "heart_eyes", "😎": "sunglasses", "🤔": "thinking_face",
    "😐": "neutral_face", "🙄": "face_with_rolling_eyes", "😢": "cry", "😭": "sob", "😡": "rage", "😱": "scream", "😴": "sleeping",
    "👍": "+1", "👎": "-1", "👌": "ok_hand", "👏": "clap", "🙏": "pray", "💪": "muscle", "👋": "wave", "🤝": "handshake", "✌️": "v",
    "👀": "eyes", "❤️": "heart", "💔": "broken_heart", "🔥": "fire", "✨": "sparkles", "🎉": "tada", "🎊": "confetti_ball",
    "🚀": "rocket", "⭐": "star", "🌟": "star2", "💯": "100", "✅": "white_check_mark", "☑️": "ballot_box_with_check",
    "✔️": "heavy_check_mark", "❌": "x", "❗": "exclamation", "❓": "question", "⚠️": "warning", "🚨": "rotating_light",
    "🔴": "red_circle", "🟢": "large_green_circle", "🟡": "large_yellow_circle", "🏆": "trophy", "🥇": "first_place_medal",
    "📈": "chart_with_upwards_trend", "📉": "chart_with_downwards_trend", "📊": "bar_chart", "📅": "date", "📌": "pushpin",
    "📎": "paperclip", "📝": "memo", "💡": "bulb", "⏰": "alarm_clock", "⏳": "hourglass_flowing_sand", "🔔": "bell", "🔒": "lock",
    "🔑": "key", "💰": "moneybag", "💼": "briefcase", "☕": "coffee", "🍻": "beers", "🙈": "see_no_evil", "🤖": "robot_face",
}  # fmt: skip

_BARE = {emoji.rstrip("\ufe0f"): name for emoji, name in NAMES.items()}
EMOJI = re.compile("(" + "|".join(map(re.escape, sorted(_BARE, key=len, reverse=True))) + ")\ufe0f?")


def name_of(emoji: str) -> str:
    """Return the name of an emoji, written with or without a variation selector."""
    return _BARE[emoji.rstrip("\ufe0f")]


def as_shortcodes(text: str) -> str:
    """Turn emoji into `:names:`, as Slack does with what it sends to apps."""
    return EMOJI.sub(lambda match: f":{_BARE[match[1]]}:", text)
