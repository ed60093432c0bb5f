"""Shares of the credit for a deal without a bid (§5.1.1): `/opportunity share`, and the button by which everybody agrees to theirs."""

from decimal import Decimal
from typing import Any

from pydantic import model_validator

from bot.language import N_, translator
from bot.policy import opportunities as policy
from bot.policy.opportunities import Opportunity
from bot.policy.shares import PERCENT
from bot.views.opportunities import forms as forms_views
from bot.views.opportunities import said as said_views
from bot.views.opportunities import sheet as sheet_views
from bot.views.opportunities import told as told_views
from bot.words.text import Word as Typed
from bot.words.text import words
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.opportunities.keeping import FIND, allow, meant_by_form, receipt
from handlers.percents import percent, typed_percents
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    word = Word("share", share, N_("share X [@a 60 @b 40]"), N_("share the credit"), ("shares", "份额", "份額"))
    routes.command("/opportunity", "new", word)
    routes.button(sheet_views.SHARE, share_pressed)
    routes.button(sheet_views.AGREE, agree)
    routes.form(sheet_views.SHARE, Percents, shared)


class Percents(Form):
    """Everybody's share as entered, by person."""

    percents: dict[str, str]

    @model_validator(mode="before")
    @classmethod
    def gather(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after people, together."""
        return {"percents": {name.removeprefix(PERCENT): value for name, value in entered.items() if name.startswith(PERCENT)}}


def share(turn: Turn, shelves: Shelves) -> Answer:
    """Propose shares of the credit as typed, or open the form."""
    found = FIND.find(turn, shelves, sheet_views.SHARE)
    return divide(turn, shelves, found.record, found.rest)


def share_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the shares, or propose those typed before the opportunity was picked."""
    return divide(turn, shelves, FIND.by_value(turn, shelves), words(turn.value.partition(":")[2]))


def divide(turn: Turn, shelves: Shelves, deal: Opportunity, typed: list[Typed]) -> Answer:
    """Share the credit for a deal: on its bid if there is one, else here."""
    allow(turn, shelves, deal)
    bid = next(iter(shelves.bids.of_opportunity(deal.id)), None)
    if bid:
        return Say(said_views.shares_of_bid(turn._, deal, bid.id))
    policy.check_live(deal)
    if typed:
        return propose(turn, shelves, deal, typed_percents(shelves, typed))
    people = dict.fromkeys((deal.owner, *deal.members, *(held.person for held in deal.shares)))
    known_as = {one: shelves.people.get(one) for one in people}
    return Open(forms_views.share_form(turn._, deal, {one: person.name if person else one for one, person in known_as.items()}))


def shared(turn: Turn, shelves: Shelves, form: Percents) -> Answer:
    """Propose the shares of the form."""
    percents = {person: percent(typed, PERCENT + person) for person, typed in form.percents.items()}
    return propose(turn, shelves, meant_by_form(turn, shelves), percents)


def propose(turn: Turn, shelves: Shelves, deal: Opportunity, percents: dict[str, Decimal]) -> Answer:
    """Change the shares and ask everybody to agree; older requests make way for these."""
    for key in percents:
        colleague(shelves, key, PERCENT + key)
    step = policy.share(deal, percents, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, said_views.proposed)
    for said in shelves.outbox.about(deal.subject):
        if said.key.startswith(f"{sheet_views.ASKED}:"):
            shelves.outbox.withdraw(said.key)
    for held in step.record.shares:
        person = None if held.agreed else shelves.people.get(held.person)
        if person:
            message = told_views.asked(translator(person.speaks), step.record, person.id)
            shelves.outbox.say(f"{sheet_views.ASKED}:{deal.id}:{person.id}:{turn.request}", person.id, message, subject=deal.subject)
    return answer


def agree(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the person agrees to their share."""
    deal = FIND.by_value(turn, shelves)
    return receipt(turn, shelves, policy.agree(deal, turn.person.id, turn.now), said_views.agreed)
