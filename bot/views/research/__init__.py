"""What is shown of requirement research (§4.1): its sheet, forms, lists and messages."""
