"""Deciding about honours: `/honour decide`, `shortlist`, `award`, `reconsider`, `announce`, `revoke`, and what is shown of a nomination."""

from collections.abc import Callable

from pydantic import Field

from bot.language import N_
from bot.policy.honours import deciding as policy
from bot.policy.honours.deciding import Reasons, left
from bot.policy.honours.merits import shortlist
from bot.policy.honours.nominating import nominated
from bot.policy.honours.record import LONG, Nomination, Phase, Round
from bot.policy.honours.steps import NOMINATIONS, Action
from bot.policy.machine import Step
from bot.policy.refusal import Refusal
from bot.views.honours import fame, forms, receipts
from bot.views.honours import steps as ids
from bot.words.text import clean
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.honours import desk
from handlers.honours.fame import state_told
from handlers.honours.nominating import only_own
from handlers.honours.rounds import Reason
from handlers.routes import Handler, Routes, Word
from storage.honouring import judged, keep_nomination, keep_round, publish
from storage.store import Shelves

Do = Callable[[Turn, Shelves, str], Answer]


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    routes.command(
        "/honour",
        "list",
        Word("show", typed(show), N_("show N-5"), N_("see a nomination"), ("查看", "显示", "顯示")),
        Word(
            "decide",
            typed(decide),
            N_("decide H-3"),
            N_("sort the nominations, with what speaks for each"),
            ("评定", "評定"),
            needs="honours.decide",
        ),
        Word("add", typed(add), N_("add N-5 why"), N_("put somebody on the shortlist"), ("加入",), needs="honours.decide"),
        Word("award", typed(award), N_("award N-5"), N_("award the honour"), ("授予",), needs="honours.decide"),
        Word(
            "reconsider",
            typed(reconsider),
            N_("reconsider N-5"),
            N_("take an award back before it is announced"),
            ("重新评定", "重新評定"),
            needs="honours.decide",
        ),
        Word("announce", typed(announce), N_("announce H-3"), N_("announce what is awarded"), ("公布", "宣布"), needs="honours.decide"),
        Word("revoke", typed(revoke), N_("revoke N-5 why"), N_("revoke an honour"), ("撤回",), needs="honours.decide"),
    )
    pressed_ones = {ids.SHOW: show, ids.DECIDE: decide, ids.SHORTLIST: add, ids.AWARD: award}
    for name, do in (pressed_ones | {ids.RECONSIDER: reconsider, ids.ANNOUNCE: announce, ids.REVOKE: revoke}).items():
        routes.button(name, pressed(do))
    routes.form(ids.AWARD, Award, awarded)
    routes.form(ids.SHORTLIST, Reason, added)
    routes.form(ids.REVOKE, Reason, revoked)


class Award(Form):
    """What an honour is given for, for all to read, and the reason, which is kept."""

    citation: str = Field(min_length=1, max_length=LONG)
    reason: str = Field(min_length=1, max_length=LONG)


def typed(do: Do) -> Handler:
    """Return the handler of a word: it does this with what was typed."""
    return lambda turn, shelves: do(turn, shelves, turn.text.strip())


def pressed(do: Do) -> Handler:
    """Return the handler of a button: it does this with the number that it carries."""
    return lambda turn, shelves: do(turn, shelves, turn.value)


