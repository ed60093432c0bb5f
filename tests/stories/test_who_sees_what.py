"""Who may see and do what with appraisals and honours (§1.2): every route, pressed, typed and filled by everybody with others' numbers."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Any, NamedTuple

import pytest

from tests.rights import ANN, BOB, HELA, HONOUR, INSIDE, PHASES, ROLES, SCORED, STAGES, TOLD
from tests.unseen import Company, Outcome, secrets_in

SELF, MANAGER, ABOVE, HR = "self own", "manager", "manager above", "hr second"
DEPARTMENT = "hr second own"  # what is about a cycle, and about nobody
LINE = f"{ABOVE} {HR}"
ALL = " ".join(INSIDE)
COLLEAGUES = " ".join(role for role in INSIDE if role != "self")
UNSCORED = tuple(name for name in STAGES if name not in SCORED)
QUIET = tuple(name for name in SCORED if name not in TOLD)  # scored, and not told yet
RUNNING = tuple(name for name in STAGES if name not in TOLD)
DRAFTED = ("begun", "compared")
ASKED = ("written", "handed", "late", *DRAFTED, "excused")
APPEALED = ("appealed", "talked", "heard", "accepted")
QUARTERS = tuple(name for name in TOLD if name != "year")
WATCHED = frozenset({"written", "begun", "scored", "published", "heard", "open", "shortlisted", "announced"})
Rights = Mapping[tuple[str, ...], str]


class Route(NamedTuple):
    """One way to ask for something: what is pressed, typed or submitted, with what, and who may at which stages.

    In its texts {n} is an appraisal, {c} its cycle, {period} its period, {who} the person, {rating} what Bob was asked about them, {sum}
    the checksum of the list of bonuses, {h} a round and {m} the person's nomination in it. `reads` says that it is answered with words.
    """

    kind: str
    name: str
    value: str
    may: Rights
    metadata: str = ""
    fields: Mapping[str, str] = {}
    reads: bool = False


def press(name: str, value: str, may: Rights, metadata: str = "", *, reads: bool = False, **fields: str) -> Route:
    """Return a button."""
    return Route("press", name, value, may, metadata, fields, reads)


def typed(name: str, value: str, may: Rights, *, reads: bool = False) -> Route:
    """Return a word."""
    return Route("type", name, value, may, reads=reads)


def submit(name: str, metadata: str, may: Rights, **fields: str) -> Route:
    """Return a form."""
    return Route("submit", name, "", may, metadata, fields)


EVER = tuple(STAGES)
PLACE = "{n}:did:9:0"
MEASURE = "win_rate:{who}:{period}"
WHY = {EVER: f"self {LINE} own"}
RESULTS = {QUIET: MANAGER, TOLD: f"{SELF} {LINE}"}
READABLE = {QUIET: LINE, TOLD: f"{SELF} {LINE}"}  # those who take the second look read what was written
MARKS = {f"mark_part_{part}": "3" for part in ("results", "quality", "satisfaction", "teamwork")}
RATED = {f"mark_skill_{one}": "3" for one in ("professional_knowledge", "communication", "analysis", "teamwork", "learning")}
CALIBRATING = {EVER: f"above {DEPARTMENT}"}

APPRAISALS = (
    # One's own review: nobody else's is known, whoever asks.
    typed("/review start", "{period}", {EVER: ALL}, reads=True),
    press("appraisals.start", "{n}", {EVER: SELF}),
    press("appraisals.draft", "x", {("written", "late"): SELF}, PLACE, summary="another text"),
    press("appraisals.turn_to", "parts", {EVER: SELF}, PLACE),
    press("appraisals.work", "{n}:bids:0", {EVER: SELF}),
    press("appraisals.recall", "{n}", {("handed",): SELF}),
    submit("appraisals.self", "{n}:check:9:0", {("written", "late"): SELF}, summary="another text"),
    # What colleagues say: known to whoever was asked.
    press("appraisals.rate", "{rating}", {ASKED: "peer"}),
    submit("appraisals.rated", "{rating}", {ASKED: "peer"}, communication="5", problem_solving="5"),
    # Where measures, scores and bonuses come from.
    typed("/review why", "score <@{who}> {period}", WHY, reads=True),
    press("appraisals.why", MEASURE, WHY),
    press("appraisals.why_page", MEASURE, WHY),
    press("appraisals.why_all", ":{who}:{period}", WHY),
    press("appraisals.why_earlier", ":{who}:{period}", WHY),
    press("appraisals.why_score", "score:{who}:{period}", WHY, reads=True),
    press("appraisals.score_why", MEASURE, WHY, "{n}"),
    # Scoring: the manager's alone, and not of what is told.
    typed("/review team", "{period}", {EVER: ALL}, reads=True),
    press("appraisals.team", "{c}:UMAY:0", {EVER: ALL}, reads=True),
    press("appraisals.team_below", "{c}:UMAY:0", {EVER: "above"}, reads=True),
    press("appraisals.score", "{n}", {("handed", "late", *DRAFTED): MANAGER}),
    press("appraisals.score_draft", "x", {DRAFTED: MANAGER}, "{n}", comment="another text"),
    press("appraisals.score_weigh", "x", {DRAFTED: MANAGER}, "{n}", mark_part_results="2"),
    press("appraisals.score_back", "{n}:1", {DRAFTED: MANAGER}, "{n}", comment="another text"),
    press("appraisals.scored", "{n}", {SCORED: LINE}),
    press("appraisals.differences", "{n}", {SCORED: f"{MANAGER} {HR}"}),
    press("appraisals.radar", "{n}", {("compared",): MANAGER, SCORED: f"{MANAGER} {HR}"}, "{n}"),
    press("appraisals.reopen", "{n}", {QUIET: f"{MANAGER} {HR}"}),
    submit("appraisals.reopen", "{n}", {QUIET: f"{MANAGER} {HR}"}, why="because"),
    submit("appraisals.score_late", "{n}", {("handed", "late", *DRAFTED): MANAGER}, late_why="because"),
    submit("appraisals.score_evidence", "{n}", {DRAFTED: MANAGER}),
    submit("appraisals.score_marks", "{n}", {DRAFTED: MANAGER}, **MARKS),
    submit("appraisals.score_rest", "{n}", {("compared",): MANAGER}, **RATED),
    submit("appraisals.score_grade", "{n}", {("compared",): MANAGER}, grade="good", why="because"),
    # Calibration: by HR and from further up; whoever scored does not, and nobody of themselves.
    press("appraisals.calibration", "{c}", CALIBRATING),
    press("appraisals.grid_team", "0", CALIBRATING, "{c}:0:"),
    press("appraisals.shares", "{c}", CALIBRATING),
    press("appraisals.averages", "{c}", {EVER: DEPARTMENT}),
    press("appraisals.grid_table", "{c}", {EVER: DEPARTMENT}),
    press("appraisals.calibrate", "{n}", {QUIET: f"above {HR}"}),
    submit("appraisals.calibrate", "{n}:{c}:0:", {QUIET: f"above {HR}"}, grade="pass", why="because"),
    # Cycles, and who is in them: the HR department's, but for what is about oneself.
    typed("/review cycle", "{period}", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.cycle", "{c}:score:0", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.cycles", "all", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.cycle_open", "new", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.cycle_next", "{c}", {RUNNING: DEPARTMENT}, reads=True),
    press("appraisals.cycle_publish", "{c}", {QUIET: DEPARTMENT}),
    press("appraisals.cycle_close", "{c}", {TOLD: DEPARTMENT}),
    press("appraisals.cycle_postpone", "{c}", {RUNNING: DEPARTMENT}),
    press("appraisals.cycle_back", "{c}", {QUIET: DEPARTMENT}),
    press("appraisals.cycle_cancel", "{c}", {("written",): DEPARTMENT}),
    submit("appraisals.cycle_open", "", {EVER: DEPARTMENT}, period="2022Q2"),
    submit("appraisals.cycle_postpone", "{c}", {RUNNING: DEPARTMENT}, calibration_due="2026-12-31"),
    submit("appraisals.cycle_back", "{c}", {QUIET: DEPARTMENT}, why="because"),
    submit("appraisals.cycle_cancel", "{c}", {("written",): DEPARTMENT}, why="because"),
    *(press(f"appraisals.{name}", "{c}:{who}", {RUNNING: DEPARTMENT}) for name in ("excuse", "serve", "scorer", "readmit")),
    submit("appraisals.excuse", "{c}", {RUNNING: HR}, person="{who}", why="because"),
    submit("appraisals.serve", "{c}", {RUNNING: HR}, person="{who}", why="because", served="50"),
    submit("appraisals.scorer", "{c}", {UNSCORED: HR}, person="{who}", scorer="UTOP"),
    submit("appraisals.readmit", "{c}", {("excused",): HR}, person="{who}", why="because"),
    press("appraisals.new_scores", "{n}:UOLGA", {("begun",): HR}),
    press("appraisals.old_scores", "{n}:UOLGA", {("begun",): HR}),
    # Results: the person's once they are told; before that whoever scored sees them here, and what was written whoever calibrates.
    typed("/review result", "{period} of <@{who}>", RESULTS),
    press("appraisals.result", "{n}", RESULTS),
    press("appraisals.whole", "{n}", READABLE),
    press("appraisals.picture", "{n}", READABLE),
    press("appraisals.seen", "{n}", {("published",): SELF}),
    submit("appraisals.seen", "{n}", {("published",): SELF}, remark="I see"),
    # Appeals: made and gone on with by the person, talked over by managers, decided by HR.
    press("appraisals.appeal", "{n}", {("published", "year"): SELF}),
    submit("appraisals.appeal", "{n}", {("published", "year"): SELF}, why="because"),
    press("appraisals.talk", "{n}", {("appealed",): ABOVE}),
    submit("appraisals.talk", "{n}", {("appealed",): ABOVE}, why="because"),
    press("appraisals.settle", "{n}", {("talked",): SELF}),
    press("appraisals.escalate", "{n}", {("appealed", "talked"): SELF}),
    press("appraisals.accept", "{n}", {("heard",): HR}),
    press("appraisals.decline", "{n}", {("heard",): HR}),
    submit("appraisals.decline", "{n}", {("heard",): HR}, why="because"),
    press("appraisals.uphold", "{n}", {("accepted",): HR}),
    submit("appraisals.uphold", "{n}", {("accepted",): HR}, why="because"),
    press("appraisals.revise", "{n}", {("accepted",): HR}),
    submit("appraisals.revise", "{n}", {("accepted",): HR}, why="because", grade="good"),
    # Payroll: two people of the HR department; and the year's lists, of which managers read one, about those below them.
    typed("/review payroll", "{period}", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.payroll", "{c}", {EVER: DEPARTMENT}, reads=True),
    press("appraisals.payroll_prepare", "{c}", {QUARTERS: DEPARTMENT}),
    press("appraisals.payroll_approve", "{c}:{sum}", {("appealed",): "hr own"}),
    press("appraisals.payroll_files", "{c}", {("talked",): DEPARTMENT}),
    typed("/review year", "2025", {EVER: f"{ABOVE} other {DEPARTMENT}"}),
    press("appraisals.year", "{c}:training:0", {("year",): f"{ABOVE} other {DEPARTMENT}"}),
    press("appraisals.year", "{c}:pay:0", {("year",): DEPARTMENT}),
    press("appraisals.year_file", "{c}", {("year",): DEPARTMENT}),
    typed("/review help", "", {("written",): ALL}, reads=True),
)

ALWAYS = tuple(PHASES)
DECIDING = ("eligible", "shortlisted", "awarded")
LIVE = ("open", "closed", *DECIDING)
SPOKE = "peer sales"
WEIGH = f"{ABOVE} {HR}"
HONOURS = (
    # What everybody may read, and what one said oneself.
    typed("/honour list", "all", {ALWAYS: ALL}, reads=True),
    typed("/honour nominations", "", {ALWAYS: ALL}, reads=True),
    press("honours.list", "all:0", {ALWAYS: ALL}, reads=True),
    press("honours.mine", "0", {ALWAYS: ALL}, reads=True),
    typed("/honour help", "", {("open",): ALL}, reads=True),
    typed("/honour nominate", "<@{who}>", {ALWAYS: ALL}),
    press("honours.nominate", f"{HONOUR}:2026Q4", {ALWAYS: ALL}),
    submit("honours.nominate", "", {ALWAYS: ALL}, honour=f"{HONOUR}:2026Q4", person="UCARL", why="so"),
    # What speaks for a nominee: for those who decide and the line above them; nominators read their own words.
    typed("/honour show", "N-{m}", {LIVE: f"{WEIGH} {SPOKE}", ("passed",): f"{WEIGH} {SPOKE}", ("announced",): ALL}),
    press("honours.show", "{m}", {LIVE: f"{WEIGH} {SPOKE}", ("passed",): f"{WEIGH} {SPOKE}", ("announced",): ALL}),
    typed("/honour rounds", "", {ALWAYS: f"{ABOVE} other {DEPARTMENT}"}, reads=True),
    typed("/honour round", "H-{h}", {ALWAYS: f"{ABOVE} {DEPARTMENT}"}, reads=True),
    press("honours.rounds", "0", {ALWAYS: f"{ABOVE} other {DEPARTMENT}"}, reads=True),
    press("honours.round", "{h}:0", {ALWAYS: f"{ABOVE} {DEPARTMENT}"}, reads=True),
    # Rounds: the HR department's, without those who stand in them.
    typed("/honour open", "Team Player 2023Q2", {ALWAYS: DEPARTMENT}),
    press("honours.open", "new", {ALWAYS: DEPARTMENT}),
    submit("honours.open", "", {ALWAYS: DEPARTMENT}, honour=f"{HONOUR}:2023Q2"),
    typed("/honour close", "H-{h}", {("open",): HR}),
    press("honours.close", "{h}", {("open",): HR}),
    typed("/honour decide", "H-{h}", {("closed",): HR}),
    press("honours.decide", "{h}", {("closed",): HR}),
    typed("/honour announce", "H-{h}", {("awarded",): HR}),
    press("honours.announce", "{h}", {("awarded",): HR}),
    typed("/honour cancel", "H-{h} because", {LIVE: HR}),
    press("honours.cancel", "{h}", {LIVE: HR}),
    submit("honours.cancel", "{h}", {LIVE: HR}, reason="because"),
    # Decisions about somebody: the HR department's, never about oneself.
    typed("/honour add", "N-{m} because", {("eligible",): HR}),
    press("honours.shortlist", "{m}", {("eligible",): HR}),
    submit("honours.shortlist", "{m}", {("eligible",): HR}, reason="because"),
    typed("/honour award", "N-{m}", {("shortlisted",): HR}),
    press("honours.award", "{m}", {("shortlisted",): HR}),
    submit("honours.award", "{m}", {("shortlisted",): HR}, citation="well done", reason="because"),
    typed("/honour reconsider", "N-{m}", {("awarded",): HR}),
    press("honours.reconsider", "{m}", {("awarded",): HR}),
    typed("/honour revoke", "N-{m} because", {("announced",): HR}),
    press("honours.revoke", "{m}", {("announced",): HR}),
    submit("honours.revoke", "{m}", {("announced",): HR}, reason="because"),
    # Undoing is for whoever made the change.
    typed("/honour undo", "N-{m}", {("open",): "peer"}),
    press("honours.undo", "N-{m}", {("open",): "peer"}),
)

# What of a secret may be read by whom, by what they are to the person whom it is about. Everything that is not here is nobody's.
SEES: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "own": {EVER: "self", ("compared", *SCORED): "manager", SCORED: HR},
    "given": {DRAFTED: "manager", QUIET: LINE, TOLD: f"self {LINE}"},
    "remark": {TOLD: f"self {LINE}"},
    "appeal": {APPEALED: f"self {LINE}"},
    "why": {ALWAYS: f"peer {WEIGH}"},
    "support": {ALWAYS: f"sales {WEIGH}"},
    "merit": {("",): WEIGH},
    "grounds": {ALWAYS: WEIGH},
    "citation": {("announced",): "everybody", ("awarded",): WEIGH},
}


def relation(role: str, who: str) -> str:
    """Return what somebody is to a person: everybody is named after what they are to Ann."""
    if ROLES[role].id == who:
        return "self"
    if who == "UCARL":
        return {"other": "manager", "hr": "hr", "second": "hr", "own": "hr"}.get(role, "")
    known = {"own": "hr", "self": "colleague", "peer": "colleague" if who == BOB else "peer"}
    return known.get(role, role)


def may_read(role: str, secret: tuple[str, str, str]) -> bool:
    """Say whether somebody may read a secret."""
    kind, stage, who = secret
    held = {relation(role, who), *(["everybody"] if role in INSIDE else [])}
    return any(stage in stages and held & set(roles.split()) for stages, roles in SEES[kind].items())


def allowed(route: Route, stage: str, role: str) -> bool:
    """Say whether somebody may go a route at a stage."""
    return any(stage in stages and role in roles.split() for stages, roles in route.may.items())


@pytest.fixture(scope="module")
def company(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Return a company with secrets."""
    company = Company(Path(copy(migrated_file, tmp_path_factory.mktemp("company") / "bidwell.db")))
    yield company
    company.close()


