"""Assessing a bid (§4.4.1): `/bid assess`, each rater's form with its live total, and the scorecard of all."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.language import N_, translator
from bot.policy import bids as policy
from bot.policy.bids import UNDECIDED, Bid, Rating, Scorecard, State
from bot.policy.bids.assessment import COMMENT, HIGHEST, MARK
from bot.policy.people import Person, Role, require, standing
from bot.policy.refusal import Refusal
from bot.views.bids import assessment as views
from bot.views.bids import decision
from bot.views.bids.steps import ASSESS, UNDO
from bot.views.blocks import Block, button
from bot.words.text import Word as Typed
from bot.words.text import clean, words
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, check_told, keep, roles, who_decides
from handlers.colleagues import meant
from handlers.context import Answer, Open, Say, Show, Turn
from handlers.forms import Form, values
from handlers.routes import Routes, Word
from storage.store import Shelves

Marks = dict[str, Annotated[int, Field(ge=1, le=HIGHEST)]]
Comments = dict[str, Annotated[str, Field(max_length=views.COMMENT_LIMIT)]]


def register(routes: Routes) -> None:
    """Register the word, the buttons and the forms of the assessment."""
    routes.command("/bid", "new", Word("assess", assess, N_("assess X [@rater ...]"), N_("mark a bid by the scorecard"), ("评估", "評估")))
    routes.button(ASSESS, assess_pressed)
    routes.button(views.MARKED, marked)
    routes.button(views.RERATE, rerate)
    routes.button(views.CARD, card_pressed)
    routes.button(views.WHY, why)
    routes.button(views.EXPLAIN, explain)
    routes.form(ASSESS, Marked, filed)
    routes.form(views.EXPLAIN, Marked, explained)


class Marked(Form):
    """A scorecard as one rater fills it in: marks and comments by criterion, and the gates ticked."""

    gates: tuple[str, ...] = ()
    marks: Marks = Field(default_factory=dict)
    comments: Comments = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def sort_by_kind(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, whose names follow the handbook, where they belong."""
        marks = {name.removeprefix(MARK): value for name, value in entered.items() if name.startswith(MARK)}
        comments = {name.removeprefix(COMMENT): clean(value) for name, value in entered.items() if name.startswith(COMMENT)}
        return {"gates": entered.get("gates", ()), "marks": marks, "comments": comments}

    def rating(self, turn: Turn) -> Rating:
        """Return it as the rating of the person who fills it in."""
        said = {name: text for name, text in self.comments.items() if text}
        return Rating(rater=turn.person.id, scores=self.marks, comments=said, at=turn.now, gates=self.gates)


def assess(turn: Turn, shelves: Shelves) -> Answer:
    """Open the scorecard's form, show the scorecard to one who has filed, or ask the raters who are named to assess."""
    found = find_bid(turn, shelves, ASSESS)
    return ask_raters(turn, shelves, found.bid, found.rest) if found.rest else begin(turn, shelves, found.bid)


def assess_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Do the same for the bid of this button."""
    bid, named = bid_by_value(turn, shelves), words(turn.value.partition(":")[2])
    return ask_raters(turn, shelves, bid, named) if named else begin(turn, shelves, bid)


def begin(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Open the form unless the person has filed, or it is too late to."""
    check_rater(turn, shelves, bid)
    if policy.rating_of(bid, turn.person.id) or (bid.ratings and bid.state not in UNDECIDED):
        return show_card(turn, shelves, bid)
    return open_form(turn, bid)


