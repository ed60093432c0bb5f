"""What is said about appraisals (§5.1-5.4)."""
