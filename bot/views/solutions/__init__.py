"""Solutions: the sheet, forms, lists, and what people are told about them."""
