"""The scorecard (§4.4.1): several people mark a bid by the handbook's criteria, and the middle marks advise whether to bid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from bot.handbook import Assessment, Criterion
from bot.language import N_
from bot.policy.bids.record import UNDECIDED, Bid, Rating, State
from bot.policy.bids.steps import Action, Step, advance, change, check
from bot.policy.refusal import Refusal

HIGHEST = 5
MARKS = range(1, HIGHEST + 1)
MARK, COMMENT = "mark_", "comment_"  # what the names of a form's fields begin with, before the criterion's id


@dataclass(frozen=True)
class Line:
    """One criterion of a scorecard: who marked it how, and whether somebody said why."""

    criterion: Criterion
    marks: Mapping[str, int]
    comments: Mapping[str, str]

    @property
    def middle(self) -> Decimal:
        """Return the median mark; 0 while nobody has marked it."""
        return median(map(Decimal, self.marks.values())) if self.marks else Decimal()

    @property
    def points(self) -> Decimal:
        """Return what the criterion adds to the score: weight x mark / 5."""
        return self.criterion.weight * self.middle / HIGHEST

    @property
    def spread(self) -> int:
        """Return how far apart the highest and the lowest mark are."""
        return max(self.marks.values()) - min(self.marks.values()) if self.marks else 0

    @property
    def is_vetoed(self) -> bool:
        """Say whether the mark rules out a plain "go"."""
        return self.criterion.veto and self.middle == 1


@dataclass(frozen=True)
class Scorecard:
    """What all ratings of a bid come to; `failed` are the gates that not every rater holds to be passed."""

    lines: tuple[Line, ...]
    failed: tuple[str, ...]
    terms: Assessment

    @property
    def score(self) -> Decimal:
        """Return the weighted sum, 0 to 100, exactly."""
        return sum((line.points for line in self.lines), Decimal())

    @property
    def unmarked(self) -> tuple[Criterion, ...]:
        """Return the criteria that nobody has marked."""
        return tuple(line.criterion for line in self.lines if not line.marks)

    @property
    def vetoed(self) -> tuple[Criterion, ...]:
        """Return the criteria whose mark rules out a plain "go"."""
        return tuple(line.criterion for line in self.lines if line.is_vetoed)

    @property
    def disputed(self) -> tuple[Line, ...]:
        """Return the lines on which raters are so far apart that one of them has to say why."""
        return tuple(line for line in self.lines if line.spread >= self.terms.spread)

    @property
    def unexplained(self) -> tuple[Line, ...]:
        """Return the disputed lines on which nobody has said why."""
        return tuple(line for line in self.disputed if not line.comments)

    @property
    def band(self) -> State:
        """Return the advice: a failed gate is a no-go, a veto allows a "go" on conditions at best."""
        if self.failed or self.score < self.terms.bands.conditional:
            return State.NO_GO
        return State.GO_DECIDED if self.score >= self.terms.bands.go and not self.vetoed else State.CONDITIONAL


def scorecard(ratings: Sequence[Rating], terms: Assessment) -> Scorecard:
    """Return what these ratings come to together."""
    failed = tuple(gate.id for gate in terms.gates if not all(gate.id in rating.gates for rating in ratings))
    return Scorecard(tuple(line(criterion, ratings) for criterion in terms.criteria), failed, terms)


def line(criterion: Criterion, ratings: Sequence[Rating]) -> Line:
    """Return what was said to one criterion."""
    marks = {rating.rater: rating.scores[criterion.id] for rating in ratings if criterion.id in rating.scores}
    comments = {rating.rater: rating.comments[criterion.id] for rating in ratings if rating.comments.get(criterion.id)}
    return Line(criterion, marks, comments)


def rating_of(bid: Bid, rater: str) -> Rating | None:
    """Return a person's rating, if they have filed one."""
    return next((rating for rating in bid.ratings if rating.rater == rater), None)


def rate(bid: Bid, rating: Rating, terms: Assessment, now: datetime) -> Step:
    """File a rating in place of the rater's former one; a bid on conditions is then assessed anew."""
    for criterion in terms.criteria:
        if rating.scores.get(criterion.id) not in MARKS:
            raise Refusal(N_("Please give each criterion a mark from 1 to 5."), field=MARK + criterion.id)
    others = tuple(other for other in bid.ratings if other.rater != rating.rater)
    filed = (*others, rating)
    if bid.state is State.ASSESSING:
        return change(bid, rating.rater, now, ratings=filed)
    return advance(bid, Action.ASSESS, rating.rater, now, ratings=filed, decision=None, conditions=())


def explain(bid: Bid, rater: str, comments: Mapping[str, str], now: datetime) -> Step:
    """Add comments to a rating that was filed."""
    own = rating_of(bid, rater)
    if own is None:
        raise Refusal(N_("You have not assessed {customer} yet."), customer=bid.customer)
    if bid.state not in UNDECIDED:
        check(bid, Action.ASSESS)
    explained = own.amended(comments={**own.comments, **comments})
    return change(bid, rater, now, ratings=tuple(explained if rating is own else rating for rating in bid.ratings))