def check_rater(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Refuse whoever may not assess; a decision on conditions is set aside by a new assessment, which is for those concerned."""
    require("bids.assess", roles(turn, shelves, bid))
    if bid.state is State.CONDITIONAL:
        allow(turn, shelves, bid)


def rerate(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the marks that the person filed before."""
    bid = bid_by_value(turn, shelves)
    check_rater(turn, shelves, bid)
    return open_form(turn, bid)


def open_form(turn: Turn, bid: Bid) -> Answer:
    """Open the form of one rater, with what they filed before."""
    if bid.state is not State.ASSESSING:
        policy.check(bid, policy.Action.ASSESS)
    own = policy.rating_of(bid, turn.person.id)
    return Open(views.form(turn._, bid, card(turn, (own,) if own else ()), own, to_explain(turn, bid)))


def marked(turn: Turn, shelves: Shelves) -> Answer:
    """Show what the marks entered so far come to."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    so_far = Marked.model_validate(values(turn.view["state"]), context=turn).rating(turn)
    own = policy.rating_of(bid, turn.person.id)
    return Show(views.form(turn._, bid, card(turn, (so_far,)), own, to_explain(turn, bid)))


def filed(turn: Turn, shelves: Shelves, form: Marked) -> Answer:
    """File a rating; where it is far from the others' and nobody has said why, ask why."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    check_rater(turn, shelves, bid)
    step = policy.rate(bid, form.rating(turn), turn.handbook.bids.assessment, turn.now)
    change = keep(turn, shelves, step)
    apart = card(turn, step.bid.ratings).unexplained
    if apart:
        return Show(views.explain_form(turn._, step.bid, apart))
    return told(turn, shelves, step.bid, change)


def explain(turn: Turn, shelves: Shelves) -> Answer:
    """Ask why the marks are far apart."""
    bid = bid_by_value(turn, shelves)
    apart = card(turn, bid.ratings).unexplained
    if not apart or policy.rating_of(bid, turn.person.id) is None:
        return show_card(turn, shelves, bid)
    return Open(views.explain_form(turn._, bid, apart))


def explained(turn: Turn, shelves: Shelves, form: Marked) -> Answer:
    """Add what a rater says to marks that are far apart."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    step = policy.explain(bid, turn.person.id, form.comments, turn.now)
    return told(turn, shelves, step.bid, keep(turn, shelves, step))


def told(turn: Turn, shelves: Shelves, bid: Bid, change: int) -> Answer:
    """Answer one who has filed with the scorecard of all, and what comes next."""
    back = button(turn._("Undo"), UNDO, f"{bid.id}:{change}")
    row = [*next_buttons(turn, shelves, bid), back, *why_button(turn, bid)]
    return Say(views.card_told(turn._, bid, card(turn, bid.ratings), views.filed(turn._, bid), row))


def card_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the scorecard of all."""
    return show_card(turn, shelves, bid_by_value(turn, shelves))


def show_card(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Show the scorecard of all to one who may see it."""
    check_sees_marks(turn, shelves, bid)
    own = policy.rating_of(bid, turn.person.id) and bid.state in UNDECIDED
    again = [button(turn._("Change my marks"), views.RERATE, str(bid.id))] if own else []
    row = [*next_buttons(turn, shelves, bid), *again, *why_button(turn, bid)]
    return Say(views.card_told(turn._, bid, card(turn, bid.ratings), views.card_of(turn._, bid), row))


def why(turn: Turn, shelves: Shelves) -> Answer:
    """Show how the score comes about."""
    bid = bid_by_value(turn, shelves)
    check_sees_marks(turn, shelves, bid)
    return Open(views.why(turn._, bid, card(turn, bid.ratings), turn.handbook))


def check_sees_marks(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Refuse to show others' marks to one who has not filed their own, unless they decide or it is decided."""
    if not bid.ratings:
        raise policy.Unassessed(bid)
    decides = turn.person.id in {person.id for person in who_decides(turn, shelves, bid)}
    if bid.state in UNDECIDED and not decides and policy.rating_of(bid, turn.person.id) is None:
        raise Refusal(N_("You see the others' marks once you have filed your own."))


def next_buttons(turn: Turn, shelves: Shelves, bid: Bid) -> list[Block]:
    """Return what comes next: to say why, to decide, or to ask for the decision."""
    if bid.state is not State.ASSESSING:
        return []
    if card(turn, bid.ratings).unexplained and policy.rating_of(bid, turn.person.id):
        return [button(turn._("Say why"), views.EXPLAIN, str(bid.id), "primary")]
    if turn.person.id in {person.id for person in who_decides(turn, shelves, bid)}:
        return decision.verdict_buttons(turn._, bid)
    concerned = roles(turn, shelves, bid) & {Role.OWNER, Role.TEAM, Role.MANAGER}
    return [button(turn._("Ask for the decision"), decision.ASK, str(bid.id), "primary")] if concerned else []


def why_button(turn: Turn, bid: Bid) -> list[Block]:
    """Return the button that explains the score."""
    return [button(turn._("Why?"), views.WHY, str(bid.id))]


def card(turn: Turn, ratings: tuple[Rating, ...]) -> Scorecard:
    """Return what ratings come to by the handbook."""
    return policy.scorecard(ratings, turn.handbook.bids.assessment)


def to_explain(turn: Turn, bid: Bid) -> set[str]:
    """Return the criteria on which one who has filed has to say why; nobody else may know of them."""
    own = policy.rating_of(bid, turn.person.id)
    return {line.criterion.id for line in card(turn, bid.ratings).unexplained} if own else set()


def ask_raters(turn: Turn, shelves: Shelves, bid: Bid, typed: list[Typed]) -> Answer:
    """Ask people to assess the bid."""
    allow(turn, shelves, bid)
    if bid.state not in UNDECIDED:
        policy.check(bid, policy.Action.ASSESS)
    people = [rater(turn, shelves, word) for word in typed]
    check_told(turn, bid, people, besides=shelves.people.managers_of(bid.owner))
    for person in people:
        message = views.rating_asked(translator(person.speaks), bid, person.id)
        shelves.outbox.say(f"{views.ASKED}:{bid.id}:{person.id}:{turn.request}", person.id, message, subject=bid.subject)
    return Say(views.raters_asked(turn._, bid, [person.name for person in people]))


def rater(turn: Turn, shelves: Shelves, word: Typed) -> Person:
    """Return the person whom a word means; refuse whoever may not assess."""
    person = meant(shelves, word)
    if Role.STAFF not in standing(person, Role(turn.handbook.people.newcomers)):
        raise Refusal(N_("{person} does not assess bids: that is for pre-sales staff."), person=person.name)
    return person
