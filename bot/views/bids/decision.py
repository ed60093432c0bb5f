"""The decision whether we bid (§4.4.1): asked for, told, and the forms for its reason and its conditions."""

from collections.abc import Sequence

from bot.handbook import Handbook
from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, UNDECIDED, Action, Bid, Condition, Scorecard, State, scorecard
from bot.views.bids.assessment import CARD, WHY, standing
from bot.views.bids.sheet import facts, name, next_steps
from bot.views.bids.steps import ASSESS, CONDITION, GO, NO_GO, REOPEN
from bot.views.bids.told import Told
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    bullets,
    button,
    day_input,
    emoji,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    says,
    text_input,
    user,
)

ASK, MEET, MORE = "bids.ask_decision", "bids.meet", "bids.more_conditions"
ASKED, TOLD, CONDITION_ASKED = "bids.decision_asked", "bids.decision_told", "bids.condition_asked"  # messages
RETOLD = frozenset({ASKED, TOLD, CONDITION_ASKED})
MOST_CONDITIONS, REASON_LIMIT, CONDITION_LIMIT = 5, 1000, 500
FORMS = {GO: N_("Go"), NO_GO: N_("No-go"), REOPEN: N_("Take it up again")}


def retold(_: Translator, message: Told, bid: Bid, handbook: Handbook) -> Message:
    """Return what a message about the decision says now."""
    if message.kind == ASKED:
        return asked(_, bid, scorecard(bid.ratings, handbook.bids.assessment))
    if message.kind == CONDITION_ASKED:
        return condition_asked(_, bid, int(message.key.split(":")[1]))
    return told(_, bid)


def verdict_buttons(_: Translator, bid: Bid) -> list[Block]:
    """Return the three verdicts to press."""
    number = str(bid.id)
    return [button(_("Go"), GO, number, "primary"), button(_("No-go"), NO_GO, number), button(_("On conditions"), CONDITION, number)]


def asked(_: Translator, bid: Bid, card: Scorecard) -> Message:
    """Ask for the decision; once it is made, tell it instead, and ask again when all conditions are met."""
    if bid.state is State.CONDITIONAL and all(condition.met for condition in bid.conditions):
        met = prose(_.template("All conditions for {customer} are met. Is it a go?"), customer=name(bid))
        return says(met, facts(_, bid), also=[conditions_told(_, bid), actions(button(_("Go"), GO, str(bid.id), "primary"))])
    if bid.decision is not None or bid.state not in UNDECIDED:
        return told(_, bid)
    ask = prose(_.template("Do we bid for {customer}? The decision is yours."), customer=name(bid))
    more = [button(_("Scorecard"), CARD, str(bid.id)), button(_("Why?"), WHY, str(bid.id))]
    return says(ask, facts(_, bid), *summary(_, bid, card), also=[actions(*verdict_buttons(_, bid), *more)])


def summary(_: Translator, bid: Bid, card: Scorecard) -> list[Sentence]:
    """Return what the scorecard says, and who filled it in."""
    return [*standing(_, card), raters(_, bid)] if bid.ratings else [prose(_.template("It is not assessed yet."))]


def raters(_: Translator, bid: Bid) -> Sentence:
    """Return who has assessed the bid."""
    people = [span for rating in bid.ratings for span in (Span(", "), user(rating.rater))][1:]
    return (*prose(_.template("Assessed by:")), Span(" "), *people)


def told(_: Translator, bid: Bid) -> Message:
    """Tell what was decided, or that it no longer is."""
    head = prose(_.template("{customer} ({number}): {state}."), customer=name(bid), number=bid.number, state=_(STATE_NAMES[bid.state]))
    also = [conditions_told(_, bid)] if bid.conditions else []
    return says(head, *verdict(_, bid), also=also)


def receipt(_: Translator, bid: Bid, steps: Sequence[Action], undo: int) -> Message:
    """Answer the one who decided: what was understood, what comes next, and the way back."""
    conditions = [conditions_told(_, bid)] if bid.conditions else []
    head = (*prose("{customer} · ", customer=name(bid)), *verdict(_, bid)[0])
    return says(head, facts(_, bid), *verdict(_, bid)[1:], also=[*conditions, *next_steps(_, bid, steps, undo)])


def verdict(_: Translator, bid: Bid) -> list[Sentence]:
    """Return who decided what, by which score, and why."""
    made = bid.decision
    if made is None:
        return [prose(_.template("The decision was taken back."))] if bid.state in UNDECIDED else []
    by, what = user(made.by), bold(_(STATE_NAMES[made.verdict]))
    lines = [prose(_.template("{person} decided: {verdict}."), person=by, verdict=what)]
    if made.score is not None:
        band = _(STATE_NAMES[State(made.band)])
        scored = _.template("Against the scorecard: {score} of 100 advised {advice}.")
        agreed = _.template("By the scorecard: {score} of 100, {advice}.")
        lines.append(prose(scored if made.overrides else agreed, score=_.number(made.score), advice=band))
    return [*lines, prose("“{reason}”", reason=made.reason)] if made.reason else lines


