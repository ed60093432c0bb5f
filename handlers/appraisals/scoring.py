"""What managers do (§5.3.1): `/review team`, and the form in which they score."""

from pydantic import Field

from bot.language import N_, translator
from bot.policy.appraisals import manager as policy
from bot.policy.appraisals.manager import Mine
from bot.policy.appraisals.marks import check_marks, uncovered
from bot.policy.appraisals.record import MANAGER_OWED, Appraisal, Part, State
from bot.policy.refusal import Refusal
from bot.views import charts
from bot.views.appraisals import differences, results
from bot.views.appraisals import scored as scored_views
from bot.views.appraisals import scoring as views
from bot.views.appraisals import scoring_steps as steps
from bot.views.appraisals import team as lists
from bot.views.appraisals.scoring_steps import Page
from bot.views.reports import picture as pictures
from bot.words.text import clean
from handlers.appraisals import reasons
from handlers.appraisals.desk import dated, keep_step, reads_as, roles
from handlers.appraisals.filling import Entered, Matter, form, keep_draft, made_of, meant, scored
from handlers.appraisals.lists import below_pressed, team, team_pressed
from handlers.appraisals.results import seen_by
from handlers.colleagues import naming
from handlers.context import Answer, Done, Open, Say, Show, Turn
from handlers.forms import Form
from handlers.replies import page as paged
from handlers.routes import Routes, Word
from handlers.uploads import File, send_aside
from storage.appraising import names_of
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word, the buttons and the forms of scoring."""
    usage, meaning = N_("team [2026Q3]"), N_("see whom you score, and score them")
    names = ("score", "团队", "團隊", "评分", "評分")
    routes.command("/review", "start", Word("team", team, usage, meaning, names, reads=True))
    routes.button(lists.TEAM, team_pressed)
    routes.button(lists.BELOW, below_pressed)
    routes.button(lists.SCORE, score)
    routes.button(lists.SEE, see)
    routes.button(lists.DIFFERENCES, compare)
    routes.button(lists.REOPEN, reopen)
    routes.button(steps.DRAFT, typed)
    routes.button(steps.WEIGH, weighed)
    routes.button(steps.BACK, back)
    routes.button(steps.WHY, why)
    routes.button(differences.RADAR, radar)
    routes.form(steps.LATE, Late, begun)
    routes.form(steps.EVIDENCE, Form, seen)
    routes.form(steps.MARKED, Entered, marked)
    routes.form(steps.REST, Entered, rated)
    routes.form(steps.GRADE, Entered, graded)
    routes.form(lists.REOPEN, Why, reopened)


class Late(Form):
    """Why somebody is scored without a self-review."""

    late_why: str = Field(min_length=1, max_length=steps.REASON)


class Why(Form):
    """A reason."""

    why: str = Field(min_length=1, max_length=steps.REASON)


def shown_to(turn: Turn, shelves: Shelves, number: str, step: Mine) -> Matter:
    """Return an appraisal of which this person may do something; refuse what the policy does not offer them."""
    matter = meant(turn, shelves, number)
    if step not in policy.steps_for(*matter, turn.person.id, reads_as(turn, shelves, matter.appraisal)):
        raise Refusal(N_("That is not for you, or not now."))
    return matter


def score(turn: Turn, shelves: Shelves) -> Answer:
    """Begin to score, or go on where it was left; without a self-review, ask why."""
    appraisal, cycle = scored(turn, shelves, turn.value)
    if appraisal.state is State.SELF_OVERDUE:
        return Open(views.late(turn._, cycle, appraisal, names_of(shelves, [appraisal.person])))
    scoring = appraisal.scoring
    if appraisal.state is not State.MANAGER_DRAFT or scoring is None or scoring.manager != turn.person.id:
        step = policy.begin(appraisal, cycle, turn.person.id, turn.now)
        keep_step(turn, shelves, step)
        appraisal = step.record
    return Open(form(turn, shelves, Matter(appraisal, cycle), left_at(appraisal)))


def begun(turn: Turn, shelves: Shelves, entered: Late) -> Answer:
    """Begin to score without a self-review, for the reason given."""
    appraisal, cycle = scored(turn, shelves, turn.metadata)
    step = policy.begin(appraisal, cycle, turn.person.id, turn.now, clean(entered.late_why))
    keep_step(turn, shelves, step)
    return Show(form(turn, shelves, Matter(step.record, cycle), Page.EVIDENCE))


def left_at(appraisal: Appraisal) -> Page:
    """Return the step at which a scoring was left."""
    scoring = appraisal.scoring
    if scoring is None or not (scoring.marks or scoring.comments):
        return Page.EVIDENCE
    if scoring.blind is not None:
        return Page.GRADE
    return Page.REST if len(scoring.marks) == len(Part) else Page.MARKS


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Keep what is typed and chosen, as it is typed; the form is left alone."""
    keep_draft(turn, shelves)
    return Done()


