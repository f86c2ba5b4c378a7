"""What pages and commands show: the assessed year, its summaries, charts and files to take away."""
