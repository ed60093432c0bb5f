"""The hall of fame, and a nomination as those see it who made it, who are in it, or who decide."""

from collections.abc import Sequence

from bot.language import N_, Translator
from bot.policy.honours.record import STATE_NAMES, Nomination, State
from bot.policy.honours.steps import Action
from bot.views.blocks import Block, Message, Sentence, Span, actions, bold, bullets, button, clip, paragraph, prose, quote, says, user
from bot.views.honours.rounds import reasons
from bot.views.honours.steps import LIST, MINE, NOMINATE, SHOW, UNDO, decisions
from bot.views.honours.words import SHORT, Names, named, who

PAGE, MOST, LONG = 8, 10, 1500
SECRET = N_("a confidential solution")


def listing(_: Translator, title: str, found: Sequence[Nomination], names: Names, value: str, number: int) -> Message:
    """Return a page of the hall of fame; `value` is what was asked for."""
    shown = found[:PAGE]
    more = [button(_("More"), LIST, f"{value}:{number + 1}")] if len(found) > PAGE else []
    mine = [] if value == "mine" else [button(_("My honours"), LIST, "mine")]
    rows = [paragraph(*honour(_, one, names)) for one in shown]
    nothing = [] if shown else [prose(_.template("Nothing here yet."))]
    below = actions(*more, button(_("Nominate"), NOMINATE, "new"), *mine, button(_("My nominations"), MINE, "0"))
    return says((bold(title),), *nothing, also=[*rows, below])


def honour(_: Translator, nomination: Nomination, names: Names) -> list[Sentence]:
    """Return one honour: what, when, who and what for."""
    head = (*prose("{honour} · {period}", **named(nomination, names)), Span(": "), *who(nomination))
    return [head, (Span(clip(nomination.citation, SHORT)),)] if nomination.citation else [head]


def mine(_: Translator, found: Sequence[Nomination], names: Names, states: Sequence[str], number: int) -> Message:
    """Return a page of what a person nominated, with where each stands as far as they may know it."""
    more = [button(_("More"), MINE, str(number + 1))] if len(found) > PAGE else []
    rows: list[Block] = []
    for one, state in zip(found[:PAGE], states, strict=False):
        line = (*prose("{honour} · {period}", **named(one, names)), Span(": "), *who(one), Span(f" · {one.number} · {_(state)}"))
        rows += [paragraph(line), actions(button(_("Open"), SHOW, str(one.id)))]
    nothing = [] if found else [prose(_.template("You have nominated nobody yet."))]
    return says((bold(_("My nominations")),), *nothing, also=[*rows, actions(button(_("Nominate"), NOMINATE, "new"), *more)])


def sheet(
    _: Translator, nomination: Nomination, names: Names, state: str, inner: bool, steps: Sequence[Action], undo: int | None, lead: Sentence
) -> Message:
    """Return a nomination; what speaks for it and why it was decided so is for those who are `inner`, who decide."""
    head = (*prose("{honour} · {period}", **named(nomination, names)), Span(f" ({nomination.number}) · {_(state)}"))
    lines = [line for line in (lead, head, who(nomination)) if line]
    merits = [reasons(_, nomination)] if inner and nomination.merit else []
    said = [block for words in spoken(_, nomination) for block in words]
    kept = [bullets(*decision(_, nomination))] if inner and decision(_, nomination) else []
    given = nomination.citation if nomination.announced_at and nomination.state is State.AWARDED else ""
    public = [quote(clip(given, LONG))] if given else []
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{nomination.number}:{undo}")]
    row = [*decisions(_, nomination, steps), *back, button(_("My nominations"), MINE, "0")]
    return says(*lines, *merits, also=[*public, *said, *kept, actions(*row)])


def spoken(_: Translator, nomination: Nomination) -> list[list[Block]]:
    """Return what was said for a nominee, by whom, and on what evidence."""
    words = [(nomination.nominator, nomination.why, nomination.evidence)] if nomination.nominator else []
    words += [(support.person, support.why, support.evidence) for support in nomination.supports[:MOST]]
    return [[paragraph((user(person), Span(":"))), quote(clip(why, LONG)), *shown(_, evidence)] for person, why, evidence in words]


def shown(_: Translator, evidence: Sequence[str]) -> list[Block]:
    """Return the evidence, links to press."""
    pieces = [(Span(one, kind="link", url=one) if one.startswith("http") else Span(one),) for one in evidence]
    return [bullets(*pieces)] if pieces else []


def decision(_: Translator, nomination: Nomination) -> list[Sentence]:
    """Return by whom it was decided so, and why."""
    by = prose(_.template("Decided by {person}: {why}"), person=user(nomination.decided_by), why=nomination.grounds[:LONG])
    found = [by] if nomination.decided_by else []
    gone = prose(_.template("Revoked: {why}"), why=nomination.revoked_why[:LONG])
    return [*found, gone] if nomination.state is State.REVOKED else found


def nominated(_: Translator, nomination: Nomination, names: Names, joined: bool, waits: bool) -> Sentence:
    """Say that a nomination is in the books, that it joined one, or that it waits for its period to end."""
    if joined:
        template = _.template("Thank you. They are nominated for {honour}, {period}, already: what you say was added.")
    elif waits:
        template = _.template("Thank you. Your nomination for {honour}, {period}, waits until the period has ended.")
    else:
        template = _.template("Thank you. Your nomination for {honour}, {period}, is in the books.")
    return prose(template, **named(nomination, names))


def undone(_: Translator, nomination: Nomination) -> Sentence:
    """Say what an undo left behind."""
    return prose(_.template("Undone. It is {state}."), state=bold(_(STATE_NAMES[nomination.state])))