def weighed(turn: Turn, shelves: Shelves) -> Answer:
    """Keep a mark that is changed beside the self-review, and show what is suggested now."""
    matter = keep_draft(turn, shelves)
    return Show(form(turn, shelves, matter, Page.GRADE))


def back(turn: Turn, shelves: Shelves) -> Answer:
    """Go back a step, once what stands in this one is kept."""
    number, _colon, page = turn.value.partition(":")
    if number != turn.metadata or page not in {str(int(one)) for one in Page}:
        raise Refusal(N_("That list is not known any more; type {command} for a new one."), command="/review team")
    matter = keep_draft(turn, shelves)
    return Show(form(turn, shelves, matter, Page(int(page))))


def seen(turn: Turn, shelves: Shelves, _form: Form) -> Answer:
    """Go on from the evidence to the marks."""
    matter = scored(turn, shelves, turn.metadata)
    policy.scoring_of(matter.appraisal, turn.person.id)
    return Show(form(turn, shelves, matter, Page.MARKS))


def marked(turn: Turn, shelves: Shelves, entered: Entered) -> Answer:
    """Keep the marks, and go on once each is there and explained where it must be."""
    matter = keep_draft(turn, shelves, entered)
    check_marks(policy.scoring_of(matter.appraisal, turn.person.id))
    return Show(form(turn, shelves, matter, Page.REST))


def rated(turn: Turn, shelves: Shelves, entered: Entered) -> Answer:
    """Keep the rest, fix the blind marks unless they are fixed, and uncover the self-review."""
    matter = keep_draft(turn, shelves, entered)
    if not uncovered(matter.appraisal):
        step = policy.uncover(matter.appraisal, matter.cycle, turn.person.id, turn.now)
        keep_step(turn, shelves, step)
        matter = Matter(step.record, matter.cycle)
    return Show(form(turn, shelves, matter, Page.GRADE))


def graded(turn: Turn, shelves: Shelves, entered: Entered) -> Answer:
    """Hand the scoring in, with all that it was made of."""
    matter = keep_draft(turn, shelves, entered)
    measured, quarters = made_of(turn, shelves, matter)
    with dated(turn):
        step = policy.hand_in(*matter, measured, quarters, turn.person.id, turn.now)
    keep_step(turn, shelves, step)
    mine = shelves.appraisals.of_manager(turn.person.id, [matter.cycle.id])
    following = next((one for one in mine if one.state in MANAGER_OWED), None)
    return Say(scored_views.handed_in(turn._, matter.cycle, step.record, names_of(shelves, [step.record.person]), following))


def why(turn: Turn, shelves: Shelves) -> Answer:
    """Say where a measure comes from, on a page above the form."""
    answer = reasons.pressed(turn, shelves)
    return Open(paged(turn, answer.message)) if isinstance(answer, Say) else answer


