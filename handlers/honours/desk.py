"""What every step of an honour shares: which is meant, what this person is to it, what they may see, and the page it is shown on."""

import re
from collections.abc import Iterable, Sequence

from bot.language import N_
from bot.policy.calendar import Calendar
from bot.policy.honours import deciding, nominating
from bot.policy.honours.merits import order, shortlist
from bot.policy.honours.record import Nomination, Phase, Round, State
from bot.policy.honours.rounds import moves_open
from bot.policy.people import Role, may, require
from bot.policy.refusal import Refusal
from bot.views.blocks import Sentence
from bot.views.honours import receipts
from bot.views.honours import rounds as views
from bot.views.honours.fame import SECRET
from bot.views.honours.steps import Shape
from handlers.context import Answer, Say, Turn
from handlers.finding import known
from storage.honouring import above, judged
from storage.store import Shelves

NUMBER = re.compile(r"(?:[HN]-?)?([0-9]{1,9})", re.IGNORECASE)


def number_of(text: str, letter: str) -> int:
    """Return the number that was typed or that a button carries; refuse what is none, or the number of something else."""
    first = next(iter(text.split()), "")
    found = NUMBER.fullmatch(first)
    if found is None or (first[0].isalpha() and first[0].upper() != letter):
        example = {
            "H": N_("Which round? Name it by its number, such as H-3."),
            "N": N_("Which nomination? Name it by its number, such as N-5."),
        }
        raise Refusal(example[letter])
    return int(found[1])


def round_meant(turn: Turn, shelves: Shelves, text: str) -> Round:
    """Return the round of a number, held until the turn ends, for the HR department."""
    require("honours.round", turn.roles)
    found = shelves.rounds.get(number_of(text, "H"), lock=True)
    if found is None:
        raise Refusal(N_("There is no such round."))
    return found


def nomination_meant(turn: Turn, shelves: Shelves, text: str) -> tuple[Nomination, Round | None]:
    """Return the nomination of a number with its round, both held until the turn ends, for whoever may know of it."""
    peeked = shelves.nominations.get(number_of(text, "N"))
    # The round comes first for everybody: two who decide at once must not wait for each other.
    its_round = shelves.rounds.of(peeked.type, peeked.period, lock=True) if peeked else None
    found = shelves.nominations.get(peeked.id, lock=True) if peeked else None
    if found is None or not knows(turn, shelves, found):
        raise Refusal(N_("There is no such nomination, or it is not for you."))
    return found, its_round


def knows(turn: Turn, shelves: Shelves, nomination: Nomination) -> bool:
    """Say whether a person may know of a nomination: whoever spoke for it, who decides, and of an honour everybody."""
    if not may("honours.see", turn.roles) or nomination.state is State.RETRACTED:
        return False
    return turn.person.id in nomination.speakers or is_public(nomination) or weighs(turn, shelves, nomination)


def is_public(nomination: Nomination) -> bool:
    """Say whether it is an honour that was announced and stands."""
    return nomination.state is State.AWARDED and nomination.announced_at is not None


def roles(turn: Turn, shelves: Shelves, nomination: Nomination) -> frozenset[Role]:
    """Return what this person is to a nomination."""
    return nominating.roles_to(turn.person.id, turn.roles, nomination, above(shelves, nomination))


def weighs(turn: Turn, shelves: Shelves, nomination: Nomination) -> bool:
    """Say whether a person may see what speaks for a nominee."""
    return may("honours.merit", roles(turn, shelves, nomination))


def decides(turn: Turn, shelves: Shelves, nomination: Nomination) -> None:
    """Refuse whoever may not decide about a nominee: all but the HR department, and of it those whom it concerns."""
    require("honours.decide", turn.roles)
    nominating.check_impartial(nomination, turn.person.id, above(shelves, nomination))


def concerned(turn: Turn, nominations: Iterable[Nomination]) -> bool:
    """Say whether the person stands in a round."""
    return any(turn.person.id in one.people for one in nominations if one.state is not State.INELIGIBLE)