def conditions_told(_: Translator, bid: Bid) -> Block:
    """Return the conditions, each with who sees to it and until when, and whether it is met."""
    return bullets(*(condition_told(_, condition) for condition in bid.conditions))


def condition_told(_: Translator, condition: Condition) -> Sentence:
    """Return one condition."""
    done = (emoji("white_check_mark"), Span(" ")) if condition.met else ()
    until = prose(_.template("{text} · {person} · by {day}"), text=condition.text, person=user(condition.owner), day=_.day(condition.due))
    return (*done, *until)


def on_sheet(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what the sheet says of assessment and decision; marks and score stay with those who have filed theirs."""
    if bid.decision is not None:
        return [*verdict(_, bid), *(condition_told(_, condition) for condition in bid.conditions)]
    return [raters(_, bid)] if bid.ratings else []


def condition_asked(_: Translator, bid: Bid, index: int) -> Message:
    """Ask somebody to see to a condition, with the button that says it is met."""
    if bid.state is not State.CONDITIONAL or index not in range(len(bid.conditions)):
        return told(_, bid)
    condition = bid.conditions[index]
    head = prose(_.template("We bid for {customer} ({number}) on a condition that you see to:"), customer=name(bid), number=bid.number)
    done = [] if condition.met else [actions(button(_("It is met"), MEET, f"{bid.id}:{index}", "primary"))]
    return says(head, condition_told(_, condition), facts(_, bid), also=done)


def condition_met(_: Translator, bid: Bid) -> Sentence:
    """Say that a condition is met, and how many are not."""
    left = sum(not condition.met for condition in bid.conditions)
    if not left:
        return prose(_.template("Noted. All conditions for {customer} are met; the go is asked for."), customer=name(bid))
    still = _.plural("{n} condition", "{n} conditions", left)
    return prose(_.template("Noted. Still open for {customer}: {conditions}."), customer=name(bid), conditions=still)


def decision_asked(_: Translator, bid: Bid, people: str) -> Message:
    """Say who was asked to decide."""
    sent = prose(_.template("{people} was asked whether we bid for {customer}."), people=bold(people), customer=name(bid))
    return says(sent, facts(_, bid))


def reopened(_: Translator, bid: Bid) -> Sentence:
    """Say that a no-go was taken up again."""
    return prose(_.template("{customer} is being assessed again."), customer=name(bid))


def unassessed(_: Translator, bid: Bid) -> Message:
    """Say that a decision needs an assessment first, and offer it."""
    sentence = prose(_.template("{customer} ({number}) has not been assessed yet."), customer=name(bid), number=bid.number)
    return says(sentence, also=[actions(button(_("Assess"), ASSESS, str(bid.id), "primary"))])


def reason_form(_: Translator, action: str, bid: Bid, card: Scorecard) -> Block:
    """Ask why it is decided against the scorecard, or why a no-go is taken up again."""
    why = _("Why?") if action == REOPEN else _("The scorecard advises otherwise. Why this decision?")
    field = field_of(why, text_input("reason", lines=True, limit=REASON_LIMIT))
    body = [paragraph(facts(_, bid), *(summary(_, bid, card) if action != REOPEN else [])), field]
    return modal(action, _(FORMS[action]), body, submit=_("Record"), close=_("Cancel"), metadata=str(bid.id))


def conditions_form(_: Translator, bid: Bid, count: int, card: Scorecard) -> Block:
    """Return the form of a "go" on conditions, with room for so many; against the scorecard it asks for the reason too."""
    overrides = card.band is not State.CONDITIONAL
    why = _("The scorecard advises otherwise. Why this decision?") if overrides else _("Why?")
    reason = field_of(why, text_input("reason", lines=True, limit=REASON_LIMIT), optional=not overrides)
    fields = [block for number in range(1, count + 1) for block in condition_fields(_, bid, number)]
    more = [actions(button(_("One more condition"), MORE, str(bid.id)))] if count < MOST_CONDITIONS else []
    body = [paragraph(facts(_, bid), *summary(_, bid, card)), *fields, *more, reason]
    return modal(CONDITION, _("Go, on conditions"), body, submit=_("Record"), close=_("Cancel"), metadata=f"{bid.id}:{count}")


def condition_fields(_: Translator, bid: Bid, number: int) -> list[Block]:
    """Return the three fields of one condition; only the first one must be filled in."""
    extra = number > 1
    return [
        field_of(_("Condition {number}", number=number), text_input(f"text_{number}", limit=CONDITION_LIMIT), optional=extra),
        field_of(_("Who sees to it"), person_input(f"owner_{number}", bid.owner), optional=extra),
        field_of(_("Until"), day_input(f"due_{number}"), optional=extra),
    ]
