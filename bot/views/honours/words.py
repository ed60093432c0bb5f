"""Words that all views of honours share: what an honour is called, who is honoured, and when."""

from collections.abc import Iterable, Mapping, Sequence

from bot.handbook import HonourType
from bot.language import Translator
from bot.policy.honours.record import Nomination, Round
from bot.views.blocks import Sentence, Span, bold, user

SHORT, MOST = 300, 10
Names = Mapping[str, str]


def called(_: Translator, honour: HonourType) -> str:
    """Return what an honour is called."""
    return honour.name[_.language]


def titled(_: Translator, round: Round) -> dict[str, str | Span]:
    """Return honour and period of a round, as the placeholders of a sentence."""
    return {"honour": bold(called(_, round.honour)), "period": round.period}


def named(nomination: Nomination, names: Names) -> dict[str, str | Span]:
    """Return honour and period of a nomination, as the placeholders of a sentence."""
    return {"honour": bold(names.get(nomination.type, nomination.type)), "period": nomination.period}


def who(nomination: Nomination) -> Sentence:
    """Return who is nominated: the person, or the solution with those who wrote it."""
    if nomination.person:
        return (user(nomination.person),)
    return (bold(nomination.title), Span(" ("), *people(nomination.people), Span(")"))


def people(ids: Iterable[str]) -> Sentence:
    """Return mentions of people, with commas between."""
    found = [span for one in ids for span in (Span(", "), user(one))]
    return tuple(found[1:])


def together(nominations: Sequence[Nomination]) -> Sentence:
    """Return all who are honoured, with commas between."""
    found = [span for one in nominations for span in (Span(", "), *who(one))]
    return tuple(found[1:])
