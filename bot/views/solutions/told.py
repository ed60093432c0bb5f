"""What people are told about a solution, each a function of the solution as it stands: tasks, questions, reviews, and what is due."""

from collections.abc import Mapping

from bot.language import Translator
from bot.policy.solutions import (
    LIVE,
    STATE_NAMES,
    Asked,
    Consultation,
    Solution,
    State,
    consultation_of,
    latest,
    seen,
    unanswered,
    waiting,
)
from bot.views.blocks import Block, Message, Sentence, Span, actions, bold, bullets, button, clip, prose, quote, says, user
from bot.views.solutions.sheet import LONG, VERDICT_NAMES, link_told, named, scores_told
from bot.views.solutions.steps import ANSWER, DONE, OPTIMISE, SCORE, SECTION_FORM, SEND, SHOW

TASK, CONSULTED, ANSWERED = "solutions.task", "solutions.consulted", "solutions.answered"
SCORING, SETTLED, WORD = "solutions.scoring", "solutions.settled", "solutions.word"
ANSWER_DUE, SCORE_DUE, OVERDUE = "solutions.answer_due", "solutions.score_due", "solutions.overdue"
CHASING = frozenset({ANSWER_DUE, SCORE_DUE, OVERDUE})


def retold(_: Translator, key: str, to: str, zone: str, sent: bool, solution: Solution, names: Mapping[str, str]) -> Message:
    """Return what a message about a solution says now: no words when it was not `sent` and need not be any more."""
    kind, _id, part, *_more = key.split(":")
    if kind in CHASING and not sent and waited_for(kind, solution, part) is None:
        return Message("")
    if kind == TASK:
        return task(_, solution, part, to, names)
    if kind in (CONSULTED, ANSWERED):
        asked = consultation_of(solution, int(part))
        return consulted(_, solution, asked, zone) if kind == CONSULTED else answered(_, solution, asked)
    if kind == SCORING:
        return scoring(_, solution, to, int(part), zone, names)
    if kind == SETTLED:
        return settled(_, solution, int(part))
    if kind == WORD:
        return customers_word(_, solution, int(part))
    return due_told(_, kind, solution, part, zone)


def task(_: Translator, solution: Solution, id: str, person: str, names: Mapping[str, str]) -> Message:
    """Tell somebody that they write a section; once it is done, or somebody else's, say so."""
    section, name = solution.section(id), bold(names.get(id, id))
    if section is None or section.owner != person or solution.state not in LIVE:
        return says(
            prose(_.template("The section {section} of {customer} ({number}) is not yours any more."), section=name, **named(solution))
        )
    if section.done_at:
        return says(
            prose(_.template("The section {section} of {customer} ({number}) is done. Thank you!"), section=name, **named(solution))
        )
    said = prose(_.template("You write the section {section} of {customer} ({number})."), section=name, **named(solution))
    value = f"{solution.id}:{id}"
    return says(said, also=[actions(button(_("Done"), DONE, value, "primary"), button(_("Link to the document"), SECTION_FORM, value))])


def consulted(_: Translator, solution: Solution, asked: Consultation | None, zone: str) -> Message:
    """Ask another department about feasibility, with the button that opens the form for the answer."""
    if asked is None:
        return says(prose(_.template("The question was taken back.")))
    change = actions(button(_("Change the answer"), ANSWER, f"{solution.id}:{asked.id}"))
    if asked.verdict:
        thanks = prose(
            _.template("You answered {person}’s question: {verdict}. Thank you!"),
            person=user(asked.asker),
            verdict=_(VERDICT_NAMES[asked.verdict]),
        )
        return says(
            thanks,
            also=[quote(asked.text), *([quote(asked.answer)] if asked.answer else []), *([change] if solution.state in LIVE else [])],
        )
    if solution.state not in LIVE:
        return says(prose(_.template("{person}’s question needs no answer any more."), person=user(asked.asker)), also=[quote(asked.text)])
    row = actions(button(_("Answer"), ANSWER, f"{solution.id}:{asked.id}", "primary"))
    until = prose(_.template("Please answer until {when}."), when=bold(_.moment(asked.due, zone)))
    return says(wanted(_, solution, asked), until, also=[quote(asked.text), row])