def see(turn: Turn, shelves: Shelves) -> Answer:
    """Show a scoring that was handed in."""
    appraisal, cycle = shown_to(turn, shelves, turn.value, Mine.SEE)
    names = names_of(shelves, [appraisal.person, appraisal.scoring.manager if appraisal.scoring else ""])
    return Open(paged(turn, results.of_another(turn._, cycle, seen_by(turn, shelves, appraisal), names)))


def compare(turn: Turn, shelves: Shelves) -> Answer:
    """Show own and given marks side by side."""
    appraisal, cycle = shown_to(turn, shelves, turn.value, Mine.DIFFERENCES)
    names = names_of(shelves, [appraisal.person, *(one.manager for one in appraisal.earlier)])
    return Open(differences.sheet(turn._, cycle, appraisal, names))


def radar(turn: Turn, shelves: Shelves) -> Answer:
    """Have the competencies drawn and sent; the view stays, and says so."""
    matter = meant(turn, shelves, turn.value)
    comparing = Mine.DIFFERENCES in policy.steps_for(*matter, turn.person.id, reads_as(turn, shelves, matter.appraisal))
    scoring = matter.appraisal.scoring
    at_work = matter.appraisal.state is State.MANAGER_DRAFT and scoring is not None and scoring.manager == turn.person.id
    mine = at_work and matter.appraisal.manager == turn.person.id
    if not uncovered(matter.appraisal) or not (comparing or mine):
        raise Refusal(N_("That is not for you, or not now."))
    names = names_of(shelves, [matter.appraisal.person, *(one.manager for one in matter.appraisal.earlier)])
    name = names.get(matter.appraisal.person, matter.appraisal.person)
    send_aside(turn, "picture", lambda: drawn(turn, matter, name), lambda error: pictures.unsent(turn._, error))
    if turn.view.get("callback_id") != steps.GRADE:
        return Show(differences.sheet(turn._, matter.cycle, matter.appraisal, names, pictures.coming(turn._)))
    kept = keep_draft(turn, shelves)
    return Show(form(turn, shelves, kept, Page.GRADE, pictures.coming(turn._)))


def drawn(turn: Turn, matter: Matter, name: str) -> tuple[list[File], str]:
    """Return the picture, and the same in words; in English where this computer has no letters for the language."""
    _ = turn._ if charts.speakable(turn._) else translator("en")
    appraisal, cycle = matter
    title, lines = differences.picture_title(_, name, cycle.called), differences.series(_, cycle, appraisal)
    drawing = charts.radar(_, title, differences.axes(_, cycle), lines, differences.picture_note(_))
    title, lines = differences.picture_title(turn._, name, cycle.called), differences.series(turn._, cycle, appraisal)
    told = charts.radar_told(turn._, title, differences.axes(turn._, cycle), lines)
    return [File("competencies.png", drawing, told)], told


def reopen(turn: Turn, shelves: Shelves) -> Answer:
    """Ask why a scoring is to be reopened."""
    appraisal, cycle = shown_to(turn, shelves, turn.value, Mine.REOPEN)
    view = scored_views.reopening(turn._, cycle, appraisal, names_of(shelves, [appraisal.person]))
    return Show(view) if turn.view.get("type") == "modal" else Open(view)


def reopened(turn: Turn, shelves: Shelves, entered: Why) -> Answer:
    """Take a scoring back, and tell its manager where somebody else did."""
    matter = meant(turn, shelves, turn.metadata)
    held, why = roles(turn, shelves, matter.appraisal), clean(entered.why)
    with naming(turn, shelves):
        step = policy.reopen(*matter, turn.person.id, held, why, turn.now)
    event = keep_step(turn, shelves, step)
    names = names_of(shelves, [step.record.person, turn.person.id])
    manager = shelves.people.get(step.record.manager)
    if manager and manager.id != turn.person.id:
        message = scored_views.reopened(translator(manager.speaks), matter.cycle, step.record, names, turn.person.id, why)
        shelves.outbox.say(f"appraisals.reopened:{step.record.id}:{event}", manager.id, message, subject=step.record.subject)
    return Done()
