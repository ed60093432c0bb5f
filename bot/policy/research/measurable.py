"""Whether one can measure that a requirement is met (§4.1.3): a simple rule, which is told wherever it refuses.

The words that say how a requirement is accepted must hold a number, a percentage, a length of time or a comparison.
"""

import re

_COUNT = "[零〇一二两兩三四五六七八九十百千万萬亿億半]+"
_NUMBER = re.compile(
    rf"\d|[%‰]|\bper ?cent\b|百分之|千分之|{_COUNT}(?:成|倍|折|次|条|條|个|個|人|项|項|级|級|秒|分|小?[时時]|天|日|周|週|月|年)"
)
_TIME = re.compile(
    r"\b(?:milliseconds?|ms|seconds?|minutes?|hours?|days?|daily|weeks?|weekly|months?|monthly|quarters?|quarterly|years?|yearly"
    r"|real[- ]time|immediately)\b"
    r"|毫秒|秒[级級钟鐘]?|分[钟鐘]|小[时時]|工作日|每[天日周週月年]|当[天日]|當[天日]|次日|[实實][时時]",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"[<>=≤≥＜＞＝≦≧]"
    r"|\b(?:at (?:least|most)|(?:no|not) (?:more|less|fewer|later|earlier|worse|slower) than|(?:more|less|fewer|faster|higher|lower) than"
    r"|within|under|below|above|over|up to|maximum|minimum|equals?|equal to|exactly|all|every|each|none|zero|identical)\b"
    r"|至少|至多|最多|最少|最高|最低|不[少多高低大小晚早][于於]|不超[过過]|超[过過]|[少多高低大小等][于於]|以[内內上下]|之[内內]|全部|所有|每[个個条條次人项項]|一致",
    re.IGNORECASE,
)


def is_measurable(acceptance: str) -> bool:
    """Say whether the acceptance of a requirement names a number, a percentage, a length of time or a comparison."""
    return any(pattern.search(acceptance) for pattern in (_NUMBER, _TIME, _COMPARISON))
