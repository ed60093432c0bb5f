"""The self-review (§5.3.1, §2.2): its fields, drafts that are never lost, handing it in and taking it back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.language import N_
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Phase
from bot.policy.appraisals.record import LONG, SCORED, TOLD, Appraisal, Part, Scoring, SelfReview, State, Typed
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.machine import Step, event
from bot.policy.refusal import Refusal

SUMMARY, WORDS, MARK = "summary", "comment_", "mark_"
MARKS = ("1", "2", "3", "4", "5")
REMEMBERED = 12  # forms, latest first: nobody has more open at a time
FIXED = ("manager", "blind", "blind_competencies", "version", "saved_at")  # what of an unfinished scoring is logged
WRITING = frozenset({Phase.OPEN, Phase.MANAGER_REVIEW, Phase.CALIBRATION})


class Page(StrEnum):
    """The steps of the form."""

    DID = "did"
    PARTS = "parts"
    SKILLS = "skills"
    CHECK = "check"


class Sent(NamedTuple):
    """What a form held when it was heard of: which one, the version with which it was opened, when by Slack's clock, and its fields.

    `base` is what its fields held when it was opened; `line` is put between two texts that were typed in two forms.
    """

    form: str
    opened: int
    at: str
    base: Mapping[str, str]
    typed: Mapping[str, str]
    line: str


class Aside(NamedTuple):
    """A text for which a field has no room beside a newer one."""

    field: str
    typed: Typed


class Merged(NamedTuple):
    """A draft with what a form held, and the texts for which it has no room."""

    review: SelfReview
    aside: tuple[Aside, ...]


class Drafted(NamedTuple):
    """A step that keeps a draft, and the texts for which it has no room."""

    step: Step[Appraisal]
    aside: tuple[Aside, ...]


def fields_of(page: Page, skills: Iterable[str]) -> list[str]:
    """Return the fields of a step, in their order; `skills` are the ids of the competencies."""
    asked = {Page.PARTS: [f"part_{part}" for part in Part], Page.SKILLS: [f"skill_{skill}" for skill in skills]}
    paired = [f"{kind}{name}" for name in asked.get(page, ()) for kind in (MARK, WORDS)]
    return [SUMMARY] if page is Page.DID else paired


def all_fields(skills: Sequence[str]) -> list[str]:
    """Return the fields of all steps."""
    return [name for page in Page for name in fields_of(page, skills)]


def page_of(field: str) -> Page:
    """Return the step in which a field is asked."""
    if field == SUMMARY:
        return Page.DID
    return Page.SKILLS if field.partition("_")[2].startswith("skill_") else Page.PARTS


def entries(review: SelfReview) -> dict[str, str]:
    """Return what is written in each field; those that are empty are left out."""
    found = {SUMMARY: review.summary}
    found |= {f"{WORDS}part_{part}": text for part, text in review.words.items()}
    found |= {f"{MARK}part_{part}": str(mark) for part, mark in review.marks.items()}
    found |= {f"{WORDS}skill_{skill}": text for skill, text in review.evidence.items()}
    found |= {f"{MARK}skill_{skill}": str(mark) for skill, mark in review.competencies.items()}
    return {name: text for name, text in found.items() if text}


def written(review: SelfReview, entered: Mapping[str, str]) -> SelfReview:
    """Return a self-review whose fields hold just this."""

    def of(prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): text for name, text in entered.items() if name.startswith(prefix) and text}

    return review.amended(
        summary=entered.get(SUMMARY, ""),
        words={Part(name): text for name, text in of(f"{WORDS}part_").items()},
        marks={Part(name): int(mark) for name, mark in of(f"{MARK}part_").items()},
        evidence=of(f"{WORDS}skill_"),
        competencies={name: int(mark) for name, mark in of(f"{MARK}skill_").items()},
    )


def merged(review: SelfReview, sent: Sent, known: Collection[str], now: datetime) -> Merged | None:
    """Return a draft with what a form holds, or None when a later state of the same form is known: Slack may deliver out of order.

    A field counts where it differs from what the form was opened with. What another form has put there since is kept beside it:
    texts one below the other, of marks the latest. Fields that are not asked, and marks that are none, are passed over.
    """
    if review.forms.get(sent.form, (-1, "")) >= (sent.opened, sent.at):
        return None
    version, entered, sources, aside = review.version + 1, entries(review), dict(review.typed), []
    for name, text in sent.typed.items():
        before = review.typed.get(name, ())
        if name not in known or not is_fit(name, text) or is_untouched(name, text, sent, before):
            continue
        sources[name] = (*unseen(before, sent, text), Typed(form=sent.form, version=version, text=text[:LONG]))
        entered[name], left = joined(name, sources[name], sent.line)
        aside += [Aside(name, one) for one in left]
    forms = {**review.forms, sent.form: (sent.opened, sent.at)}
    latest = dict(sorted(forms.items(), key=lambda form: form[1][1])[-REMEMBERED:])
    kept = review.amended(typed=sources, forms=latest, version=version, saved_at=now)
    return Merged(written(kept, entered), tuple(aside))


def is_untouched(name: str, text: str, sent: Sent, before: Sequence[Typed]) -> bool:
    """Tell whether a form has left a field as it found it."""
    return text == sent.base.get(name, "") and all(one.form != sent.form for one in before)


def is_fit(name: str, text: str) -> bool:
    """Tell whether a field may hold this."""
    return not name.startswith(MARK) or text in ("", *MARKS)


def unseen(before: Sequence[Typed], sent: Sent, text: str) -> tuple[Typed, ...]:
    """Return what other forms have put into a field since this one was opened, unless it is the same."""
    return tuple(one for one in before if one.form != sent.form and one.version > sent.opened and one.text not in ("", text))


def joined(name: str, sources: Sequence[Typed], line: str) -> tuple[str, tuple[Typed, ...]]:
    """Return what a field holds of what came from several forms, and what it has no room for."""
    latest = sources[-1]
    if name.startswith(MARK) or len(sources) == 1:
        return latest.text, ()
    together = line.join(one.text for one in sources if one.text)
    return (together, ()) if len(together) <= LONG else (latest.text, tuple(sources[:-1]))


def draft(appraisal: Appraisal, cycle: Cycle, sent: Sent, skills: Sequence[str], now: datetime) -> Drafted | None:
    """Return the step that keeps what a form holds, or None when there is nothing new in it.

    The event of it, which is noted when the state changes only, tells no words: nobody but the person sees a draft.
    """
    check_writing(cycle)
    state = MACHINE.check(appraisal, Action.DRAFT)
    found = merged(appraisal.self_review, sent, all_fields(skills), now)
    if found is None:
        return None
    after = appraisal.amended(state=state, self_review=found.review)
    return Drafted(Step(after, event(veiled(after), veiled(appraisal), Action.DRAFT, appraisal.person, now)), found.aside)


def veiled(appraisal: Appraisal) -> Appraisal:
    """Return an appraisal without the words and marks of its self-review."""
    review = appraisal.self_review
    return appraisal.amended(self_review=SelfReview(version=review.version, saved_at=review.saved_at))


def discreet(snapshot: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the snapshot of an appraisal without the drafts in it: a self-review and a scoring that are not handed in are not logged.

    Blind marks are fixed when the self-review is uncovered, and stay in it.
    """
    if snapshot is None:
        return None
    found = Appraisal.model_validate(snapshot)
    if found.self_submitted_at is None:
        found = veiled(found)
    scoring = found.scoring if found.state not in SCORED | TOLD else None
    hidden = {"scoring": scored_so_far(scoring)} if scoring else {}
    return found.amended(earlier=tuple(scored_so_far(one) for one in found.earlier), **hidden).snapshot()


