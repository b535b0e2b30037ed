"""Every way in: the HTTP application and the command line."""
