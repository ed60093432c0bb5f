"""The policy as pure functions: records in, new records or a refusal out; time is an argument."""
