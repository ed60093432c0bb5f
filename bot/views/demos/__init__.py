"""What the bot says about demos."""
