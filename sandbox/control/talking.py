"""What a person does with messages."""

from urllib.parse import urlsplit

from sandbox.control.actor import Actor
from sandbox.refusal import JSON, Refused
from sandbox.workspace.channels import Channel
from sandbox.workspace.files import File
from sandbox.workspace.markup import message_from
from sandbox.workspace.people import Person
from sandbox.workspace.posting import change_whisper, delete, edit, from_person, parent_of, post, react, told, unreact


class Talking(Actor):
    """Say, change, delete, react, read and upload."""

    def say(self, person: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post what a person typed; return its `ts`. Raise Refused."""
        with self.workspace.lock:
            speaker = self.person(person)
            place = self.place_to_write(speaker, channel)
            if not text.strip():
                raise Refused("no_text")
            message = from_person(self.workspace, speaker, text)
            place.read[person] = message["ts"]
            post(self.workspace, place, message, parent_of(self.workspace, place, thread_ts))
            self._unfurl(place, message)
            return str(message["ts"])

    def _unfurl(self, place: Channel, message: JSON) -> None:
        """Show what a link leads to, which changes the message without anybody editing it."""
        elements = message["blocks"][0]["elements"][0]["elements"]
        links = [element["url"] for element in elements if element["type"] == "link"]
        if links:
            shown = [_attachment(number, url) for number, url in enumerate(links, 1)]
            edit(self.workspace, place, message, {"attachments": shown}, None)

    def _own(self, person: str, channel: str, ts: str) -> tuple[Channel, JSON]:
        speaker = self.person(person)
        place = self.place(speaker, channel)
        message = self.workspace.message(place, ts)
        if message.get("user") != speaker.id:
            raise Refused("cant_update_message", "people change only what they said themselves")
        return place, message

    def edit(self, person: str, channel: str, ts: str, text: str) -> None:
        """Change what a person said; raise Refused."""
        with self.workspace.lock:
            place, message = self._own(person, channel, ts)
            edit(self.workspace, place, message, message_from(text, self.workspace.names(text), self.workspace.short_id()), person)

    def delete(self, person: str, channel: str, ts: str) -> None:
        """Delete what a person said; an ephemeral message is only dismissed. Raise Refused."""
        with self.workspace.lock:
            place = self.place(self.person(person), channel)
            whispered = next((m for m in place.ephemerals if m["ts"] == ts and m["to"] == person), None)
            if whispered is not None:
                change_whisper(self.workspace, place, ts, None)
                return
            delete(self.workspace, *self._own(person, channel, ts))

    def react(self, person: str, channel: str, ts: str, name: str, remove: bool = False) -> None:
        """Add a person's reaction, or take it away; raise Refused."""
        with self.workspace.lock:
            place = self.place(self.person(person), channel)
            (unreact if remove else react)(self.workspace, person, place, ts, name)

    def read(self, person: str, channel: str, ts: str) -> None:
        """Move a person's unread mark to a message."""
        with self.workspace.lock:
            place = self.place(self.person(person), channel)
            place.read[person] = ts
            self.workspace.stream.publish({"type": "unread", "channel": place.id, "unread": place.unread(person)}, (person,))

    def upload(self, person: str, channel: str, name: str, content: bytes, thread_ts: str | None = None) -> str:
        """Share a file in a conversation; return the `ts` of its message. Raise Refused."""
        with self.workspace.lock:
            speaker = self.person(person)
            place = self.place_to_write(speaker, channel)
            file = self._file(speaker, name, content)
            message = from_person(self.workspace, speaker, "") | {"subtype": "file_share", "upload": False, "display_as_bot": False}
            message["files"] = [file.described(self.workspace.url)]
            post(self.workspace, place, message, parent_of(self.workspace, place, thread_ts))
            return str(message["ts"])

    def _file(self, person: Person, name: str, content: bytes) -> File:
        if not content:
            raise Refused("invalid_arguments", "the file is empty")
        workspace = self.workspace
        file = File(workspace.new_id("F"), name, len(content), person.id, workspace.seconds(), content=content, complete=True)
        workspace.contents.files[file.id] = file
        return file

    def file(self, person: str, file_id: str) -> File:
        """Return a file that a person may look at; raise Refused."""
        with self.workspace.lock:
            file, viewer = self.workspace.contents.files.get(file_id), self.person(person)
            if file is None or file.content is None:
                raise Refused("file_not_found")
            shared = any(
                f["id"] == file_id for c in self.workspace.visible_to(viewer) for m in c.messages.values() for f in m.get("files", [])
            )
            if file.user != person and not shared:
                raise Refused("file_not_found")
            return file

    def messages(self, person: str, channel: str, thread_ts: str | None = None) -> list[JSON]:
        """Return what a person sees in a conversation or a thread, oldest first, ephemerals to them among it."""
        with self.workspace.lock:
            place = self.place(self.person(person), channel)
            if thread_ts is None:
                shown = place.top_level()
            else:
                parent = self.workspace.message(place, thread_ts, "thread_not_found")
                shown = [parent] + [place.messages[ts] for ts in place.replies.get(thread_ts, [])]
            whispered = [m for m in place.ephemerals if m["to"] == person and m.get("thread_ts") == thread_ts]
            return sorted((told(m) for m in shown + whispered), key=lambda m: str(m["ts"]))


def _attachment(number: int, url: str) -> JSON:
    title = urlsplit(url).hostname or url
    return {"id": number, "title": title, "title_link": url, "from_url": url, "original_url": url, "fallback": title}
