"""Files that people bring along: what each row of them says, checked, and what it comes to."""
