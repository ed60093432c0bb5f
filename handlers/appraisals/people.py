"""Who is in a cycle and who scores them (§5.2): the HR department excuses, readmits, sets days served, and names who scores."""

from pydantic import Field, field_validator

from bot.language import N_
from bot.policy.appraisals import changes as policy
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import Appraisal
from bot.policy.appraisals.steps import Action
from bot.policy.machine import Step
from bot.policy.refusal import Refusal
from bot.views.appraisals import cycle_forms as forms
from bot.views.appraisals import cycles as views
from bot.views.appraisals.reminders import NEW_SCORES, OLD_SCORES, scored_by
from bot.views.blocks import says
from bot.words.text import clean
from handlers.appraisals.desk import allow, cycle_meant, keep_step, meant_for
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.appraising import cycle_of
from storage.inviting import invite
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the buttons and the forms of who is in a cycle."""
    routes.button(views.EXCUSE, lambda turn, shelves: ask(turn, shelves, views.EXCUSE))
    routes.button(views.READMIT, lambda turn, shelves: ask(turn, shelves, views.READMIT))
    routes.button(views.SERVE, lambda turn, shelves: ask(turn, shelves, views.SERVE))
    routes.button(views.SCORER, lambda turn, shelves: ask(turn, shelves, views.SCORER))
    routes.form(views.EXCUSE, About, excuse)
    routes.form(views.READMIT, About, readmit)
    routes.form(views.SERVE, Serving, serve)
    routes.form(views.SCORER, Naming, name_scorer)
    routes.button(NEW_SCORES, new_scores)
    routes.button(OLD_SCORES, old_scores)


class About(Form):
    """Somebody in a cycle, and why something is changed about them."""

    person: str
    why: str = Field(min_length=1, max_length=forms.WHY)


class Serving(About):
    """How many days of the period somebody served."""

    served: int

    @field_validator("served", mode="before")
    @classmethod
    def count(cls, typed: str) -> str:
        """Refuse what is no number of days."""
        if not (typed.isascii() and typed.isdigit()):
            raise Refusal(N_("Write a whole number of days."), field="served")
        return typed


class Naming(Form):
    """Who scores somebody."""

    person: str
    scorer: str


def ask(turn: Turn, shelves: Shelves, step: str) -> Answer:
    """Open the form of a step about somebody, who may be known already."""
    number, _colon, person = turn.value.partition(":")
    found = cycle_meant(turn, shelves, number)
    policy.check_running(found, policy.READMITTING if step == views.READMIT else policy.UNTIL_TOLD)
    return Open(forms.person_form(turn._, found, step, person))


def excuse(turn: Turn, shelves: Shelves, form: About) -> Answer:
    """Excuse somebody."""
    cycle, found = about(turn, shelves, form.person, Action.EXCUSE)
    return kept(turn, shelves, cycle, policy.excuse(found, clean(form.why), turn.person.id, turn.now))


def readmit(turn: Turn, shelves: Shelves, form: About) -> Answer:
    """Take somebody who was excused into the cycle again, and ask for their self-review."""
    cycle, found = about(turn, shelves, form.person, Action.READMIT, policy.READMITTING)
    step = policy.readmit(found, clean(form.why), turn.person.id, turn.now)
    person = colleague(shelves, form.person, "person")
    answer = kept(turn, shelves, cycle, step)
    invite(shelves, cycle, step.record, person, turn.handbook)
    return answer


def serve(turn: Turn, shelves: Shelves, form: Serving) -> Answer:
    """Set how many days somebody served."""
    cycle, found = about(turn, shelves, form.person, Action.SERVE)
    return kept(turn, shelves, cycle, policy.serve(found, form.served, clean(form.why), turn.person.id, turn.now))


def name_scorer(turn: Turn, shelves: Shelves, form: Naming) -> Answer:
    """Name who scores somebody."""
    cycle, found = about(turn, shelves, form.person, Action.REASSIGN)
    scorer = colleague(shelves, form.scorer, "scorer")
    return kept(turn, shelves, cycle, policy.name_scorer(found, scorer.id, turn.person.id, turn.now))


def about(
    turn: Turn, shelves: Shelves, person: str, action: Action, when: tuple[Phase, ...] = policy.UNTIL_TOLD
) -> tuple[Cycle, Appraisal]:
    """Return the cycle of a form and somebody's appraisal in it, for a step that this person may take."""
    cycle = cycle_meant(turn, shelves, turn.metadata)
    policy.check_running(cycle, when)
    found = shelves.appraisals.of(cycle.id, person, lock=True)
    if found is None:
        raise Refusal(N_("That person is not in this cycle."), field="person")
    if found.person == turn.person.id:
        raise Refusal(N_("Nobody decides about their own appraisal: ask somebody else of the HR department."), field="person")
    policy.check_untold(found, cycle)
    allow(turn, shelves, found, action)
    return cycle, found


def kept(turn: Turn, shelves: Shelves, cycle: Cycle, step: Step[Appraisal]) -> Answer:
    """Remember a change of who is in a cycle, and say how it stands."""
    keep_step(turn, shelves, step)
    return Say(views.changed(turn._, cycle, step.record))


def new_scores(turn: Turn, shelves: Shelves) -> Answer:
    """Let the new manager score; what the old one began is kept."""
    found, new = asked(turn, shelves)
    return decided(turn, shelves, policy.name_scorer(found, new, turn.person.id, turn.now))


def old_scores(turn: Turn, shelves: Shelves) -> Answer:
    """Let the old manager finish."""
    found, _new = asked(turn, shelves)
    return decided(turn, shelves, policy.stay(found, turn.person.id, turn.now))


def asked(turn: Turn, shelves: Shelves) -> tuple[Appraisal, str]:
    """Return the appraisal of a question who scores on, and the new manager."""
    number, _colon, new = turn.value.partition(":")
    found = meant_for(turn, shelves, number, Action.REASSIGN)
    policy.check_asked(found, new)
    policy.check_untold(found, cycle_of(shelves, found))
    return found, new


def decided(turn: Turn, shelves: Shelves, step: Step[Appraisal]) -> Answer:
    """Remember who scores, and say it."""
    keep_step(turn, shelves, step)
    return Say(says(scored_by(turn._, cycle_of(shelves, step.record), step.record)))
