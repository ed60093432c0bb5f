"""What people see: every message, form and home section, built from the vocabulary in blocks.py."""
