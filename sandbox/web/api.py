"""`/api/METHOD` and the addresses that answers of the Web API give out."""

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.api import Reply, WebApi
from sandbox.api.files import receive
from sandbox.refusal import JSON, Refused
from sandbox.responses import respond
from sandbox.traffic import Traffic
from sandbox.workspace.links import use_response_url
from sandbox.workspace.state import Workspace


class Cut(Response):
    """An answer that breaks off, as when the network does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin and never end."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


@dataclass(frozen=True)
class ApiRoutes:
    """Serve the Web API, response URLs, uploads and downloads."""

    api: WebApi
    workspace: Workspace
    traffic: Traffic
    bot_token: str

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/hooks/{kind}/{team}/{number}/{key}", self.hook, methods=["POST"]),
            Route("/upload/v1/{secret}", self.upload, methods=["POST"]),
            Route("/files-pri/{file}/{name}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """Answer a call of the Web API."""
        began, name = self.workspace.clock.elapsed(), request.path_params["method"]
        arguments: JSON = {}
        try:
            arguments = await arguments_of(request)
            reply = self.api.answer(name, token_of(request, arguments), arguments)
        except Refused as refusal:
            reply = Reply(200, refusal.answer())
        self.traffic.record("in", "api", name, arguments, reply.body, reply.status, self.workspace.clock.elapsed() - began)
        if reply.late:
            await asyncio.sleep(reply.late)
        return Cut() if reply.lost else JSONResponse(reply.body, reply.status, reply.headers)

    async def hook(self, request: Request) -> Response:
        """Take what the app says at a response URL."""
        began, body = self.workspace.clock.elapsed(), await request.body()
        try:
            message = json.loads(body)
            with self.workspace.lock:
                respond(self.workspace, use_response_url(self.workspace, request.path_params["key"]), message)
            answer: Response = PlainTextResponse("ok")
        except ValueError:
            message, answer = {}, PlainTextResponse("invalid_payload", 400)
        except Refused as refusal:
            answer = JSONResponse(refusal.answer(), 404 if refusal.error in ("used_url", "expired_url") else 400)
        said = bytes(answer.body).decode()
        self.traffic.record("in", "hook", "response_url", message, said, answer.status_code, self.workspace.clock.elapsed() - began)
        return answer

    async def upload(self, request: Request) -> Response:
        """Take the bytes of a file."""
        content = await request.body()
        try:
            with self.workspace.lock:
                return PlainTextResponse(receive(self.workspace, request.path_params["secret"], content))
        except Refused as refusal:
            return JSONResponse(refusal.answer(), 400)

    async def download(self, request: Request) -> Response:
        """Hand a file to the app."""
        if token_of(request, {}) != self.bot_token or "files:read" not in self.workspace.app.scopes:
            return PlainTextResponse("not_authed", 403)
        file = self.workspace.contents.files.get(request.path_params["file"].partition("-")[2])
        if file is None or file.content is None:
            return PlainTextResponse("file_not_found", 404)
        return Response(file.content, media_type=file.mimetype)


def token_of(request: Request, arguments: JSON) -> str | None:
    """Return the token from the header, or else from the body."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    given = arguments.get("token")
    return given if isinstance(given, str) else None


async def arguments_of(request: Request) -> JSON:
    """Return a call's arguments from query and body, JSON or form; raise Refused."""
    arguments: JSON = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if not body:
        return arguments
    if kind == "application/json":
        return arguments | _json(body)
    if kind != "application/x-www-form-urlencoded":
        raise Refused("invalid_post_type", f"{kind or 'no content type'} is neither JSON nor a form")
    return arguments | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _json(body: bytes) -> JSON:
    try:
        arguments = json.loads(body)
    except ValueError as error:
        raise Refused("invalid_json") from error
    if not isinstance(arguments, dict):
        raise Refused("json_not_object")
    return arguments
