"""Deliveries to the app: Socket Mode, signed HTTP, and what goes over them."""
