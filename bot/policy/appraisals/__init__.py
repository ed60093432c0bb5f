"""Appraisals (§5.1-5.3): what is measured, how it is graded, and the steps of a cycle."""
