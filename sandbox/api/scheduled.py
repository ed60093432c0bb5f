"""chat.scheduleMessage and its companions."""

from sandbox.api.call import Call
from sandbox.api.chat import target
from sandbox.api.message import metadata, whole_content
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused
from sandbox.workspace.posting import from_bot, parent_of, post, told
from sandbox.workspace.state import Scheduled, Workspace

FARTHEST, WINDOW, MOST_IN_WINDOW = 120 * 86_400, 300, 30


def schedule(call: Call) -> JSON:
    """Keep a message until its time."""
    body, channel, now = whole_content(call), target(call), call.workspace.seconds()
    post_at = call.number("post_at", 0)
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at > now + FARTHEST:
        raise Refused("time_too_far")
    near = [s for s in call.workspace.contents.scheduled.values() if s.channel == channel.id and s.post_at // WINDOW == post_at // WINDOW]
    if len(near) >= MOST_IN_WINDOW:
        raise Refused("restricted_too_many")
    body |= {"metadata": meta} if (meta := metadata(call)) else {}
    body |= {"thread_ts": call.text("thread_ts")} if call.optional("thread_ts") else {}
    kept = Scheduled(call.workspace.new_id("Q"), channel.id, post_at, body.get("text", ""), body, now)
    call.workspace.contents.scheduled[kept.id] = kept
    preview = told(from_bot(call.workspace, body), metadata=True)
    return {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": post_at, "message": preview}


def unschedule(call: Call) -> JSON:
    """Forget a message that waits; not in its last minute."""
    channel = call.conversation()
    kept = call.workspace.contents.scheduled.get(call.text("scheduled_message_id"))
    if kept is None or kept.channel != channel.id or kept.post_at - call.workspace.seconds() < 60:
        raise Refused("invalid_scheduled_message_id")
    del call.workspace.contents.scheduled[kept.id]
    return {}


def waiting(call: Call) -> JSON:
    """List what waits."""
    wanted = call.optional("channel")
    kept = [s for s in call.workspace.contents.scheduled.values() if wanted in (None, s.channel)]
    page, metadata_ = call.page(sorted(kept, key=lambda s: s.post_at), 100, 100)
    described = [{"id": s.id, "channel_id": s.channel, "post_at": s.post_at, "date_created": s.created, "text": s.text} for s in page]
    return {"scheduled_messages": described, "response_metadata": metadata_}


def post_due(workspace: Workspace) -> None:
    """Post what is due by now; a message with metadata is lost, as it is in Slack."""
    with workspace.lock:
        due = [s for s in workspace.contents.scheduled.values() if s.post_at <= workspace.seconds()]
        for kept in sorted(due, key=lambda s: s.post_at):
            del workspace.contents.scheduled[kept.id]
            channel = workspace.channel(kept.channel)
            if "metadata" not in kept.body and not channel.archived:
                body = {key: value for key, value in kept.body.items() if key != "thread_ts"}
                post(workspace, channel, from_bot(workspace, body), parent_of(workspace, channel, kept.body.get("thread_ts")))


METHODS = {
    "chat.scheduleMessage": Method(schedule, "tier3", ("chat:write",)),
    "chat.deleteScheduledMessage": Method(unschedule, "tier3", ("chat:write",)),
    "chat.scheduledMessages.list": Method(waiting, "tier3"),
}