def wanted(_: Translator, solution: Solution, asked: Consultation) -> Sentence:
    """Return who asks, and for which solution if that may be told."""
    if solution.confidential and asked.person not in {solution.owner, *solution.team}:
        return prose(_.template("{person} asks you whether this is feasible, for a confidential solution."), person=user(asked.asker))
    return prose(
        _.template("{person} asks you whether this is feasible, for {customer} ({number})."), person=user(asked.asker), **named(solution)
    )


def answered(_: Translator, solution: Solution, asked: Consultation | None) -> Message:
    """Tell the asker what another department says."""
    if asked is None or asked.verdict is None:
        return says(prose(_.template("An answer for {customer} ({number}) was taken back."), **named(solution)))
    verdict = bold(_(VERDICT_NAMES[asked.verdict]))
    head = prose(
        _.template("{person} answered for {customer} ({number}): {verdict}."), person=user(asked.person), verdict=verdict, **named(solution)
    )
    return says(head, also=[quote(clip(asked.text, LONG)), *([quote(asked.answer)] if asked.answer else [])])


def scoring(_: Translator, solution: Solution, person: str, sitting: int, zone: str, names: Mapping[str, str]) -> Message:
    """Ask an expert for marks, with what there is to read; once they are given or not wanted any more, say so."""
    given = any((score.expert, score.sitting) == (person, sitting) for score in solution.scores)
    wanted_still = solution.state is State.INTERNAL_REVIEW and solution.sitting == sitting
    if given:
        again = [actions(button(_("Change my marks"), SCORE, str(solution.id)))] if wanted_still else []
        return says(prose(_.template("Your marks for {customer} ({number}) are recorded. Thank you!"), **named(solution)), also=again)
    asked = next((one for one in waiting(solution) if one.expert == person), None) if wanted_still else None
    if asked is None:
        template = _.template("{customer} ({number}) is {state}. Your review is not needed any more.")
        return says(prose(template, **named(solution), state=_(STATE_NAMES[solution.state])))
    row = [button(_("Give my marks"), SCORE, str(solution.id), "primary"), button(_("Open"), SHOW, str(solution.id))]
    return says(*score_asked(_, solution, asked, zone), also=[*documents(_, solution, names), actions(*row)])


def score_asked(_: Translator, solution: Solution, asked: Asked, zone: str) -> list[Sentence]:
    """Return what an expert is asked for until when, the goal, and what no section answers."""
    template = _.template("{person} asks you to judge the solution for {customer} ({number}) until {when}.")
    head = prose(template, person=user(asked.by), when=bold(_.moment(asked.due, zone)), **named(solution))
    goal = [(bold(_("Goal")), Span(f": {clip(solution.plan.goal, LONG)}"))] if solution.plan else []
    gaps = clip("; ".join(solution.gaps), LONG)
    open_ones = [prose(_.template("Key requirements that no section answers: {gaps}"), gaps=gaps)] if solution.gaps else []
    return [head, *goal, *open_ones]


def documents(_: Translator, solution: Solution, names: Mapping[str, str]) -> list[Block]:
    """Return the documents of a solution, as links with their class."""
    linked = [section for section in solution.sections if section.link]
    return (
        [bullets(*((Span(f"{names.get(one.id, one.id)}: "), *link_told(_, one.link, True)) for one in linked if one.link))]
        if linked
        else []
    )


