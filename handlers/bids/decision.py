"""Whether we bid (§4.4.1): `/bid go`, `nogo` and `reopen`, the request for a decision, and who is told."""

from collections.abc import Sequence

from pydantic import Field

from bot.language import N_, Translator, translator
from bot.policy import bids as policy
from bot.policy.bids import Bid, Condition, Scorecard, State, Step
from bot.policy.people import Person
from bot.views.bids import decision as views
from bot.views.bids.steps import GO, NO_GO, REOPEN
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, keep, receipt, roles, who_decides
from handlers.bids.shares import ask_to_agree
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

ACTIONS = {State.GO_DECIDED: GO, State.NO_GO: NO_GO}


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the decision."""
    routes.command(
        "/bid",
        "new",
        Word("go", go, N_("go X [why]"), N_("decide to bid"), ("参与", "參與")),
        Word("nogo", nogo, N_("nogo X [why]"), N_("decide not to bid"), ("no-go", "放弃", "放棄")),
        Word("reopen", reopen, N_("reopen X [why]"), N_("take a no-go up again"), ("重启", "重啟")),
    )
    routes.button(GO, go_pressed)
    routes.button(NO_GO, nogo_pressed)
    routes.button(REOPEN, reopen_pressed)
    routes.button(views.ASK, ask)
    routes.form(GO, Reason, go_filled)
    routes.form(NO_GO, Reason, nogo_filled)
    routes.form(REOPEN, Reason, reopen_filled)


class Reason(Form):
    """Why it is decided so."""

    reason: str = Field(min_length=1, max_length=views.REASON_LIMIT)


def go(turn: Turn, shelves: Shelves) -> Answer:
    """Decide to bid, as typed."""
    found = find_bid(turn, shelves, GO)
    return decide(turn, shelves, found.bid, State.GO_DECIDED, said(found.rest))


def go_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Decide to bid, by button."""
    return decide(turn, shelves, bid_by_value(turn, shelves), State.GO_DECIDED, clean(turn.value.partition(":")[2]))


def go_filled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Decide to bid, against the scorecard and for a reason."""
    return take(turn, shelves, bid_by_id(turn, shelves, turn.metadata), State.GO_DECIDED, clean(form.reason))


def nogo(turn: Turn, shelves: Shelves) -> Answer:
    """Decide not to bid, as typed."""
    found = find_bid(turn, shelves, NO_GO)
    return decide(turn, shelves, found.bid, State.NO_GO, said(found.rest))


def nogo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Decide not to bid, by button."""
    return decide(turn, shelves, bid_by_value(turn, shelves), State.NO_GO, clean(turn.value.partition(":")[2]))


def nogo_filled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Decide not to bid, against the scorecard and for a reason."""
    return take(turn, shelves, bid_by_id(turn, shelves, turn.metadata), State.NO_GO, clean(form.reason))


def decide(turn: Turn, shelves: Shelves, bid: Bid, verdict: State, reason: str) -> Answer:
    """Decide; what is missing is asked for: an assessment, or a reason against the scorecard."""
    try:
        return take(turn, shelves, bid, verdict, reason)
    except policy.Unassessed:
        return Say(views.unassessed(turn._, bid))
    except policy.OverrideUnexplained:
        return Open(views.reason_form(turn._, ACTIONS[verdict], bid, card(turn, bid)))


def take(turn: Turn, shelves: Shelves, bid: Bid, verdict: State, reason: str, conditions: Sequence[Condition] = ()) -> Answer:
    """Decide, and tell those whom it concerns."""
    policy.check_decider(bid, turn.person.id, who_decides(turn, shelves, bid), turn.handbook)
    version = turn.handbook.version
    step = policy.decide(bid, verdict, card(turn, bid), turn.person.id, turn.now, reason[: views.REASON_LIMIT], conditions, version)
    change = keep(turn, shelves, step)
    tell(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, steps, change))


def tell(turn: Turn, shelves: Shelves, step: Step) -> None:
    """Tell the owner, ask those who see to conditions, and at a "go" those who have a share of the credit."""
    bid = step.bid
    owner = speaking_to(shelves, bid.owner)
    shelves.outbox.say(f"{views.TOLD}:{bid.id}:{turn.request}", bid.owner, views.told(owner, bid), subject=bid.subject)
    for index, each in enumerate(bid.conditions if bid.state is State.CONDITIONAL else ()):
        message = views.condition_asked(speaking_to(shelves, each.owner), bid, index)
        key = f"{views.CONDITION_ASKED}:{index}:{bid.id}:{turn.request}"
        shelves.outbox.say(key, each.owner, message, subject=bid.subject)
    if bid.state is State.GO_DECIDED:
        ask_to_agree(turn, shelves, bid)


def ask(turn: Turn, shelves: Shelves) -> Answer:
    """Ask whoever may decide, the nearest manager first; an older request makes way for this one."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    if not bid.ratings:
        return Say(views.unassessed(turn._, bid))
    policy.check(bid, policy.Action.GO)
    policy.check_complete(bid, card(turn, bid), turn.now)
    people = who_decides(turn, shelves, bid)
    if not people:
        policy.check_decider(bid, turn.person.id, people, turn.handbook)
    asked = [person for person in people if person.id in shelves.people.managers_of(bid.owner)][:1] or people
    put_question(turn, shelves, bid, asked)
    return Say(views.decision_asked(turn._, bid, turn._.list([person.name for person in asked])))


def put_question(turn: Turn, shelves: Shelves, bid: Bid, people: Sequence[Person]) -> None:
    """Ask these people for the decision."""
    for said_before in shelves.outbox.about(bid.subject):
        if said_before.key.startswith(f"{views.ASKED}:"):
            shelves.outbox.withdraw(said_before.key)
    for person in people:
        message = views.asked(translator(person.speaks), bid, card(turn, bid))
        shelves.outbox.say(f"{views.ASKED}:{bid.id}:{person.id}:{turn.request}", person.id, message, subject=bid.subject)


def reopen(turn: Turn, shelves: Shelves) -> Answer:
    """Take a no-go up again, as typed."""
    found = find_bid(turn, shelves, REOPEN)
    return take_up(turn, shelves, found.bid, said(found.rest))


def reopen_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask why the no-go is taken up again, unless it was typed before the bid was picked."""
    return take_up(turn, shelves, bid_by_value(turn, shelves), clean(turn.value.partition(":")[2]))


def reopen_filled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Take a no-go up again, for the reason given."""
    return take_up(turn, shelves, bid_by_id(turn, shelves, turn.metadata), clean(form.reason))


def take_up(turn: Turn, shelves: Shelves, bid: Bid, why: str) -> Answer:
    """Take a no-go up again; it is for those who could decide, and needs a reason."""
    policy.check_decider(bid, turn.person.id, who_decides(turn, shelves, bid), turn.handbook)
    policy.check(bid, policy.Action.REOPEN)
    if not why:
        return Open(views.reason_form(turn._, REOPEN, bid, card(turn, bid)))
    step = policy.reopen(bid, why[: views.REASON_LIMIT], turn.person.id, turn.now)
    return receipt(turn, shelves, step, views.reopened)


def speaking_to(shelves: Shelves, person: str) -> Translator:
    """Return the translator into the language of a person."""
    known = shelves.people.get(person)
    return translator(known.speaks if known else "")


def card(turn: Turn, bid: Bid) -> Scorecard:
    """Return the scorecard of a bid by the handbook."""
    return policy.scorecard(bid.ratings, turn.handbook.bids.assessment)


def said(rest: Sequence[Typed]) -> str:
    """Return the words behind a bid's name as text."""
    return clean(" ".join(word.typed for word in rest))
