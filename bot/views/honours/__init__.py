"""What the bot says about honours."""