def scored_so_far(scoring: Scoring) -> Scoring:
    """Return a scoring with what is fixed in it, and no more."""
    return Scoring(**{name: getattr(scoring, name) for name in FIXED})


def check_writing(cycle: Cycle) -> None:
    """Refuse to write where the cycle has gone on to its results, or was cancelled."""
    if cycle.state not in WRITING:
        raise Refusal(N_("The appraisal of {period} is {state}."), period=cycle.period, state=PHASE_NAMES[cycle.state])


def missing(review: SelfReview, skills: Sequence[str]) -> list[str]:
    """Return the fields without which a self-review is not handed in: all of them, in their order."""
    found = entries(review)
    return [name for name in all_fields(skills) if not found.get(name, "").strip()]


def left_at(review: SelfReview, skills: Sequence[str]) -> Page:
    """Return the step with which one goes on: the first in which something is missing, or the last; the first where nothing is written."""
    if not entries(review):
        return Page.DID
    return next((page_of(name) for name in missing(review, skills)), Page.CHECK)


def submit(appraisal: Appraisal, cycle: Cycle, skills: Sequence[str], now: datetime) -> Step[Appraisal]:
    """Hand a self-review in; late is better than not at all, while the manager has not begun."""
    check_writing(cycle)
    if lacking := missing(appraisal.self_review, skills):
        raise Refusal(N_("Something is still missing here."), field=lacking[0])
    return MACHINE.advance(appraisal, Action.SUBMIT, appraisal.person, now, self_submitted_at=now, self_review=fair(appraisal.self_review))


def fair(review: SelfReview) -> SelfReview:
    """Return a self-review with what stands in its fields, and no more: what was put aside is not handed in."""
    return review.amended(typed={name: (Typed(form="", version=review.version, text=text),) for name, text in entries(review).items()})


def recall(appraisal: Appraisal, cycle: Cycle, now: datetime) -> Step[Appraisal]:
    """Take a self-review back to change it, while the manager has not begun."""
    check_writing(cycle)
    return MACHINE.advance(appraisal, Action.RECALL, appraisal.person, now, self_submitted_at=None)


def is_writable(appraisal: Appraisal, cycle: Cycle) -> bool:
    """Tell whether the person may write in the self-review now."""
    return cycle.state in WRITING and (appraisal.state, Action.DRAFT) in MACHINE.transitions


def current(appraisals: Sequence[tuple[Appraisal, Cycle]]) -> Appraisal | None:
    """Return the appraisal whose self-review is meant where none is named: the one due first, else the latest handed in."""
    due = sorted(((cycle.self_due, one.id, one) for one, cycle in appraisals if is_writable(one, cycle)), key=lambda each: each[:2])
    open_ones = [one for _day, _number, one in due]
    handed_in = [appraisal for appraisal, _cycle in appraisals if appraisal.self_submitted_at and appraisal.state is not State.EXCUSED]
    return next(iter([*open_ones, *handed_in]), None)
