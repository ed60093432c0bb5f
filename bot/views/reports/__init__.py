"""Reports (§5.1): the figures of a person, a team or the company, what each is made of, and where it comes from."""