def show(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Show a nomination: all of it to those who decide, to others what they said themselves."""
    found, its_round = desk.nomination_meant(turn, shelves, text)
    called, inner = desk.names(turn, shelves, [found]), desk.weighs(turn, shelves, found)
    if not inner:
        own = only_own(desk.masked(turn, shelves, found), turn.person.id)
        return Say(fame.sheet(turn._, own, called, state_told(shelves, found), inner=False, steps=[], undo=None, lead=()))
    others = shelves.nominations.of(found.type, found.period)
    steps = desk.row(turn, shelves, its_round, found, others).steps if its_round else []
    state = NOMINATIONS.names[found.state]
    shown = desk.masked(turn, shelves, found)
    return Say(fame.sheet(turn._, shown, called, state, inner=True, steps=steps, undo=None, lead=()))


def decide(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Begin to decide a round, and show it: everybody is looked at, and whom the measures put forward comes in."""
    found = desk.round_meant(turn, shelves, text)
    if found.state is Phase.DECIDING:
        return desk.page(turn, shelves, found)
    desk.in_charge(turn, shelves, found)
    begun = policy.begin(found, turn.person.id, turn.now)
    everybody = judged(shelves, found, turn.handbook, turn.now)
    best = shortlist(everybody, turn.handbook.honours.shortlist)
    standing = [one if one.id else put_forward(turn, shelves, one) for one in everybody if one.id or one in best]
    change = keep_round(shelves, begun, turn.handbook, turn.request)
    for step in policy.examined(standing, turn.handbook.honours.shortlist, turn.person.id, turn.now):
        keep_nomination(shelves, step, turn.handbook, turn.request)
    return desk.page(turn, shelves, begun.record, lead=receipts.stands(turn._, begun.record), undo=change)


def put_forward(turn: Turn, shelves: Shelves, nominee: Nomination) -> Nomination:
    """Enter somebody whom nobody nominated, but the measures put on the shortlist."""
    fresh = shelves.nominations.add(nominee)
    keep_nomination(shelves, nominated(fresh), turn.handbook, turn.request)
    return fresh


def deciding(turn: Turn, shelves: Shelves, text: str, action: Action) -> tuple[Nomination, Round]:
    """Return a nomination with its round, for somebody who may take this step of it."""
    found, its_round = desk.nomination_meant(turn, shelves, text)
    desk.decides(turn, shelves, found)
    check_state(shelves, found, action)
    if its_round is None:
        raise Refusal(N_("Its round has not begun yet."))
    return found, its_round


def check_state(shelves: Shelves, nomination: Nomination, action: Action) -> None:
    """Refuse a step that a nomination cannot take, naming who is nominated."""
    person = shelves.people.get(nomination.person) if nomination.person else None
    if person and (nomination.state, action) not in NOMINATIONS.transitions:
        reason, state = N_("{called} ({number}) is {state}."), NOMINATIONS.names[nomination.state]
        raise Refusal(reason, called=person.name, number=nomination.number, state=state)
    NOMINATIONS.check(nomination, action)


def add(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Put an eligible nominee on the shortlist for the reason typed, or ask for it."""
    found, its_round = deciding(turn, shelves, text, Action.SHORTLIST)
    policy.check_deciding(its_round)
    why = clean(text.partition(" ")[2])
    return shortlisted(turn, shelves, found, its_round, why) if why else Open(forms.reason_form(turn._, ids.SHORTLIST, found.id))


def added(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Put an eligible nominee on the shortlist for the reason of the form."""
    found, its_round = deciding(turn, shelves, turn.metadata, Action.SHORTLIST)
    return shortlisted(turn, shelves, found, its_round, clean(form.reason))


def shortlisted(turn: Turn, shelves: Shelves, nomination: Nomination, round: Round, why: str) -> Answer:
    """Put an eligible nominee on the shortlist."""
    return receipt(turn, shelves, round, policy.add_to_shortlist(round, nomination, why, turn.person.id, turn.now))


def award(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Open the form that awards the honour to a nominee."""
    found, its_round = deciding(turn, shelves, text, Action.AWARD)
    policy.check_deciding(its_round)
    if left(its_round, shelves.nominations.of(found.type, found.period)) < 1:
        raise policy.no_more(its_round)
    return Open(forms.award_form(turn._, found, desk.names(turn, shelves, [found])))


def awarded(turn: Turn, shelves: Shelves, form: Award) -> Answer:
    """Award the honour, for the reasons of the form."""
    found, its_round = deciding(turn, shelves, turn.metadata, Action.AWARD)
    given = Reasons(clean(form.reason), clean(form.citation))
    others = shelves.nominations.of(found.type, found.period)
    return receipt(turn, shelves, its_round, policy.award(its_round, others, found, given, turn.person.id, turn.now))


def reconsider(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Take an award back onto the shortlist."""
    found, its_round = deciding(turn, shelves, text, Action.RECONSIDER)
    return receipt(turn, shelves, its_round, policy.reconsider(its_round, found, turn.person.id, turn.now))


def announce(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Announce what is awarded in a round."""
    found = desk.round_meant(turn, shelves, text)
    nominations = desk.in_charge(turn, shelves, found)
    step, others = policy.announce(found, nominations, turn.person.id, turn.now)
    change = keep_round(shelves, step, turn.handbook, turn.request)
    for each in others:
        keep_nomination(shelves, each, turn.handbook, turn.request)
    publish(shelves, step.record, turn.handbook)
    return desk.stepped(turn, shelves, step.record, change)


def revoke(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Revoke an honour for the reason typed, or ask for it."""
    found, its_round = deciding(turn, shelves, text, Action.REVOKE)
    if found.announced_at is None:
        raise Refusal(N_("It is not announced yet. Reconsider it instead."))
    why = clean(text.partition(" ")[2])
    return taken_away(turn, shelves, found, its_round, why) if why else Open(forms.reason_form(turn._, ids.REVOKE, found.id))


def revoked(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Revoke an honour for the reason of the form."""
    found, its_round = deciding(turn, shelves, turn.metadata, Action.REVOKE)
    return taken_away(turn, shelves, found, its_round, clean(form.reason))


def taken_away(turn: Turn, shelves: Shelves, nomination: Nomination, round: Round, why: str) -> Answer:
    """Revoke an honour; what was announced says so."""
    return receipt(turn, shelves, round, policy.revoke(nomination, why, turn.person.id, turn.now))


def receipt(turn: Turn, shelves: Shelves, round: Round, step: Step[Nomination]) -> Answer:
    """Remember what was decided; answer with it, with what is still to award, and the way back."""
    change = keep_nomination(shelves, step, turn.handbook, turn.request)
    rest = left(round, shelves.nominations.of(round.type, round.period))
    return Say(receipts.decided(turn._, step.record, round, rest, change))
