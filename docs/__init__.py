"""What is written about the tool; `pages` fills it with the figures of finished runs."""
