"""What the self-check looks at, a kind of thing a file."""
