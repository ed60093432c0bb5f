"""The connection with Slack: the client, the Bolt app, and Socket Mode."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_RD

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler, ServerErrorRetryHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from handlers.envelopes import acknowledge, dispatched, send
from handlers.listeners import Listeners
from handlers.payloads import MISSHAPEN

# As many requests at once as threads answer them; each holds one database connection at most.
THREADS = 24
CLOSING = 2.0  # seconds
REFUSALS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"})
log = logging.getLogger("bidwell.connection")


class Refused(Exception):
    """Slack does not accept a token."""


@dataclass(frozen=True)
class Identity:
    """Whom Slack takes the token for."""

    team_id: str
    user_id: str
    bot_id: str
    url: str


def web_client(token: str, base_url: str | None, *, timeout: int = 5, retries: bool = True) -> WebClient:
    """Return a client that keeps within Slack's limits; without `retries` the caller sees each refusal itself."""
    waiting = [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(max_retry_count=1), ServerErrorRetryHandler(max_retry_count=1)]
    handlers = waiting if retries else []
    return WebClient(token, base_url=base_url or WebClient.BASE_URL, timeout=timeout, retry_handlers=handlers)


def identify(client: WebClient) -> Identity:
    """Ask Slack whose token this is; raise Refused when it is nobody's any more, OSError when Slack cannot be reached."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        word = str(error.response.get("error", ""))
        if word in REFUSALS:
            raise Refused(f"Slack does not accept SLACK_BOT_TOKEN: {word}.") from error
        raise OSError(f"Slack answers {word or error.response.status_code}") from error
    except SlackClientError as error:
        raise OSError("Slack's answer cannot be read") from error
    return Identity(answer["team_id"], answer["user_id"], answer.get("bot_id") or "", answer.get("url") or "")


def bolt_app(client: WebClient, identity: Identity, signing_secret: str, listeners: Listeners) -> App:
    """Return the Bolt app; it answers after the listener has ended, so that what is acknowledged is remembered."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=identity.team_id, bot_token=client.token, bot_user_id=identity.user_id, bot_id=identity.bot_id
        )

    bare = WebClient(base_url=client.base_url, timeout=client.timeout)  # with a token of its own Bolt warns that there are two
    secret = signing_secret or "unused"
    app = App(
        client=bare,
        authorize=authorize,
        logger=log,
        signing_secret=secret,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        attaching_function_token_enabled=False,  # neither workflow steps nor assistants are ours
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(OneClient(client))
    listeners.attach(app)
    return app


class OneClient(Middleware):
    """Gives every request the one client: Bolt makes one for each, which would lack the retries and the connection's settings."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Put the client in place; as a function Bolt would look up for it all that a listener may ask for."""
        req.context["client"] = self.client
        return next()


class CountingHandler(SocketModeHandler):
    """A Socket Mode handler that knows whether it has anything in hand."""

    def __init__(self, app: App, app_token: str) -> None:
        self.in_hand, self.counting, self.idle = 0, threading.Lock(), threading.Event()
        self.idle.set()
        super().__init__(app, app_token, logger=log, concurrency=THREADS)

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope."""
        self.count(1)
        try:
            response, web = dispatched(self.app, req)
            # Nobody waits for what follows an acknowledgement: it may be tried again.
            acknowledge(client, req, response, lambda: web_client(web.token or "", web.base_url, timeout=10))
        except MISSHAPEN as error:
            log.warning("an envelope could not be read", extra={"error": type(error).__name__})
            send(client, req, {})
        finally:
            self.count(-1)

    def count(self, more: int) -> None:
        """Note that something was taken in hand, or that it was done."""
        with self.counting:
            self.in_hand += more
            (self.idle.clear if self.in_hand else self.idle.set)()


class Socket:
    """A Socket Mode connection that is tried until it stands, and renews itself."""

    def __init__(self, app: App, app_token: str, on_refusal: Callable[[Refused], None]) -> None:
        self.handler = CountingHandler(app, app_token)
        self.on_refusal = on_refusal
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.connect, name="connect", daemon=True)
        self.refused = ""

    def start(self) -> None:
        """Begin to connect; the caller goes on."""
        self.thread.start()

    def connect(self) -> None:
        """Connect, again and again with longer pauses while Slack cannot be reached; a token that is refused ends it."""
        pause = 0.5
        while not self.stopping.is_set():
            try:
                self.handler.connect()  # type: ignore[no-untyped-call]
                return
            except (SlackApiError, SlackClientError, OSError) as error:
                word = str(error.response.get("error", "")) if isinstance(error, SlackApiError) else type(error).__name__
                self.refused = word
                if word in REFUSALS:
                    self.on_refusal(Refused(f"Slack does not accept SLACK_APP_TOKEN: {word}."))
                    return
                log.warning("Socket Mode is not connected yet", extra={"error": word})
                self.stopping.wait(pause)
                pause = min(pause * 2, 30)

    @property
    def trouble(self) -> str:
        """Return why there is no connection, or nothing when there is one."""
        return "" if self.handler.client.is_connected() else self.refused or "connecting"

    def stop(self, patience: float = 4) -> None:
        """Take nothing more, let what is in hand be answered, and close."""
        self.stopping.set()
        client = self.handler.client
        client.auto_reconnect_enabled = False
        self.handler.idle.wait(patience)
        session = client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                # Closing waits for whoever reads from the socket, which would be until nothing came for three seconds.
                session.sock.shutdown(SHUT_RD)
        # The client waits for its own threads, which may be just about to connect anew: then it would wait for ever.
        closing = threading.Thread(target=self.handler.close, name="close", daemon=True)
        closing.start()
        closing.join(CLOSING)
