"""The page of a survey on the web (§2.1.5): whoever has the signed link may answer it once, without an account."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.language import LANGUAGES, Translator, translator
from bot.policy import surveys as policy
from bot.policy.calendar import Calendar
from bot.policy.surveys import Answer, Shut, Survey
from bot.views import survey_page as page
from bot.views import surveys as views
from bot.words.text import clean
from handlers.context import Desk
from storage.counting import count_survey
from storage.kept import keep, tongue
from storage.store import Shelves

PATH = "/survey"
LARGEST = 32_000  # bytes: the longest comment and name, each letter escaped
PRESSES, WITHIN = 20, 60.0  # times a survey may be sent, by seconds
MOST_WATCHED = 1000
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": page.POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
STATUS = {
    Shut.UNKNOWN: HTTPStatus.NOT_FOUND,
    Shut.ANSWERED: HTTPStatus.CONFLICT,
    Shut.WITHDRAWN: HTTPStatus.GONE,
    Shut.EXPIRED: HTTPStatus.GONE,
}
log = logging.getLogger("bidwell.surveys")


def survey_routes(desk: Desk) -> list[Route]:
    """Return the routes of the page."""
    form = SurveyForm(desk)

    async def ask(request: Request) -> Response:
        return await run_in_threadpool(answered, request, form, lambda: form.ask(request.path_params["token"], chosen(request)))

    async def take(request: Request) -> Response:
        body = await whole(request)
        return await run_in_threadpool(answered, request, form, lambda: form.take(request.path_params["token"], chosen(request), body))

    return [Route(PATH + "/{token}", ask, methods=["GET"]), Route(PATH + "/{token}", take, methods=["POST"])]


class SurveyForm:
    """The questions, as they are shown and taken in by one process."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.turnstile = Turnstile(desk.clock.elapsed)

    @cached_property
    def key(self) -> bytes:
        """Return the key that signs the links."""
        with self.desk.store.change() as shelves:
            return shelves.surveys.key()

    def ask(self, token: str, language: str) -> Response:
        """Show the questions, or why there are none."""
        number = policy.signed(self.key, token)
        with self.desk.store.look() as shelves:
            survey = shelves.surveys.get(number) if number else None
        _ = self.speaking(language, survey)
        shut = policy.shut(survey, self.desk.clock.now())
        if survey is None or shut:
            return closed(_, shut or Shut.UNKNOWN)
        return html(self.form(_, survey, {}))

    def take(self, token: str, language: str, body: bytes | None) -> Response:
        """Take the answers in, once, or say what is wrong with them."""
        number = policy.signed(self.key, token)
        if number is None:
            return closed(self.speaking(language), Shut.UNKNOWN)
        if not self.turnstile.passes(number):
            return said(self.speaking(language), page.BUSY, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(int(WITHIN))})
        if body is None:
            return said(self.speaking(language), page.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        with self.desk.store.change() as shelves:
            return self.put(shelves, shelves.surveys.get(number, lock=True), language, entered(body))

    def put(self, shelves: Shelves, survey: Survey | None, language: str, fields: dict[str, str]) -> Response:
        """Keep the answers, and tell whoever asked for them."""
        _, now = self.speaking(language, survey), self.desk.clock.now()
        shut = policy.shut(survey, now)
        if survey is None or shut:
            return closed(_, shut or Shut.UNKNOWN)
        try:
            given = Answer.model_validate(fields)
        except ValidationError as error:
            return html(self.form(_, survey, fields, fault(_, error)), HTTPStatus.UNPROCESSABLE_ENTITY)
        step = policy.answer(survey, given, now)
        keep(shelves, shelves.surveys, step, lambda _said, _person: None)
        self.tell(shelves, step.record)
        count_survey(shelves, step.record, self.desk.handbook)
        return said(_, page.THANKS, HTTPStatus.OK)

    def tell(self, shelves: Shelves, survey: Survey) -> None:
        """Tell whoever asked what the customer answered, when they are next at work."""
        person = shelves.people.get(survey.asked_by)
        if person:
            at_work = Calendar(self.desk.handbook.company).next_working_moment(self.desk.clock.now(), person.zone)
            customer = shelves.customers.called(survey.customer_key)
            message = views.told(tongue(self.desk.handbook, person), survey, customer.id if customer else 0)
            key = f"{views.TOLD}:{survey.id}:{person.id}"
            shelves.outbox.say(key, person.id, message, subject=survey.subject, not_before=at_work)

    def form(self, _: Translator, survey: Survey, fields: dict[str, str], wrong: str = "") -> str:
        """Return the page with the questions."""
        company = self.desk.handbook.company
        return page.form(_, survey, company.name, company.time_zone, fields, wrong)

    def speaking(self, language: str, survey: Survey | None = None) -> Translator:
        """Return the language asked for, else the survey's, else the company's."""
        known = language if language in LANGUAGES else ""
        return translator(known or (survey.language if survey else self.desk.handbook.company.language))


class Turnstile:
    """Lets so many answers through for each survey in a while; a process counts its own."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self.elapsed = elapsed
        self.seen: dict[int, deque[float]] = {}
        self.turn = threading.Lock()

    def passes(self, number: int) -> bool:
        """Say whether one more may pass, and count it."""
        now = self.elapsed()
        with self.turn:
            if len(self.seen) > MOST_WATCHED:
                self.seen = {each: times for each, times in self.seen.items() if now - times[-1] < WITHIN}
            times = self.seen.setdefault(number, deque(maxlen=PRESSES))
            if len(times) == PRESSES and now - times[0] < WITHIN:
                return False
            times.append(now)
            return True


def answered(request: Request, form: SurveyForm, answer: Callable[[], Response]) -> Response:
    """Return the answer, or a page that says sorry when there is none."""
    try:
        return answer()
    except Exception:
        log.exception("a survey's page failed", extra={"method": request.method})
        return said(form.speaking(chosen(request)), page.FAILED, HTTPStatus.SERVICE_UNAVAILABLE)


async def whole(request: Request) -> bytes | None:
    """Return the body of a request, or None for one that is too large, of which no more is read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body


def chosen(request: Request) -> str:
    """Return the language that the address asks for."""
    return request.query_params.get("lang", "")


def entered(body: bytes) -> dict[str, str]:
    """Return the fields of a form that an answer has and that were filled in, cleaned of what is not text."""
    pairs = parse_qsl(body.decode("utf-8", "replace"))
    texts = {name: clean(text) for name, text in pairs if name in Answer.model_fields}
    return {name: text for name, text in texts.items() if text}


def fault(_: Translator, error: ValidationError) -> str:
    """Return what is to be mended first."""
    field = error.errors()[0]["loc"][0]
    if field in ("comment", "respondent"):
        return _("That text is too long.")
    return _("Please choose marks from 1 to 5, at least for the first question.")


def closed(_: Translator, shut: Shut) -> Response:
    """Return the page that says why there are no questions."""
    return said(_, page.CLOSED[shut], STATUS[shut])


def said(_: Translator, words: tuple[str, str], status: HTTPStatus, more: dict[str, str] | None = None) -> Response:
    """Return a page that only says something."""
    return HTMLResponse(page.notice(_, words), status, {**HEADERS, **(more or {})})


def html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return a page."""
    return HTMLResponse(text, status, HEADERS)
