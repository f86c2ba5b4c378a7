"""Lists of units of each vintage, crosswalk, classes, matching of names."""
