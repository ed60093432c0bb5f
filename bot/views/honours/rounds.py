"""Rounds of honours as those see them who decide: the page of one with what speaks for each nominee, and the list of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language import NO_DATA, Translator
from bot.policy.honours.merits import TEAMWORK
from bot.policy.honours.record import BARS, PHASE_NAMES, STATE_NAMES, Merit, Nomination, Phase, Round, State
from bot.policy.honours.steps import Action, Move
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    clip,
    field_of,
    modal,
    paragraph,
    prose,
    says,
    section,
    select,
    user,
)
from bot.views.honours.steps import NOMINATE, OPEN, ROUND, ROUNDS, SHOW, Shape, decisions, moves
from bot.views.honours.words import SHORT, called, people, titled, who

PAGE = 8


@dataclass(frozen=True)
class Row:
    """One nominee on the page of a round: what this person may decide about them, or why this person may not."""

    nomination: Nomination
    steps: Sequence[Action] = ()
    barred: str = ""


def page(
    _: Translator, round: Round, rows: Sequence[Row], number: int, open_moves: Sequence[Move], lead: Sentence, undo: int | None = None
) -> Message:
    """Return a page of a round, `number` counted from 0, below what was just done, with the way back."""
    shown = rows[number * PAGE : (number + 1) * PAGE]
    head = (*prose(_.template("{honour}, {period}"), **titled(_, round)), Span(f" ({round.number}) · {_(PHASE_NAMES[round.state])}"))
    lines = [line for line in (lead, head, *facts(_, round, rows)) if line]
    more = [button(_("More"), ROUND, f"{round.id}:{number + 1}")] if len(rows) > (number + 1) * PAGE else []
    nominate = [button(_("Nominate"), NOMINATE, f"{round.type}:{round.period}")] if round.state is Phase.OPEN else []
    empty = [] if rows else [paragraph(prose(_.template("Nobody is nominated yet.")))]
    below = [actions(*nominate, *more)] if nominate or more else []
    shape = Shape(bool(rows), any(row.nomination.state is State.AWARDED for row in rows))
    people = [block for row in shown for block in nominee(_, round, row)]
    return says(*lines, also=[*empty, *people, *moves(_, round, open_moves, undo, shape), *below])


def facts(_: Translator, round: Round, rows: Sequence[Row]) -> list[Sentence]:
    """Return what the honour is given for, how many there are to give, and until when nominations are taken."""
    criteria = prose(_.template("Given for: {criteria}"), criteria=round.honour.criteria[_.language])
    awarded = sum(row.nomination.state is State.AWARDED for row in rows)
    quota = prose(_.template("At most {n}; awarded so far: {awarded}."), n=str(round.honour.quota), awarded=str(awarded))
    until = [prose(_.template("Nominations are taken until {day}."), day=_.day(round.closes))] if round.state is Phase.OPEN else []
    why = [prose(_.template("Why it was cancelled: {why}"), why=clip(round.why, SHORT))] if round.why else []
    return [criteria, quota, *until, *why]


def nominee(_: Translator, round: Round, row: Row) -> list[Block]:
    """Return one nominee: the reasons for and against, who spoke for them, and what may be decided."""
    one = row.nomination
    state = _(STATE_NAMES[one.state]) if one.id else _("put forward by the measures alone")
    head = (*who(one), Span(f" · {one.number + ' · ' if one.id else ''}{state}"))
    barred = [prose(_.template("Not for you to decide: {why}"), why=_(row.barred))] if row.barred and round.state is Phase.DECIDING else []
    lines = [head, reasons(_, one), *spoken(_, one), *barred]
    buttons = [*decisions(_, one, row.steps), button(_("Details"), SHOW, str(one.id))] if one.id else []
    return [paragraph(*lines), *([actions(*buttons)] if buttons else [])]


def reasons(_: Translator, nomination: Nomination) -> Sentence:
    """Return what speaks for a nominee, or against."""
    merit = nomination.merit
    if merit is None:
        return (Span(_("What speaks for them is reckoned when the round is decided.")),)
    told = solution_reasons(_, merit) if nomination.solution else person_reasons(_, nomination.type, merit)
    against = (Span(" · "), bold(_("not eligible: {why}", why=_(BARS[merit.bar])))) if merit.bar else ()
    return (Span(" · ".join(told)), *against)


def person_reasons(_: Translator, type: str, merit: Merit) -> list[str]:
    """Return what speaks for a person; first what the honour goes by."""
    score = NO_DATA if merit.score is None else _.number(merit.score)
    n = _.plural("{n} published appraisal", "{n} published appraisals", merit.n)
    own = _("score {score} of 100 ({n})", score=score, n=n)
    grade = [_("grade: {grade}", grade=_(merit.grade))] if merit.grade else []
    teamwork = NO_DATA if merit.teamwork is None else _.number(merit.teamwork)
    team = _("teamwork {score} of 100", score=teamwork)
    won = _.plural("{n} bid won", "{n} bids won", merit.won)
    return [team, *grade, own, won] if type in TEAMWORK else [*grade, own, team, won]


def solution_reasons(_: Translator, merit: Merit) -> list[str]:
    """Return what speaks for a solution."""
    mean = NO_DATA if merit.mean is None else _.number(merit.mean)
    confirmed = _("confirmed by the customer") if merit.confirmed else _("not confirmed by the customer")
    return [_("reviewers’ mean {mean} of 5", mean=mean), confirmed, _("deal: {result}", result=_(merit.result))]


def spoken(_: Translator, nomination: Nomination) -> list[Sentence]:
    """Return who spoke for a nominee, and the beginning of what they said."""
    if not nomination.nominator:
        return []
    first = (user(nomination.nominator), Span(f": “{clip(nomination.why, SHORT)}”"))
    others = [support.person for support in nomination.supports]
    return [first, (Span(_("Also nominated by:")), Span(" "), *people(others))] if others else [first]


def listing(_: Translator, rounds: Sequence[Round], number: int, more: bool, openable: bool) -> Message:
    """Return a page of the rounds, `number` counted from 0, and for those who may the button that begins one."""
    rows = [row(_, one) for one in rounds]
    buttons = [button(_("More"), ROUNDS, str(number + 1))] if more else []
    buttons += [button(_("Begin a round"), OPEN, "new")] if openable else []
    head = (bold(_("Rounds of honours")),)
    nothing = [] if rows else [prose(_.template("There is none yet: one begins when its period has ended."))]
    return says(head, *nothing, also=[*rows, *([actions(*buttons)] if buttons else [])])


def row(_: Translator, round: Round) -> Block:
    """Return one round of the list."""
    text = f"{round.number} · {called(_, round.honour)} · {round.period}\n{_(PHASE_NAMES[round.state])}"
    return section(text, button(_("Open"), ROUND, str(round.id)))


def open_form(_: Translator, choices: Mapping[str, str]) -> Block:
    """Return the form that begins a round, for one of these honours and periods."""
    options = [Choice(value, text) for value, text in choices.items()]
    fields = [field_of(_("Honour and period"), select("honour", options, options[0].value))]
    return modal(OPEN, _("Begin a round"), fields, submit=_("Begin"), close=_("Cancel"))
