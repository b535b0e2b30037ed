"""What papers on policy instruments print: tables and measures made from the flat tables."""
