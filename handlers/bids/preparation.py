"""Preparing a bid (§4.4.2): `/bid team`, `parts` and `deadline`, their buttons and forms, and what the team is told."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import N_, Translator, translator
from bot.policy.bids import Bid, Member, PartKind, Step
from bot.policy.bids import preparation as policy
from bot.policy.bids.document_review import steps_offered
from bot.policy.calendar import Calendar
from bot.policy.refusal import Refusal
from bot.views.bids import preparation as views
from bot.views.bids.progress import PREPARATION_PAGE
from bot.views.bids.steps import TEAM
from bot.views.blocks import Message, Sentence
from bot.words.text import Word as Typed
from bot.words.text import clean, fold, words
from bot.words.times import read_when
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, keep, receipt, roles
from handlers.colleagues import Seat, colleague, meant, naming, seats
from handlers.context import Answer, Done, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

ROLE = {fold(word): role for role, spellings in views.ROLES.items() for word in spellings}
BETWEEN = re.compile(r"[,，、;；:：/+&]")
JOINING = frozenset({"", "and", "part", "as", "for", "和", "与", "與", "及"})
LONGEST_ROLE = 60

Tell = Callable[[Translator, Bid, str], Message]


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of preparing a bid."""
    routes.command(
        "/bid",
        "new",
        Word("team", team, N_("team X @a role @b role"), N_("name the team and who writes what"), ("团队", "團隊", "小组", "小組")),
        Word("parts", show, N_("parts X"), N_("see how far the preparation is"), ("preparation", "准备", "準備", "分工")),
        Word("deadline", deadline, N_("deadline X WHEN"), N_("move the deadline"), ("截止", "截止时间", "截止時間", "延期")),
    )
    routes.button(TEAM, team_pressed)
    routes.button(PREPARATION_PAGE, show_pressed)
    routes.button(views.PARTS, parts_pressed)
    routes.button(views.DONE, done)
    routes.button(views.UNDONE, undone)
    routes.button(views.DEADLINE, deadline_pressed)
    routes.form(TEAM, Team, team_filled)
    routes.form(views.PARTS, Parts, parts_filled)
    routes.form(views.DEADLINE, Deadline, deadline_filled)


class Team(Form):
    """Who writes which part, who leads, and who else takes part."""

    commercial: str = ""
    technical: str = ""
    price: str = ""
    lead: str = ""
    others: tuple[str, ...] = ()


class Parts(Form):
    """Until when each part is to be written, and the milestones reached."""

    commercial_due: datetime | None = None
    technical_due: datetime | None = None
    price_due: datetime | None = None
    reached: tuple[str, ...] = ()


class Deadline(Form):
    """Another deadline."""

    deadline: datetime


def team(turn: Turn, shelves: Shelves) -> Answer:
    """Name the team as typed, or by form when nobody was."""
    found = find_bid(turn, shelves, TEAM)
    return seat(turn, shelves, found.bid, found.rest)


def team_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the team, unless it was typed before the bid was picked."""
    bid = bid_by_value(turn, shelves)
    return seat(turn, shelves, bid, typed_in(turn))


def seat(turn: Turn, shelves: Shelves, bid: Bid, typed: Sequence[Typed]) -> Answer:
    """Name those who were typed, with their roles; without any, ask by form."""
    allow(turn, shelves, bid)
    policy.check_team(bid)
    if not typed:
        return Open(views.team_form(turn._, bid))
    named = seats(typed)
    if not named:
        raise Refusal(N_("Name each person with @ and say what they do, for example: @Ann technical @Bob commercial."))
    return name(turn, shelves, bid, [Member(person=meant(shelves, one.person).id, role=role_of(one)) for one in named])


def role_of(one: Seat) -> str:
    """Return the roles typed for somebody: known ones by their id, others as they were typed."""
    typed = [piece for word in one.words for piece in ([word.typed] if word.quoted else BETWEEN.split(word.typed))]
    said = [ROLE.get(fold(piece), clean(piece)) for piece in typed if fold(piece) not in JOINING]
    return ", ".join(dict.fromkeys(said))[:LONGEST_ROLE]


def team_filled(turn: Turn, shelves: Shelves, form: Team) -> Answer:
    """Name the team from the form; who is left out of it leaves the team."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    chosen: dict[str, str] = {kind: getattr(form, kind) or bid.owner for kind in PartKind}
    chosen[policy.LEAD] = form.lead
    people = list(dict.fromkeys([*(person for person in chosen.values() if person), *form.others]))
    kept = {member.person: [role for role in policy.roles_of(member) if role not in chosen] for member in bid.members}
    members = [
        Member(
            person=colleague(shelves, person).id,
            role=", ".join([*(role for role, who in chosen.items() if who == person), *kept.get(person, [])]),
        )
        for person in people
    ]
    return name(turn, shelves, bid, members, leaving=set(bid.team) - set(people))


def name(turn: Turn, shelves: Shelves, bid: Bid, members: Sequence[Member], leaving: Iterable[str] = ()) -> Answer:
    """Keep the team, answer with the plan, and tell each member what is theirs."""
    steps = turn.handbook.bids.milestones
    step = policy.name_team(bid, members, calendar(turn), steps, turn.person.id, turn.now, leaving)
    answer = prepared(turn, shelves, step, views.headline(turn._, step.bid))
    tell(shelves, step.bid, policy.told_of(step.bid), views.tasks, views.TASKS)
    return answer


