"""Honours (§5.4.4): rounds, nominations, the computed shortlist, and decisions."""
