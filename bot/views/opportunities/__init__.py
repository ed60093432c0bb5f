"""What is said about opportunities (§2.1.1): sheet, lists, forms, and what people are told."""
