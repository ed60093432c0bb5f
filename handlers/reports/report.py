"""A report as typed or asked for by a button (§5.1), and its picture."""

from collections.abc import Sequence

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.tallies import COMPANY, Party, Scope, before, current
from bot.views import charts
from bot.views.blocks import Message
from bot.views.reports import figures
from bot.views.reports import picture as pictures
from bot.views.reports import report as views
from bot.words.periods import take_period
from bot.words.text import Word as Typed
from bot.words.text import fold, mention, near, words
from handlers.context import Answer, Instead, Say, Turn
from handlers.reports.content import carried, opened
from handlers.reports.directory import Directory
from handlers.uploads import File, send_aside
from storage.store import Shelves

ME = ("me", "我", "我的")
TEAM = ("team", "团队", "團隊")
ALL = ("all", "全部", "公司", "部门", "部門")


def report(turn: Turn, shelves: Shelves) -> Answer:
    """Report as typed: the person's own figures of this quarter when nothing was."""
    calendar = Calendar(turn.handbook.company)
    period, rest = take_period(words(turn.text), turn.now, calendar)
    directory = Directory(shelves)
    party = meant(turn, directory, rest)
    return told(turn, shelves, directory, figures.Asked(party, (period or current(turn.now, calendar)).name))


def meant(turn: Turn, directory: Directory, typed: Sequence[Typed]) -> Party:
    """Return whose report was typed; raise Instead with the nearest names where it is nobody's."""
    first = fold(typed[0].text) if typed else ME[0]
    if first in ME:
        return Party(Scope.PERSON, turn.person.id)
    if first in ALL:
        return COMPANY
    if first in TEAM and len(typed) == 1:
        return own_team(turn)
    return named(turn, directory, typed[1:] if first in TEAM else typed)


def own_team(turn: Turn) -> Party:
    """Return the person's own team; raise Instead where they have none."""
    if not turn.person.team:
        raise Instead(Say(views.teamless(turn._)))
    return Party(Scope.TEAM, turn.person.team)


def named(turn: Turn, directory: Directory, typed: Sequence[Typed]) -> Party:
    """Return the person or team of a name; raise Instead with the nearest names."""
    name = " ".join(word.typed for word in typed).lstrip("@ ")
    mentioned = mention(typed[0])
    found = [person.id for person in directory.inside if person.id == mentioned or fold(person.name) == fold(name)]
    if len(found) == 1:
        return Party(Scope.PERSON, found[0])
    if fold(name) in directory.teams:
        return Party(Scope.TEAM, directory.teams[fold(name)])
    names = [*(person.name for person in directory.inside), *directory.teams.values()]
    raise Instead(Say(views.unknown(turn._, name, near(name, names))))


def shown(turn: Turn, shelves: Shelves) -> Answer:
    """Show the report that a button stands for, in place."""
    return told(turn, shelves, Directory(shelves), carried(turn))


def picture(turn: Turn, shelves: Shelves) -> Answer:
    """Have the funnel drawn and sent; the report stays, and says so."""
    asked, directory = carried(turn), Directory(shelves)
    whose, content = opened(turn, shelves, directory, asked)
    send_aside(turn, "picture", lambda: drawn(turn, whose, content), lambda error: pictures.unsent(turn._, error))
    return Say(page_of(turn, asked, whose, content, pictures.coming(turn._)))


def drawn(turn: Turn, whose: figures.Whose, content: figures.Content) -> tuple[list[File], str]:
    """Return the picture, and the same in words; in English where this computer has no letters for the language."""
    _ = turn._ if charts.speakable(turn._) else translator("en")
    title, stages = pictures.picture_title(_, whose), pictures.stages(_, content.tallied)
    drawing = charts.funnel(_, title, stages, whose.currency, pictures.picture_note(_, whose))
    told = charts.told(turn._, pictures.picture_title(turn._, whose), pictures.stages(turn._, content.tallied), whose.currency)
    return [File(pictures.figures_of(whose), drawing, told)], told


def told(turn: Turn, shelves: Shelves, directory: Directory, asked: figures.Asked) -> Answer:
    """Answer with a report."""
    whose, content = opened(turn, shelves, directory, asked)
    return Say(page_of(turn, asked, whose, content))


def page_of(turn: Turn, asked: figures.Asked, whose: figures.Whose, content: figures.Content, note: str = "") -> Message:
    """Return a report with the ways to the period before it, and to the year it is part of."""
    earlier = before(whose.period, Calendar(turn.handbook.company)).name
    return views.report(turn._, asked._replace(figure="", page=0), whose, content, earlier, note)