def settled(_: Translator, solution: Solution, sitting: int) -> Message:
    """Tell what the experts' review came to, now that all marks are in."""
    scores = [score for score in seen(solution) if score.sitting == sitting]
    if not scores:
        return says(prose(_.template("The review of {customer} ({number}) is open again."), **named(solution)))
    told = scores_told(_, scores)
    if scores != latest(solution) or solution.state not in (State.APPROVED, State.OPTIMISING):
        return says(prose(_.template("An earlier review of {customer} ({number}):"), **named(solution)), *told)
    if solution.state is State.APPROVED:
        row = actions(button(_("Sent to the customer"), SEND, str(solution.id), "primary"), button(_("Open"), SHOW, str(solution.id)))
        return says(prose(_.template("{customer} ({number}) is approved by the experts."), **named(solution)), *told, also=[row])
    row = actions(button(_("What was changed"), OPTIMISE, str(solution.id), "primary"), button(_("Open"), SHOW, str(solution.id)))
    template = _.template("{customer} ({number}) is not good enough yet: round {round} of optimising begins.")
    return says(prose(template, **named(solution), round=str(solution.round)), *told, also=[row])


def customers_word(_: Translator, solution: Solution, number: int) -> Message:
    """Tell those who wrote it what the customer says: the change of this number, or for 0 that it is confirmed."""
    if number == 0:
        if solution.confirmation is None:
            return says(prose(_.template("The confirmation of {customer} ({number}) was taken back."), **named(solution)))
        who = bold(solution.confirmation.who)
        return says(prose(_.template("{who} confirmed the solution for {customer} ({number}). Well done!"), who=who, **named(solution)))
    if number > len(solution.wishes):
        return says(prose(_.template("What the customer asked for {customer} ({number}) was taken back."), **named(solution)))
    row = [actions(button(_("Open"), SHOW, str(solution.id)))]
    head = prose(_.template("The customer wants {customer} ({number}) changed:"), **named(solution))
    return says(head, also=[quote(solution.wishes[number - 1].text), *row])


def waited_for(kind: str, solution: Solution, part: str) -> Asked | Consultation | None:
    """Return what a reminder is about, while it is waited for; `part` is a question's number, or a sitting and its expert."""
    if kind == ANSWER_DUE or part.startswith("c"):
        return next((one for one in unanswered(solution) if str(one.id) == part.lstrip("c")), None)
    sitting, _dash, expert = part.lstrip("s").partition("-")
    found = [one for one in waiting(solution) if one.expert == expert]
    return found[0] if found and str(solution.sitting) == sitting else None


def due_told(_: Translator, kind: str, solution: Solution, part: str, zone: str) -> Message:
    """Remind of an answer or of marks, or tell whoever waits that they are overdue; once they are there, say so."""
    found = waited_for(kind, solution, part)
    if isinstance(found, Asked):
        return score_due(_, kind, solution, found, zone)
    if isinstance(found, Consultation):
        return answer_due(_, kind, solution, found, zone)
    return says(prose(_.template("Settled: that is not waited for any more.")))


def score_due(_: Translator, kind: str, solution: Solution, asked: Asked, zone: str) -> Message:
    """Return the reminder of marks, or the word to the owner that they are overdue."""
    when = bold(_.moment(asked.due, zone))
    if kind == OVERDUE:
        template = _.template("The marks of {person} for {customer} ({number}) were due {when}. You can ask another expert too.")
        return says(
            prose(template, person=user(asked.expert), when=when, **named(solution)),
            also=[actions(button(_("Open"), SHOW, str(solution.id)))],
        )
    said = prose(_.template("Your marks for {customer} ({number}) are due {when}."), when=when, **named(solution))
    return says(said, also=[actions(button(_("Give my marks"), SCORE, str(solution.id), "primary"))])


def answer_due(_: Translator, kind: str, solution: Solution, asked: Consultation, zone: str) -> Message:
    """Return the reminder of an answer, or the word to the asker that it is overdue."""
    when = bold(_.moment(asked.due, zone))
    if kind == OVERDUE:
        template = _.template("The answer of {person} for {customer} ({number}) was due {when}.")
        return says(prose(template, person=user(asked.person), when=when, **named(solution)), also=[quote(clip(asked.text, LONG))])
    said = prose(_.template("Your answer to {person} is due {when}."), person=user(asked.asker), when=when)
    row = actions(button(_("Answer"), ANSWER, f"{solution.id}:{asked.id}", "primary"))
    return says(said, also=[quote(clip(asked.text, LONG)), row])
