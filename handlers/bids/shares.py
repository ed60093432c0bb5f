"""Shares of the credit (§5.1.1): `/bid shares`, typed or by form, and the button by which everybody agrees to theirs."""

from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from bot.language import N_, translator
from bot.policy import bids as policy
from bot.policy.bids import Bid
from bot.policy.bids.shares import check_changeable
from bot.policy.refusal import Refusal
from bot.policy.shares import PERCENT
from bot.views.bids import shares as views
from bot.views.bids.steps import SHARES
from bot.words.text import Word as Typed
from bot.words.text import words
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, receipt
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.percents import percent, typed_percents
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word, the buttons and the form of the shares."""
    meaning = N_("share the credit")
    routes.command("/bid", "new", Word("shares", shares, N_("shares X [@a 60 @b 40]"), meaning, ("share", "份额", "份額")))
    routes.button(SHARES, shares_pressed)
    routes.button(views.AGREE, agree)
    routes.form(SHARES, Percents, filled)


class Percents(Form):
    """Everybody's share as entered, by person, and somebody else's."""

    percents: dict[str, str]
    other: str = ""
    other_percent: str = Field(default="", max_length=8)

    @model_validator(mode="before")
    @classmethod
    def gather(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after people, together."""
        percents = {name.removeprefix(PERCENT): value for name, value in entered.items() if name.startswith(PERCENT)}
        return {"percents": percents, "other": entered.get(views.OTHER) or "", "other_percent": entered.get(views.OTHER_PERCENT) or ""}


def shares(turn: Turn, shelves: Shelves) -> Answer:
    """Propose the shares as typed, or open the form."""
    found = find_bid(turn, shelves, SHARES)
    return change(turn, shelves, found.bid, found.rest)


def shares_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form, or propose the shares that were typed before the bid was picked."""
    return change(turn, shelves, bid_by_value(turn, shelves), words(turn.value.partition(":")[2]))


def change(turn: Turn, shelves: Shelves, bid: Bid, typed: list[Typed]) -> Answer:
    """Propose shares when some are typed; otherwise open the form."""
    allow(turn, shelves, bid)
    check_changeable(bid)
    if typed:
        return propose(turn, shelves, bid, typed_percents(shelves, typed))
    people = dict.fromkeys((bid.owner, *bid.team, *(share.person for share in bid.shares)))
    known = {person: shelves.people.get(person) for person in people}
    return Open(views.form(turn._, bid, {key: person.name if person else key for key, person in known.items()}))


def filled(turn: Turn, shelves: Shelves, form: Percents) -> Answer:
    """Propose the shares of the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    percents = {person: percent(typed, PERCENT + person) for person, typed in form.percents.items()}
    if form.other or form.other_percent:
        if form.other in percents or not form.other:
            raise Refusal(N_("Please choose somebody who is not above."), field=views.OTHER)
        percents[form.other] = percent(form.other_percent, views.OTHER_PERCENT)
    return propose(turn, shelves, bid, percents)


def propose(turn: Turn, shelves: Shelves, bid: Bid, percents: dict[str, Decimal]) -> Answer:
    """Change the shares and ask everybody to agree."""
    known = {bid.owner, *bid.team, *(share.person for share in bid.shares)}
    for key in percents:
        colleague(shelves, key, PERCENT + key if key in known else views.OTHER)
    step = policy.propose_shares(bid, percents, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, views.proposed)
    ask_to_agree(turn, shelves, step.bid)
    return answer


def ask_to_agree(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Ask everybody who has not agreed to their share; older requests make way for these."""
    for said in shelves.outbox.about(bid.subject):
        if said.key.startswith(f"{views.ASKED}:"):
            shelves.outbox.withdraw(said.key)
    for share in bid.shares:
        person = None if share.agreed else shelves.people.get(share.person)
        if person:
            message = views.asked(translator(person.speaks), bid, person.id)
            shelves.outbox.say(f"{views.ASKED}:{bid.id}:{person.id}:{turn.request}", person.id, message, subject=bid.subject)


def agree(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the person agrees to their share."""
    bid = bid_by_value(turn, shelves)
    return receipt(turn, shelves, policy.agree_shares(bid, turn.person.id, turn.now), views.agreed)
