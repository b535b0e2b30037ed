"""The routes of the HTTP server, what they answer with, and what guards them."""