def tell(shelves: Shelves, bid: Bid, people: Iterable[str], message: Tell, kind: str, slot: str = "") -> None:
    """Tell people something about a bid, each in their language, once for each slot."""
    for one in people:
        if person := shelves.people.get(one):
            key = f"{kind}:{bid.id}:{one}:{slot}"
            shelves.outbox.say(key, one, message(translator(person.speaks), bid, one), subject=bid.subject)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show how far the preparation of a bid is."""
    return shown(turn, shelves, find_bid(turn, shelves, PREPARATION_PAGE).bid)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show how far the preparation of the bid of this button is."""
    return shown(turn, shelves, bid_by_value(turn, shelves))


def shown(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Answer with the page of a bid's preparation."""
    return Say(views.page(turn._, bid, views.headline(turn._, bid), page_for(turn, shelves, bid)))


def prepared(turn: Turn, shelves: Shelves, step: Step, sentence: Sentence) -> Answer:
    """Keep a step of the preparation, and answer with what was understood and the page as it is now."""
    change = keep(turn, shelves, step)
    return Say(views.page(turn._, step.bid, sentence, page_for(turn, shelves, step.bid), change))


def page_for(turn: Turn, shelves: Shelves, bid: Bid) -> views.Page:
    """Return what the page needs to know of the reader, the day and the handbook."""
    language, bids = turn.person.speaks, turn.handbook.bids
    milestones = {step.id: step.name[language] for step in bids.milestones}
    checklist = {item.id: item.name[language] for item in bids.checklist}
    steps = steps_offered(bid, roles(turn, shelves, bid), checklist)
    return views.Page(turn.person.id, turn.now, steps, milestones, checklist)


def parts_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the parts and milestones."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    policy.check_writable(bid)
    return Open(views.parts_form(turn._, bid, page_for(turn, shelves, bid).milestones))


def parts_filled(turn: Turn, shelves: Shelves, form: Parts) -> Answer:
    """Keep the dates of the parts and the milestones reached."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    dues = {kind: getattr(form, f"{kind}_due") for kind in PartKind}
    return prepared(turn, shelves, policy.set_parts(bid, dues, form.reached, turn.person.id, turn.now), views.headline(turn._, bid))


def done(turn: Turn, shelves: Shelves) -> Answer:
    """Record that a part is written."""
    return mark(turn, shelves, finished=True)


def undone(turn: Turn, shelves: Shelves) -> Answer:
    """Record that a part is not written after all."""
    return mark(turn, shelves, finished=False)


def mark(turn: Turn, shelves: Shelves, *, finished: bool) -> Answer:
    """Keep whether a part is written; the message in which that was pressed says so by itself, a page is shown anew."""
    bid = bid_by_value(turn, shelves)
    _id, kind, place = [*turn.value.split(":"), "", ""][:3]
    with naming(turn, shelves):
        step = policy.finish(bid, kind, turn.person.id, turn.now, finished)
    if place:
        return prepared(turn, shelves, step, views.headline(turn._, step.bid))
    keep(turn, shelves, step)
    return Done()


def deadline(turn: Turn, shelves: Shelves) -> Answer:
    """Move the deadline as typed, or by form when no time was."""
    found = find_bid(turn, shelves, views.DEADLINE)
    return move_as_typed(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def deadline_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the deadline, unless a time was typed before the bid was picked."""
    bid = bid_by_value(turn, shelves)
    return move_as_typed(turn, shelves, bid, turn.value.partition(":")[2])


def move_as_typed(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Move the deadline to the time that was typed; without one, ask by form."""
    allow(turn, shelves, bid)
    if not typed.strip():
        return Open(views.deadline_form(turn._, bid))
    when = read_when(typed, turn.now, ZoneInfo(turn.person.zone))
    return move(turn, shelves, bid, when.instant, when.zone)


def deadline_filled(turn: Turn, shelves: Shelves, form: Deadline) -> Answer:
    """Move the deadline to the time of the form; it stays on the buyer's clock."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return move(turn, shelves, bid, form.deadline, bid.zone if bid.deadline else turn.person.zone)


def move(turn: Turn, shelves: Shelves, bid: Bid, moment: datetime, zone: str) -> Answer:
    """Keep the deadline with the milestones planned anew, say it back in full, and tell the others of the team."""
    step = policy.move_deadline(bid, moment, zone, calendar(turn), turn.handbook.bids.milestones, turn.person.id, turn.now)
    planned = bool(step.bid.milestones)
    sentence = views.deadline_moved(turn._, step.bid)
    answer = prepared(turn, shelves, step, sentence) if planned else receipt(turn, shelves, step, views.deadline_moved)
    others = [person for person in policy.told_of(step.bid) if person != turn.person.id]
    tell(shelves, step.bid, others, views.moved, views.MOVED, f"{moment:%Y%m%dT%H%M}")
    return answer


def calendar(turn: Turn) -> Calendar:
    """Return the company's calendar, by which milestones are planned."""
    return Calendar(turn.handbook.company)


def typed_in(turn: Turn) -> list[Typed]:
    """Return the words that a picker's button carries behind the bid."""
    return words(turn.value.partition(":")[2])
