"""What is said about customers (§2.1.5): the sheet, lists and forms; enquiries; opinions."""
