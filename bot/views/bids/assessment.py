"""The scorecard as people see it (§4.4.1): the form with its live total, what all ratings come to, and why."""

from collections.abc import Collection, Sequence

from bot.handbook import Handbook
from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, UNDECIDED, Bid, Scorecard, rating_of
from bot.policy.bids.assessment import COMMENT, HIGHEST, MARK, Line
from bot.policy.bids.record import Rating
from bot.views.bids.sheet import facts, name
from bot.views.bids.steps import ASSESS
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    bullets,
    button,
    choices_input,
    divider,
    field_of,
    modal,
    paragraph,
    prose,
    says,
    select,
    text_input,
    user,
)

MARKED, EXPLAIN, RERATE, CARD, WHY = "bids.mark", "bids.explain", "bids.rerate", "bids.scorecard", "bids.why"
ASKED = "bids.rating_asked"
COMMENT_LIMIT = 500
MARK_NAMES = (N_("1 · poor"), N_("2 · weak"), N_("3 · fair"), N_("4 · good"), N_("5 · very good"))


def form(_: Translator, bid: Bid, live: Scorecard, own: Rating | None, to_explain: Collection[str] = ()) -> Block:
    """Return the form of one rater; `live` is what the marks entered so far come to, `own` what was filed before."""
    fields = [block for line in live.lines for block in criterion_fields(_, line, own, line.criterion.id in to_explain)]
    return modal(
        ASSESS,
        _("Assess a bid"),
        [paragraph(facts(_, bid)), *gates_field(_, live, own), *fields, divider(), paragraph(*standing(_, live))],
        submit=_("File"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def gates_field(_: Translator, live: Scorecard, own: Rating | None) -> list[Block]:
    """Return the gates to tick, if the handbook has any."""
    gates = [Choice(gate.id, gate.name[_.language]) for gate in live.terms.gates]
    ticked = own.gates if own else ()
    field = field_of(_("Tick what is so"), choices_input(MARKED, gates, ticked), optional=True)
    return [field | {"block_id": "gates", "dispatch_action": True}] if gates else []


def criterion_fields(_: Translator, line: Line, own: Rating | None, must_explain: bool) -> list[Block]:
    """Return the menu of marks for one criterion, and the comment where there is something to say."""
    criterion, said = line.criterion, own.comments if own else {}
    choices = [Choice(str(mark), _(word)) for mark, word in enumerate(MARK_NAMES, start=1)]
    given = str(own.scores.get(criterion.id, "")) if own else ""
    label = f"{criterion.name[_.language]} · {criterion.weight}%"
    hint = _("A 1 here rules out a plain go.") if criterion.veto else ""
    marks = field_of(label, select(MARKED, choices, given), hint=hint) | {"block_id": MARK + criterion.id, "dispatch_action": True}
    if not (must_explain or said.get(criterion.id) or 1 in line.marks.values()):
        return [marks]
    comment = text_input(COMMENT + criterion.id, said.get(criterion.id, ""), limit=COMMENT_LIMIT)
    return [marks, field_of(_("Why?"), comment, optional=not must_explain)]


def standing(_: Translator, card: Scorecard) -> list[Sentence]:
    """Say what a scorecard comes to: score and advice, and what stands in the way."""
    score = bold(_.number(card.score))
    if card.unmarked:
        left = _.plural("{n} criterion", "{n} criteria", len(card.unmarked))
        return [prose(_.template("{score} of 100 so far; still to be marked: {left}."), score=score, left=left)]
    total = prose(_.template("{score} of 100. Advice: {advice}."), score=score, advice=bold(_(STATE_NAMES[card.band])))
    gates = _.list([gate.name[_.language] for gate in card.terms.gates if gate.id in card.failed])
    vetoes = _.list([criterion.name[_.language] for criterion in card.vetoed])
    apart = _.list([line.criterion.name[_.language] for line in card.unexplained])
    failed = [prose(_.template("Not confirmed: {gates}. Without it there is no plain go."), gates=gates)] if gates else []
    vetoed = [prose(_.template("A mark of 1 rules out a plain go: {criteria}."), criteria=vetoes)] if vetoes else []
    unexplained = [prose(_.template("Far apart, and nobody has said why: {criteria}."), criteria=apart)] if apart else []
    return [total, *failed, *vetoed, *unexplained]


def line_told(_: Translator, line: Line) -> Sentence:
    """Return one criterion with everybody's mark and the middle one."""
    head = Span(f"{line.criterion.name[_.language]} · {line.criterion.weight}% · ")
    marks = [span for rater, mark in line.marks.items() for span in (user(rater), Span(f" {mark}, "))]
    return (head, *marks, Span(f"→ {_.number(line.middle)}"))


def comments_told(_: Translator, card: Scorecard) -> list[Block]:
    """Return what raters wrote to their marks."""
    said = [(line, rater, text) for line in card.lines for rater, text in line.comments.items()]
    told = [(user(rater), Span(f" · {line.criterion.name[_.language]}: “{text}”")) for line, rater, text in said]
    return [bullets(*told)] if told else []


def card_told(_: Translator, bid: Bid, card: Scorecard, head: Sentence, row: Sequence[Block]) -> Message:
    """Return everybody's marks with what they come to, under a first sentence, and what can be done next."""
    lines = bullets(*(line_told(_, line) for line in card.lines))
    buttons = [actions(*row)] if row else []
    return says(head, facts(_, bid), *standing(_, card), also=[lines, *comments_told(_, card), *buttons])


def filed(_: Translator, bid: Bid) -> Sentence:
    """Say that a rating was filed."""
    return prose(_.template("Your assessment of {customer} is filed."), customer=name(bid))


def card_of(_: Translator, bid: Bid) -> Sentence:
    """Return the headline of a scorecard."""
    return prose(_.template("The scorecard of {customer}"), customer=name(bid))


def explain_form(_: Translator, bid: Bid, lines: Sequence[Line]) -> Block:
    """Ask one who has filed why the marks are far apart, with everybody's marks."""
    head = prose(_.template("Your marks are filed. On these criteria the raters are far apart; please say what you saw."))
    fields = [
        block
        for line in lines
        for block in (
            paragraph(line_told(_, line)),
            field_of(_("Why?"), text_input(COMMENT + line.criterion.id, limit=COMMENT_LIMIT)),
        )
    ]
    return modal(EXPLAIN, _("Say why"), [paragraph(head), *fields], submit=_("File"), close=_("Later"), metadata=str(bid.id))


def why(_: Translator, bid: Bid, card: Scorecard, handbook: Handbook) -> Block:
    """Return formula, inputs, clause and version of the handbook behind a score."""
    bands = card.terms.bands
    formula = prose(_.template("Score = the sum of weight × middle mark ÷ {highest}, over all criteria."), highest=str(HIGHEST))
    sums = [sum_told(_, line) for line in card.lines]
    limits = prose(
        _.template("From {go} on the advice is a go, from {conditional} on a go on conditions, below that a no-go."),
        go=str(bands.go),
        conditional=str(bands.conditional),
    )
    rules = prose(_.template("A gate that not every rater confirms makes it a no-go; a 1 with a veto a go on conditions at best."))
    source = prose(_.template("Clause {clause}; handbook {version}"), clause="§4.4.1", version=handbook.version)
    then = bid.decision.handbook if bid.decision else ""
    old = [prose(_.template("It was decided by handbook {version}."), version=then)] if then not in ("", handbook.version) else []
    body = [paragraph(formula), bullets(*sums), paragraph(*standing(_, card)), paragraph(limits, rules), paragraph(source, *old)]
    return modal(WHY, _("Why this score"), body, close=_("Close"))


def sum_told(_: Translator, line: Line) -> Sentence:
    """Return how one criterion's points come about."""
    sentence = f"{line.criterion.weight} × {_.number(line.middle)} ÷ {HIGHEST} = {_.number(line.points)}"
    return (*line_told(_, line), Span(" · "), bold(sentence))


def rating_asked(_: Translator, bid: Bid, person: str) -> Message:
    """Ask somebody to assess a bid; once it is done or decided, say so instead."""
    if rating_of(bid, person):
        return says(prose(_.template("You have assessed {customer} ({number})."), customer=name(bid), number=bid.number))
    if bid.state not in UNDECIDED:
        state = _(STATE_NAMES[bid.state])
        return says(prose(_.template("{customer} ({number}): {state}."), customer=name(bid), number=bid.number, state=state))
    ask = prose(_.template("Please assess {customer}: your marks are asked for before it is decided whether we bid."), customer=name(bid))
    return says(ask, facts(_, bid), also=[actions(button(_("Assess"), ASSESS, str(bid.id), "primary"))])


def raters_asked(_: Translator, bid: Bid, people: Sequence[str]) -> Message:
    """Say who was asked to assess a bid."""
    asked = prose(_.template("Asked to assess {customer}: {people}."), customer=name(bid), people=_.list(list(people)))
    return says(asked, facts(_, bid))