def goes(company: Company, route: Route, role: str, stage: str) -> Outcome:
    """Have somebody go a route with the numbers of Ann, or if it is Hela, of herself."""
    who = HELA if role == "own" else ANN
    facts: dict[str, Any] = {"who": who}
    if stage in STAGES:
        facts |= {"n": company.appraisals[stage][who], "c": company.cycles[stage], "period": STAGES[stage].period}
        facts |= {"rating": company.ratings[f"{stage} {who}"], "sum": company.sums.get(stage, "none")}
    else:
        facts |= {"h": company.honours[stage]["round"], "m": company.honours[stage][who]}
    fields = {name: text.format(**facts) for name, text in route.fields.items()}
    return company.does(role, route.kind, route.name, route.value.format(**facts), route.metadata.format(**facts), **fields)


def stages_of(route: Route) -> list[str]:
    """Return the stages at which a route is tried: those of its rights, and the watched ones; one where its texts do not depend on it."""
    texts = "".join([route.value, route.metadata, *route.fields.values()])
    known = ALWAYS if "honour" in route.name else EVER
    if not any(f"{{{name}}}" in texts for name in ("n", "c", "period", "rating", "h", "m")):
        return [*known[:1]]
    named = {stage for stages in route.may for stage in stages if stages != known}
    return [stage for stage in known if stage in named or stage in WATCHED]


