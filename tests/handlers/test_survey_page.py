"""The page of a survey over HTTP: it opens by a good link only, takes one answer, and shows what people wrote as text."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage
from urllib.parse import urlencode

import pytest

import app
from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.language import translator
from bot.policy.people import Person
from bot.policy.surveys import Shut, State, Survey, lasting, sign
from bot.settings import read_settings
from bot.views.survey_page import CLOSED, THANKS
from handlers.context import Desk
from handlers.survey_page import LARGEST, PRESSES, survey_routes
from handlers.web import Server, web_app
from storage import Store
from tests.office import free_port

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
NIGHT = timedelta(hours=12)
HANDBOOK = load_handbook(None)
LIVE = '<script>alert(1)</script><!channel> &amp; “O\'Neil” "quoted"'


@dataclass
class Page:
    """What came back."""

    status: int
    text: str
    headers: HTTPMessage


@dataclass
class Site:
    """A web server with the page, and the books behind it."""

    port: int
    store: Store
    clock: MovableClock

    def survey(self, **facts: object) -> tuple[Survey, str]:
        """Put a survey into the books; return it with the way to it."""
        now = self.clock.now()
        basic = {"customer_name": "ACME", "customer_key": "acme", "language": "en", "asked_by": "U1", "created": now}
        with self.store.change() as shelves:
            survey = shelves.surveys.add(Survey(**{**basic, "expires": lasting(now, timedelta(days=14)), **facts}))
            assert survey.expires is not None
            return survey, f"/survey/{sign(shelves.surveys.key(), survey.id, survey.expires)}"

    def kept(self, survey: Survey) -> Survey:
        with self.store.look() as shelves:
            found = shelves.surveys.get(survey.id)
        assert found is not None
        return found

    def said(self) -> list[dict[str, object]]:
        with self.store.look() as shelves:
            return [{"to": said.target, "from": said.not_before, **said.message} for said in shelves.outbox.about("survey:1")]

    def get(self, path: str) -> Page:
        return self.send("GET", path)

    def post(self, path: str, **fields: object) -> Page:
        return self.send("POST", path, urlencode(fields).encode())

    def send(self, method: str, path: str, body: bytes | None = None) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
        answer = connection.getresponse()
        page = Page(answer.status, answer.read().decode(), answer.headers)
        connection.close()
        return page


@pytest.fixture
def site(database: str) -> Iterator[Site]:
    clock = MovableClock(MONDAY)
    store = Store(database, clock)
    with store.change() as shelves:
        shelves.people.put(Person(id="U1", name="Ann", zone="Asia/Shanghai"))
    server = Server(web_app(None, dict, survey_routes(Desk(store, HANDBOOK, clock))), "127.0.0.1", 0)
    server.start()
    yield Site(server.port, store, clock)
    server.stop()
    store.close()


def test_the_page_asks_in_the_language_of_the_link_and_names_only_customer_and_subject(site: Site) -> None:
    _survey, link = site.survey(about="demo", ref="D-4", language="zh-Hans", members=("U1", "U2"), confidential=True)
    for language in ("en", "zh-Hans", "zh-Hant"):
        page = site.get(f"{link}?lang={language}")
        _ = translator(language)
        assert page.status == 200 and f'<html lang="{language}">' in page.text
        assert _("How satisfied are you with our demo?") in page.text
        assert "ACME" in page.text and "D-4" in page.text and "U1" not in page.text
    assert '<html lang="zh-Hans">' in site.get(link).text
    assert '<html lang="zh-Hans">' in site.get(f"{link}?lang=xx").text


def test_the_page_may_load_nothing_and_be_framed_nowhere(site: Site) -> None:
    page = site.get(site.survey()[1])
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "<script" not in page.text and "http" not in page.text


def test_an_answer_is_kept_as_verified_and_told_to_who_asked(site: Site) -> None:
    survey, link = site.survey(about="demo", ref="D-4")
    page = site.post(link, score=4, again=5, comment=LIVE, respondent=" Zhang Wei ")
    assert page.status == 200 and THANKS[1] in page.text
    kept = site.kept(survey)
    assert (kept.state, kept.verified, kept.score, kept.understood, kept.again) == (State.ANSWERED, True, 4, None, 5)
    assert kept.respondent == "Zhang Wei" and "<script>" in kept.comment
    [told] = site.said()
    assert told["to"] == "U1" and "ACME answered the survey about the demo D-4: 4 of 5." in str(told["text"])
    assert "<!channel>" not in str(told["text"])
    with site.store.look() as shelves:
        [event] = shelves.audit.of(survey.subject)
    assert (event.actor, event.action, event.after) == ("customer", "answer", "answered")


def test_whoever_asked_is_not_woken(site: Site) -> None:
    _survey, link = site.survey()
    site.clock.move_to(site.clock.now() + NIGHT)
    site.post(link, score=5)
    [told] = site.said()
    assert told["from"] == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_a_second_answer_changes_nothing(site: Site) -> None:
    survey, link = site.survey()
    site.post(link, score=4)
    again = site.post(link, score=1)
    assert (again.status, site.get(link).status) == (409, 409) and CLOSED[Shut.ANSWERED][0] in again.text
    assert site.kept(survey).score == 4 and len(site.said()) == 1


def test_links_that_open_nothing_get_a_friendly_page(site: Site) -> None:
    _survey, good = site.survey()
    _gone, withdrawn = site.survey(state=State.WITHDRAWN)
    with site.store.look() as shelves:
        key = shelves.surveys.key()
    unknown = f"/survey/{sign(key, 999, MONDAY)}"
    forged = good[:-3] + ("AAA" if not good.endswith("AAA") else "BBB")
    site.clock.move_to(site.clock.now() + timedelta(days=15))
    for link, status, why in [
        (unknown, 404, Shut.UNKNOWN),
        (forged, 404, Shut.UNKNOWN),
        ("/survey/..%2f..%2fetc", 404, Shut.UNKNOWN),
        ("/survey/%00%ff", 404, Shut.UNKNOWN),
        ("/survey/" + "9" * 3000, 404, Shut.UNKNOWN),
        (withdrawn, 410, Shut.WITHDRAWN),
        (good, 410, Shut.EXPIRED),
    ]:
        for page in (site.get(link), site.post(link, score=5)):
            assert page.status == status, link
            assert (CLOSED[why][0] in page.text) or ".." in link, link
            assert "Traceback" not in page.text


@pytest.mark.parametrize(
    "fields", [{}, {"score": "6"}, {"score": "many"}, {"score": "-1"}, {"score": 4, "again": "0"}, {"comment": "no mark"}, {"score": "4.5"}]
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(site: Site, fields: dict[str, object]) -> None:
    survey, link = site.survey()
    page = site.post(link, **{"comment": LIVE, **fields})
    assert page.status == 422 and "Please choose marks from 1 to 5" in page.text
    assert "<script" not in page.text
    assert ("no mark" if "comment" in fields else "&lt;script&gt;") in page.text
    assert site.kept(survey).state is State.OPEN


def test_what_is_too_long_or_too_large_is_refused(site: Site) -> None:
    survey, link = site.survey()
    assert site.post(link, score=4, comment="x" * 2001).status == 422
    assert site.post(link, score=4, comment="谢" * 2000, respondent="x" * 101).status == 422
    assert site.send("POST", link, b"score=4&comment=" + b"x" * LARGEST).status == 413
    assert site.kept(survey).state is State.OPEN
    assert site.post(link, score=4, comment="谢" * 2000).status == 200


def test_a_body_that_is_no_form_is_refused(site: Site) -> None:
    _survey, link = site.survey()
    for body in (b"", b"\xff\xfe\x00", b'{"score": 5}', b"score=5&score=9" + b"&a=b" * 100):
        assert site.send("POST", link, body).status == 422, body


def test_a_survey_is_not_hammered(site: Site) -> None:
    _survey, link = site.survey()
    _other, another = site.survey()
    statuses = [site.post(link).status for _ in range(PRESSES + 1)]
    assert statuses == [422] * PRESSES + [429]
    assert site.post(another, score=5).status == 200


def test_two_who_press_at_once_are_one_answer(site: Site) -> None:
    _survey, link = site.survey()
    with ThreadPoolExecutor(8) as crowd:
        statuses = sorted(page.status for page in crowd.map(lambda mark: site.post(link, score=mark), [1, 2, 3, 4, 5, 1, 2, 3]))
    assert statuses == [200] + [409] * 7
    assert len(site.said()) == 1


def test_other_ways_to_ask_are_refused(site: Site) -> None:
    _survey, link = site.survey()
    assert [site.send(method, link).status for method in ("PUT", "DELETE", "HEAD")] == [405, 405, 200]


@pytest.mark.parametrize("reached", [{"SLACK_APP_TOKEN": "xapp-1", "METRICS_PORT": ""}, {"SLACK_SIGNING_SECRET": "s", "PORT": ""}])
def test_either_way_in_serves_the_page(sqlite_database: str, reached: dict[str, str]) -> None:
    port = free_port()
    told = {name: value or str(port) for name, value in reached.items()}
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "DATABASE_URL": sqlite_database, **told})
    bot = app.Bot(settings, HANDBOOK, MovableClock(MONDAY))
    bot.serve_web()
    page = Site(port, bot.store, MovableClock(MONDAY)).get("/survey/1-1-x?lang=en")
    for server in bot.servers:
        server.stop()
    bot.store.close()
    assert page.status == 404 and CLOSED[Shut.UNKNOWN][0] in page.text


def test_when_the_database_fails_the_page_says_sorry(site: Site) -> None:
    _survey, link = site.survey()
    site.get(link)
    with site.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE surveys")
    for page in (site.get(link), site.post(link, score=5)):
        assert page.status == 503 and "Something went wrong on our side" in page.text
        assert "surveys" not in page.text and "Traceback" not in page.text
