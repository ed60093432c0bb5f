"""The department's channels: who is in them, and what was said there lately."""

from datetime import datetime, time
from typing import NamedTuple

from sandbox.department import talk
from sandbox.department.dates import moment
from sandbox.department.people import (
    CROW,
    DANIEL,
    ELIF,
    GAOYUAN,
    GRACE,
    HEJUN,
    IVY,
    JONAS,
    LEFT,
    LEO,
    MARCUS,
    MEMBERS,
    NING,
    PEISHAN,
    PRIYA,
    SHANGHAI,
    WEI,
    XIAOTONG,
    ZHOULAN,
)
from sandbox.department.talk import Line
from sandbox.workspace.channels import ChannelData, MessageData

EVERYBODY = tuple(member.id for member in MEMBERS if member.id not in LEFT)
PRESALES = (GRACE, WEI, XIAOTONG, PEISHAN, JONAS, PRIYA, GAOYUAN)


class Place(NamedTuple):
    """A channel as the department set it up; its first member made it."""

    id: str
    name: str
    members: tuple[str, ...]
    purpose: str
    lines: tuple[Line, ...]
    bot: bool = False
    private: bool = False
    shared: bool = False
    archived: bool = False


PLACES = (
    Place("C0GENERAL1", "general", (*EVERYBODY, CROW), "For everybody at Lanternfield Systems 灯野系统.", talk.GENERAL),
    Place("C0PRESALES", "presales", (*PRESALES, MARCUS, ZHOULAN, HEJUN), "Bids, demos, questions. 售前日常。", talk.PRESALES, bot=True),
    Place("C0WINS0001", "wins", EVERYBODY, "Every bid that we win. 中标喜报。", talk.WINS, bot=True),
    Place("C0PRODUCT1", "product", (*PRESALES, HEJUN), "What customers say of the product. 产品意见。", talk.PRODUCT, bot=True),
    Place("C0DEMOS001", "demos", PRESALES, "Demos to come, and what they taught us. 演示。", talk.DEMOS, bot=True),
    Place("C0DEALLINX", "deals-linxi", (ZHOULAN, WEI, XIAOTONG, HEJUN, GRACE, LEO), "临汐市大数据局：投标筹备。", talk.LINXI, bot=True),
    Place("C0DEALWIND", "deals-windlass", (MARCUS, PRIYA, WEI), "Windlass Marine: fleet monitoring.", talk.WINDLASS),
    Place("C0DEALPELL", "deals-pellam", (MARCUS, GRACE, DANIEL), "Pellam Airways. Won, handed over, closed.", talk.PELLAM, archived=True),
    Place("C0MANAGERS", "presales-managers", (GAOYUAN, GRACE, PRIYA, NING), "Staffing and reviews.", talk.MANAGERS, private=True),
    Place("C0EXTQUILL", "ext-quillhaven", (MARCUS, WEI, IVY, ELIF), "With our partner Quillhaven.", talk.QUILLHAVEN, shared=True),
)


def channels(start: datetime) -> list[ChannelData]:
    """Return the channels as they are at the start."""
    return [channel(place, start) for place in PLACES]


def channel(place: Place, start: datetime) -> ChannelData:
    """Return one channel with its history."""
    return {
        "id": place.id,
        "name": place.name,
        "members": list(place.members),
        "bot": place.bot,
        "private": place.private,
        "archived": place.archived,
        "shared": place.shared,
        "purpose": place.purpose,
        "messages": [message(line, start) for line in place.lines],
    }


def message(line: Line, start: datetime) -> MessageData:
    """Return a line as a message of the past, with the replies in its thread."""
    said = moment(start, line.day, time.fromisoformat(line.time), SHANGHAI)
    replies = [message(reply, start) for reply in line.replies]
    return {"user": line.who, "text": line.text, "ago": (start - said).total_seconds(), "replies": replies}