def actors(stage: str, first: str) -> list[str]:
    """Return who tries a route: outsiders, who are turned away whatever they say, but once."""
    return [role for role in ROLES if role in INSIDE or stage == first]


def tried(company: Company, route: Route) -> Iterator[str]:
    """Go a route as everybody at every stage; yield what is wrong."""
    reached: set[str] = set()
    stages = stages_of(route)
    for stage in stages:
        refused: set[str] = set()
        for role in sorted(actors(stage, stages[0]), key=partial(allowed, route, stage)):
            outcome = goes(company, route, role, stage)
            place = f"{role} at {stage}"
            refused |= set() if allowed(route, stage, role) else {outcome.messages}
            leaked = sorted(secret for secret in secrets_in(outcome.everything) if not may_read(role, secret))
            if leaked:
                yield f"{place} reads {leaked}"
            if allowed(route, stage, role):
                shown = secrets_in(outcome.messages) or (route.reads and outcome.messages not in refused)
                reached |= {role} if outcome.changed or outcome.views or outcome.files or shown else set()
            elif outcome.changed or outcome.views or outcome.files:
                yield f"{place} changes {outcome.changed}, opens {len(outcome.views)} views, gets {len(outcome.files)} files"
            if outcome.changed:
                company.again()
    if route.may and not reached:
        yield "nobody who may comes to anything: the numbers of this test are wrong"


@pytest.mark.parametrize("route", [*APPRAISALS, *HONOURS], ids=lambda route: f"{route.kind} {route.name} {route.value}"[:60].strip())
def test_a_route_gives_and_does_nothing_without_the_right(company: Company, route: Route) -> None:
    assert list(tried(company, route)) == []


@pytest.mark.parametrize("role", ROLES)
def test_home_keeps_the_secrets(company: Company, role: str) -> None:
    outcome = company.does(role, "home", "", "")
    assert outcome.views and outcome.changed == ()
    assert [secret for secret in secrets_in(outcome.everything) if not may_read(role, secret)] == []


def test_every_route_is_in_the_table_of_rights(company: Company) -> None:
    placed = {(route.kind, route.name) for route in (*APPRAISALS, *HONOURS)}
    routes = company.routes
    known = {("press", name) for name in routes.buttons if name.startswith(("appraisals.", "honours."))}
    known |= {("submit", name) for name in routes.forms if name.startswith(("appraisals.", "honours."))}
    known |= {("type", f"{command} {word}") for command in ("/review", "/honour") for word in routes.commands[command]}
    assert placed == known
