"""What the words of the Makefile are made of."""
