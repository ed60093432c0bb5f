"""What colleagues say of the cooperation (§5.1.4): the form that they are asked with."""

from pydantic import Field

from bot.language import N_
from bot.policy.appraisals.peers import Answer as Said
from bot.policy.appraisals.peers import answered, check_open
from bot.policy.appraisals.record import PeerRating
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.appraisals.peers import CANNOT, RATE, RATE_FORM, rating_form
from bot.words.numbers import is_number
from handlers.context import Answer, Done, Open, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.rating import cycle_rated, keep_rating
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
    routes.button(RATE, rate)
    routes.form(RATE_FORM, Rated, rated)


class Rated(Form):
    """What a colleague says."""

    communication: int | None = Field(default=None, ge=1, le=5)
    problem_solving: int | None = Field(default=None, ge=1, le=5)
    cannot: tuple[str, ...] = ()


def asked(turn: Turn, shelves: Shelves, number: str) -> PeerRating:
    """Return what this person was asked; what others were asked is known to nobody."""
    require("appraisals.rate", turn.roles)
    fits = is_number(number)
    found = shelves.ratings.get(int(number), lock=True) if fits else None
    if found is None or found.rater != turn.person.id:
        raise Refusal(N_("There is no such question, or it is not for you."))
    return found


def rate(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form about one colleague, filled with what was answered before."""
    rating = asked(turn, shelves, turn.value)
    check_open(cycle_rated(shelves, rating))
    person = shelves.people.get(rating.person)
    return Open(rating_form(turn._, rating, person.name if person else rating.person))


def rated(turn: Turn, shelves: Shelves, form: Rated) -> Answer:
    """Keep what a colleague says; the message shows that it is answered, and nothing else."""
    rating = asked(turn, shelves, turn.metadata)
    said = Said(form.communication, form.problem_solving, CANNOT in form.cannot)
    keep_rating(shelves, answered(rating, said, cycle_rated(shelves, rating), turn.now), turn.handbook, turn.now, turn.request)
    return Done()
