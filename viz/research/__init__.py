"""The research pack: tables, figures and a methods note for a paper."""
