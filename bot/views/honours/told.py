"""What is told about honours, each a function of its round as it stands: to HR, to the channel, to those concerned."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.honours.record import Nomination, Phase, Round, State
from bot.views.blocks import Message, Span, actions, bold, bullets, button, clip, emoji, prose, quote, says
from bot.views.honours.steps import LIST, NOMINATE, ROUND
from bot.views.honours.words import called, titled, together, who

OPENED, CLOSED, INVITED = "honours.opened", "honours.closed", "honours.invited"
ANNOUNCED, DETAIL = "honours.announced", "honours.detail"
HONOURED, DECIDED = "honours.honoured", "honours.decided"
LONG, SHORT, MANY = 1500, 300, 6


def retold(_: Translator, key: str, round: Round, nominations: Sequence[Nomination]) -> Message:
    """Return what a message about a round says now; `nominations` are those of the round."""
    kind, _round, number, *_more = [*key.split(":"), "", ""]
    if kind == ANNOUNCED:
        return announced(_, round, nominations)
    if kind == DETAIL:
        return detail(_, round, nominations)
    if kind in (OPENED, CLOSED):
        return standing(_, kind, round, len(nominations))
    found = next((one for one in nominations if str(one.id) == number), None)
    if found is None:
        return says(prose(_.template("This nomination was taken back.")))
    return honoured(_, round, found) if kind == HONOURED else decided(_, round, found)


def standing(_: Translator, kind: str, round: Round, count: int) -> Message:
    """Tell the HR department where a round stands, with the way into it."""
    nominations = _.plural("{n} nomination", "{n} nominations", count)
    told = {
        Phase.OPEN: _.template("{honour}, {period}: nominations are taken until {day}. So far: {count}."),
        Phase.NOMINATIONS_CLOSED: _.template("{honour}, {period}: nominations are closed ({count}). Somebody of HR decides next."),
        Phase.DECIDING: _.template("{honour}, {period}: it is being decided ({count})."),
        Phase.ANNOUNCED: _.template("{honour}, {period}: announced."),
        Phase.CANCELLED: _.template("{honour}, {period}: cancelled."),
    }
    said = prose(told[round.state], **titled(_, round), day=_.day(round.closes), count=nominations)
    more = [button(_("Nominate"), NOMINATE, f"{round.type}:{round.period}")] if kind == OPENED and round.state is Phase.OPEN else []
    return says(said, also=[actions(button(_("Open"), ROUND, str(round.id), "primary"), *more)])


def invited(_: Translator, rounds: Sequence[Round]) -> Message:
    """Invite everybody to nominate, once for all rounds that began together."""
    names = [f"{called(_, one.honour)} ({one.period})" for one in rounds[:MANY]]
    head = (emoji("trophy"), Span(" "), bold(_("Nominations are open")))
    honours = prose("{names}", names=_.list([*names, *(["…"] if len(rounds) > MANY else [])]))
    until = prose(_.template("Who deserves it? Nominations are taken until {day}."), day=_.day(min(one.closes for one in rounds)))
    return says(head, honours, until, also=[actions(button(_("Nominate"), NOMINATE, "new", "primary"))])


def given(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Return the honours that were announced and stand."""
    return [one for one in nominations if one.state is State.AWARDED and one.announced_at]


def revoked(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Return the honours that were announced and revoked."""
    return [one for one in nominations if one.state is State.REVOKED]


def announced(_: Translator, round: Round, nominations: Sequence[Nomination]) -> Message:
    """Announce who is honoured, in a few lines; what follows is below it. Taken back, it says so."""
    if round.state is not Phase.ANNOUNCED:
        return says(prose(_.template("{honour}, {period}: the announcement was taken back."), **titled(_, round)))
    head = (emoji("trophy"), Span(" "), *prose(_.template("{honour}, {period}"), **titled(_, round)))
    stand, gone = given(nominations), revoked(nominations)
    lines = [together(stand)] if stand else []
    sorry = [(Span(_("Revoked:")), Span(" "), *together(gone))] if gone else []
    thread = [prose(_.template("Congratulations! What it is given for is in the thread."))] if stand else []
    return says(head, *lines, *sorry, *thread, also=[actions(button(_("All honours"), LIST, "all"))])


def detail(_: Translator, round: Round, nominations: Sequence[Nomination]) -> Message:
    """Return what an honour is given for, and what was written for publication about each; never a score."""
    if round.state is not Phase.ANNOUNCED:
        return says(prose(_.template("It is being decided again.")))
    about = prose(_.template("{honour} is given for: {criteria}"), **titled(_, round), criteria=round.honour.criteria[_.language])
    lines = [(*who(one), Span(f": {clip(one.citation, LONG if len(nominations) < MANY else SHORT)}")) for one in given(nominations)]
    return says(about, also=[bullets(*lines)] if lines else [])


def honoured(_: Translator, round: Round, nomination: Nomination) -> Message:
    """Congratulate somebody who is honoured; say so when that was taken back or revoked."""
    if nomination.state is State.REVOKED:
        return says(
            prose(_.template("Your honour {honour}, {period}, was revoked. The HR department can tell you why."), **titled(_, round))
        )
    if nomination.state is not State.AWARDED or round.state is not Phase.ANNOUNCED:
        return says(prose(_.template("{honour}, {period}: the announcement was taken back."), **titled(_, round)))
    head = (emoji("trophy"), Span(" "), *prose(_.template("You are honoured: {honour}, {period}. Congratulations!"), **titled(_, round)))
    solution = [prose(_.template("For the solution {title}."), title=bold(nomination.title))] if nomination.title else []
    return says(head, *solution, also=[quote(clip(nomination.citation, LONG)), actions(button(_("My honours"), LIST, "mine"))])


def decided(_: Translator, round: Round, nomination: Nomination) -> Message:
    """Tell somebody who nominated what became of it, without any reason: that may be nobody else's business."""
    awarded = nomination.state is State.AWARDED and round.state is Phase.ANNOUNCED
    if awarded:
        template = _.template("Your nomination for {honour}, {period}, was awarded:")
    elif nomination.state is State.REVOKED:
        template = _.template("The honour {honour}, {period}, that you nominated for was revoked:")
    elif round.state is Phase.CANCELLED:
        template = _.template("{honour}, {period}, was called off, and with it your nomination:")
    elif round.state is Phase.ANNOUNCED:
        template = _.template("{honour}, {period}, is decided. This time it was not your nominee:")
    else:
        template = _.template("{honour}, {period}, is being decided again. Your nomination stands:")
    thanks = [prose(_.template("Thank you for speaking up for a colleague."))] if awarded or round.state is Phase.ANNOUNCED else []
    return says((*prose(template, **titled(_, round)), Span(" "), *who(nomination)), *thanks)
