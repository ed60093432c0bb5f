"""A quarter as people live it: what they type, press and fill in, while the clock goes on; steps that the stories share."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import app
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal
from bot.policy.appraisals.self_review import MARK, all_fields
from bot.policy.people import Role
from tests.office import Office, Seen, Somebody, open_office, pressables, text_of

ENGINEER = "presales_engineer"
SKILLS = ("professional_knowledge", "communication", "analysis", "teamwork", "learning")
PARTS = ("results", "quality", "satisfaction", "teamwork")
MARKS = {f"mark_part_{part}": "4" for part in PARTS}
RATED = {f"mark_skill_{skill}": "3" for skill in SKILLS}
RULES = "bonus:\n  bases: {presales_engineer: 9000}\nsurveys:\n  base_url: https://desk.example/presales/\n"
TEAM = ("ann", "bob", "lin", "chen")


@contextmanager
def company(database: str, folder: Path, rules: str = RULES) -> Iterator[Office]:
    """Open an office: four engineers of May's, who reports to Ada; Hana and Dan are the HR department."""
    handbook = folder / "handbook.yaml"
    handbook.write_text(rules, "utf-8")
    with open_office(database, http=True, handbook=handbook, real_pace=False) as office:
        for name in TEAM:
            office.places(name, manager="may", post=ENGINEER, team="North")
        office.places("may", manager="ada", post="department_manager", team="North")
        for name in ("hana", "dan"):
            office.places(name, roles=frozenset({Role.HR, Role.COLLEAGUE}))  # type: ignore[arg-type]
        yield office
        office.bot.stop()


def restarts(office: Office) -> None:
    """Have the bot stopped and started again, on the same books."""
    settings, handbook = office.bot.settings, office.bot.desk.handbook
    office.bot.stop()
    office.bot = app.Bot(settings, handbook, office.clock)
    office.bot.listen()


def sleeps_until(office: Office, *moment: int) -> None:
    """Have nothing happen until a moment in Shanghai: year, month, day, hour, minute."""
    office.clock.move_to(there(*moment))


def until(office: Office, *moment: int) -> None:
    """Let time pass until a moment in Shanghai, with all that the bot does in it: year, month, day, hour, minute."""
    office.bot.scheduler.pass_time(there(*moment))
    office.settle()


def there(*moment: int) -> datetime:
    """Return a moment in Shanghai."""
    return datetime(*moment, tzinfo=ZoneInfo("Asia/Shanghai"))  # type: ignore[arg-type, misc]


def about(person: Somebody, words: str) -> Seen:
    """Return the last message to somebody in which these words stand."""
    found = [seen for seen in person.told if words in seen.words]
    assert found, f"{words!r} is not among {[seen.words[:300] for seen in person.told]}"
    return found[-1]


def pressed(seen: Seen, label: str) -> Seen:
    """Press what bears this label; return what is answered, which must be something."""
    answer = seen.press(label)
    assert answer is not None, f"{label!r} was not answered"
    return answer


def fills(person: Somebody, **fields: str) -> dict[str, str]:
    """Fill the step on top by what its fields are called, and submit it; return the errors."""
    view = person.form()
    heard = {block["block_id"]: block["element"]["action_id"] for block in view["blocks"] if block["type"] == "input"}
    result = person.office.sandbox.control.submit(person.id, view["id"], {name: {heard[name]: text} for name, text in fields.items()})
    person.office.settle()
    return result["errors"] or {}


def turns_to(person: Somebody, page: str) -> None:
    """Go to another step of the self-review that is open."""
    view = person.form()
    found = [rest for block in view["blocks"] for _, *rest in pressables({"blocks": [block]}) if rest[1:] == ["appraisals.turn_to", page]]
    assert found, f"there is no way to {page!r} in {words_of(view)!r}"
    block, action, value = found[0]
    person.office.sandbox.control.press(person.id, view=view["id"], block_id=block, action_id=action, value=value)
    person.office.settle()


def words_of(view: dict[str, Any]) -> str:
    """Return the words of a form."""
    return "\n".join(text_of(block) for block in view["blocks"])


def closes(person: Somebody) -> None:
    """Close all that is open."""
    control = person.office.sandbox.control
    for view in control.views(person.id)[:1]:
        control.close(person.id, view["id"], all=True)


def reviews_themselves(person: Somebody, summary: str, mark: str = "4") -> None:
    """Fill in the steps of the self-review, and hand it in."""
    fields = {name: mark if name.startswith(MARK) else f"{summary}: {name}" for name in all_fields(SKILLS)}
    assert fills(person, summary=summary) == {}
    assert fills(person, **{name: text for name, text in fields.items() if "_part_" in name}) == {}
    assert fills(person, **{name: text for name, text in fields.items() if "_skill_" in name}) == {}
    assert fills(person) == {}


def scores(manager: Somebody, number: int, grade: str, why: str = "", late_why: str = "", marks: Mapping[str, str] = MARKS) -> str:
    """Score the person of an appraisal from the list; return the words in which the marks are compared."""
    begins_to_score(manager, number)
    if late_why:
        assert fills(manager, late_why=late_why) == {}
    assert fills(manager) == {}
    assert fills(manager, **marks) == {}
    assert fills(manager, **RATED, comment="Steady work", development="Negotiation") == {}
    compared = words_of(manager.form())
    assert fills(manager, grade=grade, **({"why": why} if why else {})) == {}
    return compared


def begins_to_score(manager: Somebody, number: int) -> None:
    """Press the button that scores the person of an appraisal, in the manager's list."""
    listed = next(
        seen for seen in manager.told if any(rest[1:] == ["appraisals.score", str(number)] for _, *rest in pressables(seen.message))
    )
    block, action, value = next(rest for _, *rest in pressables(listed.message) if rest[1:] == ["appraisals.score", str(number)])
    control = manager.office.sandbox.control
    control.press(manager.id, message=(listed.channel, listed.message["ts"]), block_id=block, action_id=action, value=value)
    manager.office.settle()


def rates(rater: Somebody, person: str, mark: str = "") -> None:
    """Answer the question about a colleague; without a mark, that one cannot say."""
    message = next(
        seen for seen in reversed(rater.told) if any(action == "appraisals.rate" for _, _, action, _ in pressables(seen.message))
    )
    block = next(block for block in message.message["blocks"] if text_of(block).startswith(person))
    control = rater.office.sandbox.control
    pressing = {"block_id": block["block_id"], "action_id": "appraisals.rate", "value": block["accessory"]["value"]}
    control.press(rater.id, message=(message.channel, message.message["ts"]), **pressing)
    rater.office.settle()
    given = {"communication": mark, "problem_solving": mark} if mark else {"cannot": ["cannot"]}
    assert rater.fills(**given) == {}


def cycle_of(office: Office, period: str) -> Cycle:
    """Return the cycle of a period."""
    with office.bot.store.look() as shelves:
        found = shelves.cycles.of_period(period)
    assert found is not None
    return found


def of(office: Office, name: str, period: str) -> Appraisal:
    """Return somebody's appraisal of a period."""
    with office.bot.store.look() as shelves:
        found = shelves.appraisals.of(cycle_of(office, period).id, getattr(office, name).id)
    assert found is not None
    return found


def keys(office: Office, *kinds: str) -> dict[str, Any]:
    """Return the messages of some kinds that were said, by key."""
    with office.bot.store.look() as shelves:
        return {one.key: one for one in shelves.outbox.after(0, 10_000) if one.key.partition(":")[0] in kinds}
