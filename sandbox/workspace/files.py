"""Files: where they are uploaded to, what they hold and where they were shared."""

import mimetypes
from dataclasses import dataclass, field
from secrets import token_urlsafe

from sandbox.refusal import JSON
from sandbox.workspace.app import TEAM


@dataclass
class File:
    """A file from the moment its upload was asked for."""

    id: str
    name: str
    size: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    secret: str = field(default_factory=token_urlsafe)
    shares: dict[str, JSON] = field(default_factory=dict)

    @property
    def mimetype(self) -> str:
        """Guess from the name what the file holds."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def described(self, base_url: str) -> JSON:
        """Return the file object."""
        address = f"{base_url}/files-pri/{TEAM}-{self.id}/{self.name}"
        described: JSON = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
        }
        described |= {"mimetype": self.mimetype, "filetype": self.name.rpartition(".")[2].lower(), "size": self.size, "user": self.user}
        described |= {"mode": "hosted", "is_external": False, "is_public": False, "url_private": address, "url_private_download": address}
        return described | ({"shares": self.shares} if self.shares else {})
