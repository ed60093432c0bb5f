"""What Bidwell thinks and says: the policy as functions, and the words and views; no input or output here."""
