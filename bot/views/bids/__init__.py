"""What is said about bids, and the forms; a file for each stage."""
