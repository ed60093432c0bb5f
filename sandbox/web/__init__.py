"""The workspace's addresses: Web API, sockets, response URLs, files, control and page."""