def in_charge(turn: Turn, shelves: Shelves, round: Round) -> list[Nomination]:
    """Return the nominations of a round; refuse whoever stands in it, because nobody decides about themselves."""
    nominations = shelves.nominations.of(round.type, round.period)
    if concerned(turn, nominations):
        raise Refusal(N_("You are nominated in this round. Somebody else of the HR department has to."))
    return nominations


def masked(turn: Turn, shelves: Shelves, nomination: Nomination) -> Nomination:
    """Return a nomination as this person may read it: without a solution that became confidential since and of which they may not know."""
    solution = shelves.solutions.get(nomination.solution) if nomination.solution else None
    if solution is None or known(turn, shelves, solution):
        return nomination
    return nomination.amended(title=turn._(SECRET), citation="", why="", evidence=(), supports=())


def names(turn: Turn, shelves: Shelves, nominations: Sequence[Nomination] = ()) -> dict[str, str]:
    """Return what the honours are called in this person's language, those of nominations too that the handbook has no more."""
    language = turn._.language
    known = {honour.id: honour.name[language] for honour in turn.handbook.honours.types}
    for one in nominations:
        past = None if one.type in known else shelves.rounds.of(one.type, one.period)
        known |= {past.type: past.honour.name[language]} if past else {}
    return known


def calendar(turn: Turn) -> Calendar:
    """Return the company's calendar."""
    return Calendar(turn.handbook.company)


def page(turn: Turn, shelves: Shelves, round: Round, number: int = 0, lead: Sentence = (), undo: int | None = None) -> Answer:
    """Answer with a round and those in it whom this person may weigh; refuse whom none of it concerns."""
    everybody = listed(turn, shelves, round)
    seen = [one for one in everybody if weighs(turn, shelves, one)]
    if not seen:
        require("honours.round", turn.roles)
    rows = [row(turn, shelves, round, one, everybody) for one in seen]
    is_concerned = concerned(turn, [one for one in everybody if one.id])
    return Say(views.page(turn._, round, rows, number, moves_open(round, turn.roles, is_concerned), lead, undo))


def listed(turn: Turn, shelves: Shelves, round: Round) -> list[Nomination]:
    """Return those in a round as its page lists them: before it is decided with what speaks for each now, then as it was kept."""
    if round.state in (Phase.OPEN, Phase.NOMINATIONS_CLOSED):
        found = order(judged(shelves, round, turn.handbook, turn.now))
        best = shortlist(found, turn.handbook.honours.shortlist)
        return [one for one in found if one.id or one in best]
    return order(shelves.nominations.of(round.type, round.period))


def row(turn: Turn, shelves: Shelves, round: Round, nomination: Nomination, everybody: Sequence[Nomination]) -> views.Row:
    """Return a nominee with what this person may decide about them, or why not."""
    held = roles(turn, shelves, nomination)
    barred = nominating.biased(nomination, turn.person.id, above(shelves, nomination)) if Role.HR in held else ""
    steps = [] if barred else deciding.steps_open(round, nomination, everybody, held)
    return views.Row(masked(turn, shelves, nomination), steps, barred)


def may_lead(turn: Turn) -> bool:
    """Say whether a person may lead rounds."""
    return may("honours.round", turn.roles)


def line_roles(turn: Turn, shelves: Shelves) -> frozenset[Role]:
    """Return what a person is to those who report to them, if anybody does."""
    return frozenset({Role.MANAGER}) if shelves.people.reports_of(turn.person.id) else frozenset()


def weighed(turn: Turn, shelves: Shelves, round: Round) -> bool:
    """Say whether somebody stands in a round for whom this person may see what speaks."""
    return any(weighs(turn, shelves, one) for one in shelves.nominations.of(round.type, round.period))


def stepped(turn: Turn, shelves: Shelves, round: Round, change: int | None) -> Answer:
    """Answer a step of a round with where it stands, what comes next, and the way back."""
    everybody = listed(turn, shelves, round)
    shape = Shape(bool(everybody), any(one.state is State.AWARDED for one in everybody))
    is_concerned = concerned(turn, [one for one in everybody if one.id])
    return Say(receipts.stepped(turn._, round, moves_open(round, turn.roles, is_concerned), change, shape))
